"""Shapes of the account API; input and output apart."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts import languages, municipalities, preferences
from accounts.models import User
from accounts.validators import validate_address


class StrictSerializer(serializers.Serializer):
    """Input that refuses fields it does not know, naming them."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        if unknown:
            message = _("This field is not known here.")
            raise serializers.ValidationError({name[:80]: [message] for name in unknown[:20]})
        return super().to_internal_value(data)


class PersonSerializer(serializers.ModelSerializer):
    """The person who asks, as they see themselves."""

    municipality = serializers.ChoiceField(choices=list(municipalities.NAMES.items()), allow_blank=True)
    municipality_name = serializers.SerializerMethodField()
    may_enter_desk = serializers.BooleanField(source="is_staff", help_text="Whether the editors' desk is open to them.")

    class Meta:
        model = User
        own = ["email", "name", "role", "municipality", "municipality_name", "language", "wants_answer_mail"]
        fields = [*own, "listening_variety", "listening_speed", "date_joined", "may_enter_desk"]
        read_only_fields = fields

    def get_municipality_name(self, user: User) -> str:
        return municipalities.NAMES.get(user.municipality, "")


class PersonInputSerializer(StrictSerializer):
    """What a person may change about themselves; the e-mail changes on its own page, by a letter."""

    name = serializers.CharField(max_length=150, required=False)
    role = serializers.ChoiceField(choices=User.Role.choices, required=False)
    municipality = serializers.ChoiceField(choices=list(municipalities.NAMES.items()), allow_blank=True, required=False)
    language = serializers.ChoiceField(choices=languages.choices(), required=False)
    wants_answer_mail = serializers.BooleanField(required=False)
    listening_variety = serializers.CharField(
        max_length=50,
        allow_blank=True,
        required=False,
        help_text="Code of the variety that is heard first where a word is recorded in several; empty: the course's.",
    )
    listening_speed = serializers.ChoiceField(
        choices=preferences.SPEEDS, allow_null=True, required=False, help_text="Per cent; null: normal."
    )

    def validate_listening_variety(self, code: str) -> str:
        if code and code not in dict(preferences.varieties()):
            raise serializers.ValidationError(_("There is no such variety."))
        return code


class ErasureInputSerializer(StrictSerializer):
    """The password, unless the person signed in within the last five minutes."""

    password = serializers.CharField(
        trim_whitespace=False, max_length=4096, required=False, allow_blank=True, write_only=True
    )


class SignInInputSerializer(StrictSerializer):
    """E-mail and password for a new key, and the name under which it is listed in the account."""

    email = serializers.CharField(max_length=254, validators=[validate_address])
    password = serializers.CharField(trim_whitespace=False, max_length=4096, write_only=True)
    name = serializers.CharField(max_length=60, default="API")


class TokenSerializer(serializers.Serializer):
    """A new key; its text is shown this once."""

    token = serializers.CharField()
    name = serializers.CharField()
    expiry = serializers.DateTimeField(allow_null=True)

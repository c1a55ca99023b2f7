"""What a person fills in about themselves.

allauth builds its sign-up forms on `SignupForm`, so this module must not import `allauth.account.forms`;
forms built on allauth's are in `accounts.sign_in_forms`.
"""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import languages, municipalities, preferences, roles
from accounts.models import ApiToken, User

NO_MUNICIPALITY = [("", _("Not one of these, or I would rather not say"))]


def municipality_choices() -> list[Any]:
    return [*NO_MUNICIPALITY, *municipalities.choices()]


def variety_choices() -> list[Any]:
    return [("", _("The course chooses")), *preferences.varieties()]


def speed_choices() -> list[Any]:
    return [("", _("as it was said")), *((speed, name) for speed, name in preferences.SPEEDS if speed != 100)]


class PersonForm(forms.Form):
    """The fields that a person may give about themselves; nothing else is ever asked."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please write your name.")},
    )
    role = forms.ChoiceField(
        label=_("Your work"),
        choices=[("", _("Choose what fits best")), *User.Role.choices],
        error_messages={"required": _("Please choose what fits best.")},
    )
    municipality = forms.ChoiceField(label=_("Municipality"), choices=municipality_choices, required=False)
    language = forms.ChoiceField(label=_("Language of letters to you"), choices=languages.choices)


class SignupForm(PersonForm):
    """What sign-up asks beside e-mail and password. Who somebody is by origin is never asked."""

    field_order = ["name", "email", "password1", "role", "municipality", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = languages.active()

    def signup(self, request: HttpRequest, user: User) -> None:
        """Make the new account a learner's; the adapter has saved the fields already."""
        user.groups.add(Group.objects.get(name=roles.LEARNERS))


class ProfileForm(forms.ModelForm):
    """A person's own details."""

    municipality = forms.ChoiceField(label=_("Municipality"), choices=municipality_choices, required=False)
    listening_variety = forms.ChoiceField(
        label=_("Variety heard first"),
        choices=variety_choices,
        required=False,
        help_text=_("Where a word is recorded in several."),
    )
    listening_speed = forms.TypedChoiceField(
        label=_("Speed of sounds"), choices=speed_choices, coerce=int, empty_value=None, required=False
    )

    class Meta:
        model = User
        fields = [
            "name",
            "role",
            "municipality",
            "language",
            "wants_answer_mail",
            "listening_variety",
            "listening_speed",
        ]
        labels = {
            "name": _("Your name"),
            "role": _("Your work"),
            "language": _("Language of letters to you"),
            "wants_answer_mail": _("E-mail me about my answers"),
        }
        help_texts = {"language": _("Also of the editors' desk, if you work there.")}
        error_messages = {"name": {"required": _("Please write your name.")}}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class TokenForm(forms.ModelForm):
    """The name of a new key for a program or device."""

    class Meta:
        model = ApiToken
        fields = ["name"]
        labels = {"name": _("Name of the program or device")}
        error_messages = {"name": {"required": _("Give the key a name, so that you know it again later.")}}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "off"})}


class ErasureForm(forms.Form):
    """Asks for the password once more before an account goes."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Type your password to confirm.")},
    )

"""Shapes of the dictionary API."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from media.api.serializers import SourceSerializer
from media.templatetags.media_tags import voice_parts

from ..find import MOST_SIGNED
from ..models import Entry
from ..pictures import thumb_of
from ..places import place_in_words


class AudioSerializer(serializers.Serializer):
    """The sound of an entry; more under recordings/{id}/."""

    recording = serializers.UUIDField(source="uuid")
    voice = serializers.CharField(source="kind", help_text="native or synthetic")
    is_checked = serializers.BooleanField(help_text="False: no second listener has heard it yet.")
    sources = SourceSerializer(many=True)


class VoiceSerializer(AudioSerializer):
    """One of the voices in which an entry is said."""

    speaker = serializers.CharField(source="speaker_name", help_text="As in recordings/{id}/.")
    variety = serializers.CharField(source="variety.code", default=None, allow_null=True)
    pace = serializers.CharField(help_text="normal or slow")
    name = serializers.SerializerMethodField(help_text="All this in words, in the language of the request.")

    def get_name(self, recording: Any) -> str:
        return ", ".join(voice_parts(recording))


class PictureSerializer(serializers.Serializer):
    """An entry's own picture, a small square."""

    url = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    description = serializers.CharField(source="image.description", help_text="What it shows, in Latvian.")


class VarietySerializer(serializers.Serializer):
    """A variety of Romani."""

    code = serializers.CharField()
    name = serializers.CharField()
    is_taught = serializers.BooleanField(help_text="False: a neighbour's form, shown but not taught.")


class VariantSerializer(serializers.Serializer):
    """Another listed form; an answer with it is right."""

    form = serializers.CharField()
    variety = serializers.SerializerMethodField()
    variety_name = serializers.SerializerMethodField()
    origin = serializers.CharField(help_text="Empty: listed by the entry's source. native_reviewer: told by one.")
    told_on = serializers.DateField(allow_null=True)

    def get_variety(self, variant: Any) -> str:
        return (variant.variety or variant.entry.variety).code

    def get_variety_name(self, variant: Any) -> str:
        return (variant.variety or variant.entry.variety).name


class ReadInSerializer(serializers.Serializer):
    """Where the entry was read."""

    name = serializers.CharField(source="source.short_name", default="")
    place = serializers.SerializerMethodField(help_text="Its fixed expressions are in the language of the request.")

    def get_place(self, entry: Any) -> str:
        return place_in_words(entry.source_ref)


class ReviewSerializer(serializers.Serializer):
    """Whether a native speaker has reviewed the entry, and when."""

    state = serializers.CharField(source="review_state")
    on = serializers.DateField(source="reviewed_on", allow_null=True)


class SignatureSerializer(serializers.Serializer):
    """One native reviewer who signed the entry."""

    signed_as = serializers.CharField(help_text="Name or pseudonym; empty: a native reviewer who is not named.")
    on = serializers.DateField(source="signed_on")


class ReviewDetailSerializer(ReviewSerializer):
    """The review with the signatures that stand; the latest first, at most five."""

    signed = serializers.SerializerMethodField()
    signed_count = serializers.SerializerMethodField(help_text="How many signatures stand in all.")

    @extend_schema_field(SignatureSerializer(many=True))
    def get_signed(self, entry: Any) -> Any:
        return SignatureSerializer(self._standing(entry)[:MOST_SIGNED], many=True).data

    def get_signed_count(self, entry: Any) -> int:
        return len(self._standing(entry))

    @staticmethod
    def _standing(entry: Any) -> list[Any]:
        return entry.signatures if entry.is_reviewed else []


class EntrySerializer(serializers.ModelSerializer):
    """A word or phrase as lists and cards show it."""

    id = serializers.CharField(source="code")
    gloss = serializers.CharField(help_text="In the language of the request.")
    glosses = serializers.SerializerMethodField(help_text="Meaning by language.")
    part_of_speech = serializers.ChoiceField(choices=Entry.PARTS_OF_SPEECH, allow_blank=True)
    part_of_speech_name = serializers.CharField(source="get_part_of_speech_display")
    gender = serializers.ChoiceField(choices=Entry.GENDERS, allow_blank=True)
    gender_name = serializers.CharField(source="get_gender_display")
    variety = VarietySerializer()
    variants = VariantSerializer(many=True)
    theme = serializers.CharField(source="theme.key")
    source = ReadInSerializer(source="*")  # type: ignore[assignment]  # the API's own name
    review = ReviewSerializer(source="*")
    audio = serializers.SerializerMethodField()
    picture = serializers.SerializerMethodField()

    class Meta:
        model = Entry
        fields = [
            "id",
            "kind",
            "text",
            "gloss",
            "glosses",
            "part_of_speech",
            "part_of_speech_name",
            "gender",
            "gender_name",
            "variety",
            "variants",
            "theme",
            "source",
            "review",
            "audio",
            "picture",
            "note",
        ]
        read_only_fields = fields

    def get_glosses(self, entry: Entry) -> dict[str, str]:
        return {gloss.language: gloss.text for gloss in entry.glosses.all()}

    @extend_schema_field(AudioSerializer(allow_null=True))
    def get_audio(self, entry: Entry) -> Any:
        recording = entry.recording
        return AudioSerializer(recording).data if recording is not None and recording.sources else None

    @extend_schema_field(PictureSerializer(allow_null=True))
    def get_picture(self, entry: Entry) -> Any:
        picture = thumb_of(entry)
        return PictureSerializer(picture).data if picture is not None else None


class FormSerializer(serializers.Serializer):
    """An inflected form. `attested` false: only expected by a rule, never taught."""

    form = serializers.CharField()
    features = serializers.CharField()
    attested = serializers.SerializerMethodField()
    evidence = serializers.CharField()
    source_ref = serializers.CharField()
    rule = serializers.CharField()

    def get_attested(self, form: Any) -> bool:
        return bool(form.attested == "yes")


class EntryDetailSerializer(EntrySerializer):
    """A word or phrase with its forms and what it must not be taken for."""

    review = ReviewDetailSerializer(source="*")
    forms = FormSerializer(many=True)
    not_to_confuse = serializers.SerializerMethodField()
    voices = VoiceSerializer(many=True, help_text="All that can be heard, the one under audio first.")

    class Meta(EntrySerializer.Meta):
        fields = [*EntrySerializer.Meta.fields, "forms", "not_to_confuse", "voices"]
        read_only_fields = fields

    @extend_schema_field({"type": "array", "items": {"type": "object", "additionalProperties": {"type": "string"}}})
    def get_not_to_confuse(self, entry: Entry) -> list[dict[str, str]]:
        from ..find import protected_from

        return [{"id": other.code, "text": other.text, "gloss": other.gloss} for other in protected_from(entry)]


class SituationSerializer(serializers.Serializer):
    """A situation of the phrasebook, as its list shows it."""

    key = serializers.CharField()
    heading = serializers.CharField()
    introduction = serializers.CharField()
    count = serializers.IntegerField(help_text="How many words and phrases it has.")
    url = serializers.CharField(help_text="Address of its page for people.")


class PhrasebookSerializer(serializers.Serializer):
    """The situations of the phrasebook in the language of the request; none where there is no phrasebook."""

    situations = SituationSerializer(many=True)


class PhraseSerializer(serializers.Serializer):
    """One line of a situation."""

    entry = EntrySerializer()
    literal = serializers.SerializerMethodField(help_text="Each word with its meaning; empty where not all are known.")
    courtesy = serializers.CharField()
    understand_only = serializers.BooleanField(help_text="Not to be said to a person.")

    @extend_schema_field({"type": "array", "items": {"type": "object", "additionalProperties": {"type": "string"}}})
    def get_literal(self, phrase: Any) -> list[dict[str, str]]:
        return [{"romani": word, "meaning": meaning} for word, meaning in phrase.literal]


class SituationDetailSerializer(serializers.Serializer):
    """One situation with its words, and with what nobody has told us yet."""

    key = serializers.CharField()
    heading = serializers.CharField()
    introduction = serializers.CharField()
    phrases = PhraseSerializer(many=True)
    questions = serializers.ListField(child=serializers.CharField())

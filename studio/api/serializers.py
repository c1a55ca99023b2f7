"""Shapes of the studio's API; input and output apart."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.api.serializers import StrictSerializer
from media.api.serializers import SourceSerializer
from media.models import Recording

from ..models import Prompt

MOST_KEY = 2**53 - 1
"""The largest whole number that every program keeps exactly."""


class PromptAudioSerializer(serializers.Serializer[Any]):
    """What is heard of the entry now."""

    voice = serializers.ChoiceField(choices=Recording.Kind.choices)
    sources = SourceSerializer(many=True)


class SessionTakeSerializer(serializers.Serializer[Any]):
    """A take that is there, as staff see it."""

    id = serializers.UUIDField()
    pace = serializers.ChoiceField(choices=Recording.Pace.choices)
    status = serializers.ChoiceField(choices=Recording.Status.choices)
    failure = serializers.CharField(allow_blank=True, help_text="Why it is not ready and what to do, in words.")
    review = serializers.ChoiceField(choices=Recording.Review.choices)
    duration_seconds = serializers.FloatField(allow_null=True)
    sources = SourceSerializer(many=True, help_text="For staff alone; empty until the take is ready.")


class SessionPromptSerializer(serializers.Serializer[Any]):
    """One entry that the speaker is asked to say."""

    id = serializers.IntegerField()
    position = serializers.IntegerField()
    romani = serializers.CharField()
    meaning = serializers.CharField(allow_blank=True, help_text="In Latvian, whatever the language of the request.")
    state = serializers.ChoiceField(choices=Prompt.State.choices)
    reason = serializers.ChoiceField(choices=Prompt.SkipReason.choices, allow_blank=True)
    said_form = serializers.CharField(allow_blank=True)
    audio = PromptAudioSerializer(allow_null=True)
    meaning_sources = SourceSerializer(many=True, help_text="A recording of the meaning, where there is one.")
    takes = SessionTakeSerializer(many=True)


class RecordingSessionSerializer(serializers.Serializer[Any]):
    """A recording session with all its prompts, in order."""

    id = serializers.UUIDField()
    speaker = serializers.CharField(allow_blank=True, help_text="The staff's name for the speaker; empty if erased.")
    held_on = serializers.DateField()
    place = serializers.CharField(allow_blank=True)
    purpose = serializers.CharField(allow_blank=True)
    may_be_recorded = serializers.BooleanField(help_text="Whether the speaker's consent is on record.")
    prompts = SessionPromptSerializer(many=True)


class TakeInputSerializer(StrictSerializer):
    """A take as a device sends it."""

    file = serializers.FileField(allow_empty_file=True, help_text="WebM, MP4, Ogg, WAV, FLAC or MP3.")
    prompt = serializers.IntegerField(min_value=1, max_value=MOST_KEY)
    pace = serializers.ChoiceField(choices=Recording.Pace.choices)


class KeptTakeSerializer(serializers.Serializer[Any]):
    """What the server keeps of a take: the same however often it is sent."""

    id = serializers.UUIDField(source="uuid")
    prompt = serializers.IntegerField(source="prompt_id")
    recording = serializers.SerializerMethodField(
        help_text="The recording; null if it was recorded again, thrown away or withdrawn since."
    )

    def get_recording(self, take: Any) -> str | None:
        return str(take.recording.uuid) if take.recording else None


class PromptInputSerializer(StrictSerializer):
    """That a prompt is skipped and why, or that it waits again."""

    state = serializers.ChoiceField(choices=Prompt.State.choices, help_text="waiting or skipped.")
    reason = serializers.CharField(
        default="", allow_blank=True, max_length=20, help_text="not_said, differently or later; for a skipped prompt."
    )
    said_form = serializers.CharField(
        default="", allow_blank=True, max_length=120, help_text="How the speaker says it; with `differently`."
    )

    def validate_state(self, value: str) -> str:
        if value == Prompt.State.RECORDED:
            raise serializers.ValidationError(_("Send a take; that makes the prompt recorded."))
        return value


class PromptStateSerializer(serializers.Serializer[Any]):
    """Where a prompt stands now."""

    id = serializers.IntegerField(source="pk")
    state = serializers.ChoiceField(choices=Prompt.State.choices)
    reason = serializers.ChoiceField(choices=Prompt.SkipReason.choices, allow_blank=True, source="skip_reason")
    said_form = serializers.CharField(allow_blank=True)

"""The shape of a recording for programs."""

from typing import Any

from rest_framework import serializers

from media.models import Recording


class SourceSerializer(serializers.Serializer[Any]):
    """One address of the sound; the first that a player understands is the best for it."""

    type = serializers.CharField(help_text="Media type with codec, for the type attribute of a source element.")
    url = serializers.CharField(help_text="Address on this site; it never changes its content.")
    bytes = serializers.IntegerField(min_value=0)


class RecordingSerializer(serializers.ModelSerializer[Recording]):
    """A recording that can be heard."""

    id = serializers.UUIDField(source="uuid", read_only=True)
    speaker = serializers.CharField(
        source="speaker_name", read_only=True, help_text="The name the speaker chose to be known by, or empty."
    )
    speaker_id = serializers.UUIDField(
        source="speaker.uuid",
        read_only=True,
        default=None,
        allow_null=True,
        help_text="Tells one voice from another, and nothing about the person; null for a synthetic voice.",
    )
    is_checked = serializers.BooleanField(read_only=True, help_text="False: no second listener has heard it yet.")
    variety = serializers.SlugRelatedField[Any](
        slug_field="code", read_only=True, allow_null=True, help_text="Variety of Romani; null for another language."
    )
    may_be_downloaded = serializers.BooleanField(
        read_only=True, help_text="False: to be heard in the course only. True: on the terms of the licence."
    )
    duration_seconds = serializers.FloatField(read_only=True, help_text="Counted by decoding.")
    peaks = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=100),
        read_only=True,
        help_text="The waveform as heights from 0 to 100, evenly over the duration.",
    )
    sources = SourceSerializer(many=True, read_only=True)

    class Meta:
        model = Recording
        fields = [
            "id",
            "title",
            "kind",
            "transcript",
            "language",
            "speaker",
            "speaker_id",
            "variety",
            "pace",
            "is_checked",
            "licence",
            "may_be_downloaded",
            "duration_seconds",
            "peaks",
            "sources",
        ]
        read_only_fields = fields

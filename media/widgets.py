"""File fields whose files have no public address: they offer a new file, and to staff the old one."""

from typing import Any

from django import forms

from media.models import Recording


class AudioFileInput(forms.FileInput):
    """Takes an audio file; shows where the present one can be fetched."""

    template_name = "media/widgets/audio_file_input.html"
    recording: Recording | None = None
    may_fetch = False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        # A file that was just refused is not the one that is kept.
        kept = self.recording is not None and self.recording.pk and getattr(value, "_committed", False)
        return {**context, "recording": self.recording if kept else None, "may_fetch": self.may_fetch}

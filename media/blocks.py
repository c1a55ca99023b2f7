"""StreamField blocks for sound."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ChooserBlock

from media.models import Recording


class RecordingChooserBlock(ChooserBlock):
    """A recording from the library; its value is a `Recording` with what `sources` needs already fetched.

    Of one that was taken back or deleted the page keeps the place: silent for readers, and the author is told.
    """

    class Meta:
        icon = "media"
        label = _("Recording")
        template = "media/blocks/recording.html"

    @cached_property
    def target_model(self) -> type[Recording]:
        return Recording

    @cached_property
    def widget(self) -> forms.Widget:
        # The chooser needs the admin's addresses, which are not there yet while models are loaded.
        from media.choosers import recording_chooser

        return recording_chooser.widget_class()

    def to_python(self, value: int | None) -> Recording | None:
        if value is None:
            return None
        return Recording.objects.with_audio().filter(pk=value).first() or Recording.gone(value)

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Recording | None]:
        """Fetch all recordings of a page with their renditions at once."""
        values = list(values)
        found = Recording.objects.with_audio().in_bulk([value for value in values if value is not None])
        return [None if value is None else found.get(value) or Recording.gone(value) for value in values]

    def clean(self, value: Recording | None) -> Recording | None:
        # An author who corrects a word must not be kept from it by a voice that is gone.
        return value if value is not None and value.is_gone else super().clean(value)

    def value_from_form(self, value: Any) -> Recording | None:
        chosen = super().value_from_form(value)
        return Recording.gone(int(value)) if chosen is None and value and str(value).isdecimal() else chosen

    def get_form_state(self, value: Any) -> Any:
        state = super().get_form_state(value)
        return {**state, "edit_url": ""} if isinstance(value, Recording) and value.is_gone else state

    def extract_references(self, value: Recording | None) -> Iterable[Any]:
        return () if value is not None and value.is_gone else super().extract_references(value)

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        context["recording"] = value
        return context

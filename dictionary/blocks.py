"""Blocks that name dictionary entries."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils.html import format_html
from wagtail.snippets.blocks import SnippetChooserBlock

_known: ContextVar[dict[int, Any] | None] = ContextVar("known_entries", default=None)


@contextmanager
def entries_known() -> Iterator[None]:
    """Fetch the dictionary once for all blocks read meanwhile, for work on a whole course. Entries must not change."""
    from .models import Entry

    token = _known.set(Entry.objects.for_display().in_bulk())
    try:
        yield
    finally:
        _known.reset(token)


class EntryChooserBlock(SnippetChooserBlock):
    """Choose one word or phrase. In the page API it is the entry's code, its number outside."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("dictionary.Entry", **kwargs)

    def get_api_representation(self, value: Any, context: Any = None) -> str | None:
        return value.code if value else None

    def bulk_to_python(self, values: Any) -> list[Any]:
        """Fetch the entries with all that a page shows of them, in a fixed number of queries."""
        known = _known.get()
        entries = (
            self.model_class.objects.for_display().in_bulk([pk for pk in values if pk]) if known is None else known
        )
        return [entries.get(pk) for pk in values]

    def clean(self, value: Any) -> Any:
        """Ask for the entry once more, as a form must, but not where the whole dictionary was just fetched."""
        known = _known.get()
        if known is not None and value is not None and getattr(value, "pk", None) in known:
            return value
        return super().clean(value)

    def name_of(self, entry: Any) -> str:
        """Return an entry's name for staff, its Romani marked as such."""
        gloss = f" – {entry.gloss}" if entry.gloss else ""
        return format_html('<span lang="rml">{}</span>{}', entry.text, gloss)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return "wagtail.snippets.blocks.SnippetChooserBlock", ["dictionary.Entry"], {}

    class Meta:
        icon = "snippet"

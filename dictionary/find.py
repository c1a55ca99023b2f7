"""Finding entries: the listing of the dictionary page, one entry's page, hits for the site's search."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cms.search import Hit
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator

from .models import DictionaryPage, Entry, Form, ProtectedPair, Theme
from .querysets import EntryQuerySet

PER_PAGE = 40


@dataclass
class Listing:
    """What the dictionary page shows for a query, a theme, or nothing yet."""

    query: str
    theme: Theme | None
    themes: list[Theme]
    page: ListPage | None
    only: Entry | None


def listing(query: Mapping[str, str]) -> Listing:
    """Return the listing for the page's query string: `q` or `form` searched for, `theme`, `page`."""
    term = (query.get("form") or query.get("q") or "").strip()[:100]
    themes = list(Theme.objects.all())
    theme = next((one for one in themes if one.key == query.get("theme")), None)
    found: EntryQuerySet | None = None
    only = None
    if term:
        found = Entry.objects.for_display().matching(term)
        exact = list(Entry.objects.written(term)[:2])
        only = exact[0] if len(exact) == 1 else None
    elif theme:
        found = Entry.objects.for_display().filter(theme=theme)
    page = Paginator(found, PER_PAGE).get_page(query.get("page")) if found is not None else None
    return Listing(term, theme, themes, page, only)


def entry_page(entry: Entry) -> dict[str, Any]:
    """Return what the entry's page shows beside the entry; a fixed number of queries."""
    forms = list(entry.forms.all())
    return {
        "entry": entry,
        "attested": [form for form in forms if form.attested == Form.YES],
        "expected": [form for form in forms if form.attested != Form.YES],
        "phrases": list(Entry.objects.for_display().filter(words=entry).order_by("folded_text")[:20]),
        "words": list(entry.words.all().prefetch_related("glosses")),
        "protected": protected_from(entry),
    }


def protected_from(entry: Entry) -> list[Entry]:
    """Return the entries that this one must not be taken for; two queries."""
    from django.db.models import Q

    pairs = ProtectedPair.objects.filter(Q(form_a=entry.text) | Q(form_b=entry.text))[:8]
    others = {pair.form_b if pair.form_a == entry.text else pair.form_a for pair in pairs}
    return list(Entry.objects.filter(text__in=others, kind=Entry.WORD).prefetch_related("glosses")[:8]) if others else []


def search_hits(query: str, language: str) -> list[Hit]:
    """Return the best entries for the site's search."""
    page = DictionaryPage.objects.live().filter(locale__language_code=language).first()
    if page is None:
        return []
    return [
        Hit(title=entry.text, text=entry.gloss, url=f"{page.url}{entry.code}/", kind=str(entry.get_kind_display()), language="rml")
        for entry in Entry.objects.matching(query).prefetch_related("glosses")[:8]
    ]

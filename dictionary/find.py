"""Finding entries: the listing of the dictionary page, one entry's page, hits for the site's search."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from cms.search import Hit

from .models import DictionaryPage, Entry, Form, ProtectedPair, TaughtEntry, Theme, Variant
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
        exact = list(Entry.objects.written(term)[:2])
        only = exact[0] if len(exact) == 1 else None
        in_text = Entry.objects.for_display().in_text(term) if "form" in query and not exact else None
        found = in_text if in_text is not None and in_text.exists() else Entry.objects.for_display().matching(term)
    elif theme:
        found = Entry.objects.for_display().filter(theme=theme)
    page = Paginator(found, PER_PAGE).get_page(query.get("page")) if found is not None else None
    return Listing(term, theme, themes, page, only)


def entry_page(entry: Entry) -> dict[str, Any]:
    """Return what the entry's page shows beside the entry; a fixed number of queries."""
    forms = list(entry.forms.all())
    words = list(entry.words.all())
    shown = Entry.objects.for_display()
    return {
        "entry": entry,
        "attested": [form for form in forms if form.attested == Form.YES],
        "expected": [form for form in forms if form.attested != Form.YES],
        "own_variants": [variant for variant in entry.variants.all() if _is_own(variant, entry)],
        "neighbour_variants": [variant for variant in entry.variants.all() if not _is_own(variant, entry)],
        "phrases": list(shown.filter(words=entry.pk).order_by("folded_text")[:20]) if entry.pk else [],
        "words": list(shown.filter(pk__in=[word.pk for word in words])[:20]) if words else [],
        "protected": protected_from(entry),
        "taught": taught_pages(entry) if entry.pk else [],
    }


def _is_own(variant: Variant, entry: Entry) -> bool:
    """Say whether the variant is of the entry's own variety, not a neighbour's."""
    return variant.variety is None or variant.variety_id == entry.variety_id


def taught_pages(entry: Entry) -> list[Page]:
    """Return the published pages that teach the entry, in the language of the page; two queries."""
    keys = list(TaughtEntry.objects.filter(entry=entry).values_list("page_key", flat=True)[:12])
    if not keys:
        return []
    pages = Page.objects.live().public().filter(translation_key__in=keys, locale__language_code=get_language() or "lv")
    return list(pages.order_by("path"))


def dictionary_address(request: HttpRequest | None) -> str:
    """Return the address of the dictionary in the language of the page, or nothing where there is none."""
    page = DictionaryPage.objects.live().filter(locale__language_code=get_language() or "lv").first()
    return (page.get_url(request) or "") if page else ""


def protected_from(entry: Entry) -> list[Entry]:
    """Return the entries that this one must not be taken for; two queries."""
    pairs = ProtectedPair.objects.filter(Q(form_a=entry.text) | Q(form_b=entry.text))[:8]
    others = {pair.form_b if pair.form_a == entry.text else pair.form_a for pair in pairs}
    found = Entry.objects.filter(text__in=others, kind=Entry.WORD)
    return list(found.prefetch_related("glosses")[:8]) if others else []


def search_hits(query: str, language: str) -> list[Hit]:
    """Return the best entries for the site's search."""
    page = DictionaryPage.objects.live().filter(locale__language_code=language).first()
    if page is None:
        return []
    return [
        Hit(
            title=entry.text,
            text=entry.gloss,
            url=f"{page.url}{entry.code}/",
            kind=str(entry.get_kind_display()),
            language="rml",
            recording=entry.recording,
        )
        for entry in Entry.objects.for_display().matching(query)[:8]
    ]

"""Search over the site: its pages, and whatever rooms above register.

A provider gets what was typed, cleaned, and the language of the interface, and returns at most
`PER_PROVIDER` hits, the best first.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail.models import Locale, Page

from cms.folding import fold

QUERY_LENGTH = 100
QUERY_WORDS = 8
PER_PROVIDER = 20

WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Hit:
    """One thing found. `language` marks a title that is not in the interface's language (BCP 47)."""

    title: str
    url: str
    text: str = ""
    kind: str = ""
    language: str = ""
    recording: Any = None


Provider = Callable[[str, str], list[Hit]]
_providers: list[Provider] = []


def register_provider(provider: Provider) -> None:
    """Ask `provider(query, language)` at every search. Registering twice is once."""
    if provider not in _providers:
        _providers.append(provider)


def clean_query(text: str) -> str:
    """Return what somebody typed without what a search cannot take: control signs, quotation marks, length.

    Both databases' full-text searches raise on some of these (an unbalanced quotation mark, NUL).
    """
    printable = "".join(sign if sign.isprintable() and sign != '"' else " " for sign in text[:QUERY_LENGTH])
    return " ".join(printable.split())


def search_site(query: str, language: str, request: HttpRequest | None = None) -> list[Hit]:
    """Return hits for `query`: registered rooms first, then pages. Nothing for an empty query."""
    query = clean_query(query)
    if not terms(query):
        return []
    hits = [hit for provider in _providers for hit in provider(query, language)[:PER_PROVIDER]]
    return hits + search_pages(query, language, request)


def terms(query: str) -> str:
    """Return the folded words of `query`, without signs that a full-text search would read as commands."""
    return " ".join(WORD.findall(fold(query))[:QUERY_WORDS])


def search_pages(query: str, language: str, request: HttpRequest | None = None) -> list[Hit]:
    """Return published pages in `language` that hold every word of `query`, or words that begin so."""
    # The search index filters by a page's own columns only, so the locale is looked up first.
    locale = Locale.objects.filter(language_code=language).first()
    if locale is None:
        return []
    pages = Page.objects.live().public().filter(locale=locale)
    # Searching cuts the list to its best before the specific pages are fetched, one query per type.
    found = pages.autocomplete(terms(query), operator="and")[:PER_PROVIDER]
    best = [page.pk for page in found]
    specific = {page.pk: page for page in Page.objects.filter(pk__in=best).specific()}
    return [
        Hit(
            title=page.title,
            url=page.get_url(request) or "",
            text=getattr(page, "description", ""),
            kind=str(page.cached_content_type.model_class()._meta.verbose_name),
        )
        for page in (specific[pk] for pk in best)
    ]

"""Finding entries: the listing of the dictionary page, one entry's page, hits for the site's search."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Case, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Length
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from cms.search import Hit

from .alike import VOWELS, Word, nearest, slips_allowed, sound
from .alphabet import ROMANI, letter_of, place_of
from .models import DictionaryPage, Entry, Form, Headword, ProtectedPair, SignOff, TaughtEntry, Theme, Variant
from .orders import ORDERS, ROMANI_FIRST, Order, offered_orders

PER_PAGE = 40
FEW = 2
"""So few hits that what was meant may be something else."""
MOST_CANDIDATES = 1500
MOST_RELATED = 8
MOST_SIGNED = 5
SHORTEST_BEGINNING = 4
_ENDING = re.compile(r"(ipen|iben|ol|el|al|os|is|o|i|a|e)$")


@dataclass(frozen=True)
class Row:
    """A row of a list: an entry, and the word under which it stands where that is not its own text."""

    entry: Entry
    headword: str = ""
    language: str = ""


@dataclass
class Listing:
    """What the dictionary page shows for a query, a theme, a letter, or nothing yet."""

    query: str
    theme: Theme | None
    themes: list[Theme]
    page: ListPage | None
    only: Entry | None
    order: Order
    letter: str
    letters: list[str]
    question: str
    rows: list[Row]
    alike: list[Row]

    @property
    def entries(self) -> list[Entry]:
        return [row.entry for row in self.rows]

    @property
    def orders(self) -> list[Order]:
        return offered_orders(self.order)


def listing(query: Mapping[str, str]) -> Listing:
    """Return the listing for the page's query string: `q` or `form` searched for, `theme`, or `letter` (of the order
    that `by` names), and `page`."""
    term = (query.get("form") or query.get("q") or "").strip()[:100]
    themes = list(Theme.objects.all())
    theme = next((one for one in themes if one.key == query.get("theme")), None)
    order = ORDERS.get(query.get("by", ""), ORDERS[ROMANI_FIRST])
    letter = letter_of(query.get("letter", "")[:4], order.language)
    found: QuerySet | None = None
    only, asked = None, {}
    if term:
        exact = list(Entry.objects.written(term)[:2])
        only = exact[0] if len(exact) == 1 else None
        in_text = Entry.objects.for_display().in_text(term) if "form" in query and not exact else None
        found = in_text if in_text is not None and in_text.exists() else Entry.objects.for_display().matching(term)
        asked = {"form" if query.get("form") else "q": term}
    elif theme:
        found, asked = Entry.objects.for_display().filter(theme=theme), {"theme": theme.key}
    elif letter:
        found, asked = under_letter(order, letter), {**order.question, "letter": letter}
    page = Paginator(found, PER_PAGE).get_page(query.get("page")) if found is not None else None
    rows = [_row(one, order) for one in page.object_list] if page is not None else []
    return Listing(
        query=term,
        theme=None if term else theme,
        themes=themes,
        page=page,
        only=only,
        order=order,
        letter="" if term or theme else letter,
        letters=[] if term or theme else letters(order),
        question=urlencode(asked, quote_via=quote),
        rows=rows,
        alike=alike(term, rows) if term and page is not None and page.paginator.count <= FEW else [],
    )


def _row(found: Entry | Headword, order: Order) -> Row:
    if isinstance(found, Entry):
        return Row(found)
    return Row(found.entry) if order.language == ROMANI else Row(found.entry, found.text, found.language)


def letters(order: Order) -> list[str]:
    """Return the letters under which there is a word, in the order of the alphabet; one query."""
    listed = Headword.objects.filter(language=order.language, is_listed=True).exclude(letter="").order_by()
    return sorted(listed.values_list("letter", flat=True).distinct(), key=place_of)


def under_letter(order: Order, letter: str) -> QuerySet[Headword]:
    """Return the headwords of a letter in their order, each with its entry as it is shown."""
    listed = Headword.objects.filter(language=order.language, is_listed=True, letter=letter)
    return listed.prefetch_related(Prefetch("entry", Entry.objects.for_display()))


def alike(query: str, shown: Sequence[Row]) -> list[Row]:
    """Return the entries that may have been meant by a query that found little: what sounds nearly like it, in Romani
    or in the language of the page. A fixed number of queries, and a bounded number of candidates."""
    heard = sound(query)
    far = slips_allowed(heard)
    if not far:
        return []
    begins = heard[0]
    first = Q()
    for letter in VOWELS if begins in VOWELS else begins:
        first |= Q(sound__startswith=letter)
    near = Headword.objects.annotate(letters=Length("sound")).filter(
        first & Q(letters__range=(len(heard) - far, len(heard) + far)), language__in=[ROMANI, get_language() or "lv"]
    )
    words = near.exclude(entry__in={row.entry.pk for row in shown}).order_by("sound")
    found = nearest(
        query, (Word(*word) for word in words.values_list("entry_id", "text", "sound", "language")[:MOST_CANDIDATES])
    )
    entries = Entry.objects.for_display().in_bulk([word.key for word in found])
    return [_alike_row(word, entries[word.key]) for word in found if word.key in entries]


def _alike_row(word: Word, entry: Entry) -> Row:
    """Return a proposal, with the word that it was found by where that is not the entry's own."""
    return Row(entry) if word.text == entry.text else Row(entry, word.text, word.language)


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
        "related": related(entry) if entry.pk else [],
        "protected": protected_from(entry),
        "taught": taught_pages(entry) if entry.pk else [],
        **_signatures(entry),
    }


def _signatures(entry: Entry) -> dict[str, Any]:
    """Return who signed the entry, the latest first, at most `MOST_SIGNED`, and how many more did."""
    standing = list(SignOff.objects.standing().filter(entry=entry)) if entry.pk and entry.is_reviewed else []
    return {"signed": standing[:MOST_SIGNED], "signed_more": len(standing[MOST_SIGNED:])}


def related(entry: Entry) -> list[Entry]:
    """Return words that a learner may want beside this one: those that begin with the same letters, then those that
    stand with it in phrases. Two queries and those of `for_display`.

    The same beginning is what the eye sees. It is no claim about the words' history.
    """
    if entry.kind != Entry.WORD:
        return []
    beginning = beginning_of(entry.folded_text)
    words = Entry.objects.words().filter(variety=entry.variety_id).exclude(pk=entry.pk)
    together = Q(in_phrases__in=Entry.objects.phrases().filter(words=entry.pk))
    wanted = together | Q(folded_text__startswith=beginning) if beginning else together
    by_beginning = Case(When(folded_text__startswith=beginning, then=0), default=1) if beginning else Value(1)
    found = words.filter(wanted).annotate(rank=by_beginning).order_by("rank", "folded_text", "code")
    keys = list(dict.fromkeys(found.values_list("pk", flat=True)[: 4 * MOST_RELATED]))[:MOST_RELATED]
    entries = Entry.objects.for_display().in_bulk(keys)
    return [entries[key] for key in keys]


def beginning_of(folded: str) -> str:
    """Return the letters that words of one family are likely to share; nothing where they would be too few to tell.

    >>> beginning_of("siklol"), beginning_of("rakirel"), beginning_of("pen")
    ('sikl', 'rakir', '')
    """
    bare = _ENDING.sub("", folded) if " " not in folded else ""
    return bare if len(bare) >= SHORTEST_BEGINNING else ""


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

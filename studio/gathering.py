"""What a speaker is asked to say: chosen by lesson, module, theme, search or code, and by what has no voice yet."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from dictionary.models import Entry, TaughtEntry
from lessons.said import pages_below, said_entries

MOST_PROMPTS = 300

NATIVE = Q(takes__recording__kind="native") & ~Q(takes__recording__review="rejected")


@dataclass(frozen=True)
class Wanted:
    """What is to be recorded. Of several ways to say it the first that is given counts; none is the whole course."""

    codes: list[str] = field(default_factory=list)
    lesson: Any = None
    module: Any = None
    theme: Any = None
    search: str = ""
    with_one_voice: bool = False


@dataclass(frozen=True)
class Gathered:
    """The entries for a session's prompts, and how many there would be without the limit."""

    entries: list[Entry]
    total: int


def with_voices(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Return the entries, each with `voice_count`: how many native speakers said it. A take that waits for its second
    listener counts, so that nobody is asked twice; a rejected one does not."""
    return entries.annotate(voice_count=Count("takes__recording__speaker", filter=NATIVE, distinct=True))


def gather(wanted: Wanted) -> Gathered:
    """Return what is missing: what only a synthetic voice says, then what nobody says, then, if asked for, what one
    native speaker says. What was named by its code is taken whoever said it before. A fixed number of queries."""
    chosen, places = _chosen(wanted)
    rows = list(_ranked(with_voices(chosen), wanted).values_list("pk", "voice_count", "rank"))
    if places is not None:
        rows.sort(key=lambda row: (row[2] if not wanted.codes else 0, places.get(row[0], len(places))))
    keys = [pk for pk, _voices, _rank in rows]
    return Gathered(in_order(keys[:MOST_PROMPTS]), len(keys))


def in_order(keys: Iterable[int]) -> list[Entry]:
    """Return the entries of these keys, in their order, with what a prompt shows; what is gone is left out."""
    keys = list(keys)
    found = Entry.objects.filter(pk__in=keys).select_related("recording", "variety").prefetch_related("glosses")
    by_key = {entry.pk: entry for entry in with_voices(found)}
    return [by_key[pk] for pk in keys if pk in by_key]


def _chosen(wanted: Wanted) -> tuple[QuerySet[Entry], dict[int, int] | None]:
    """Return the entries that are meant, and their own order if they have one."""
    every = Entry.objects.all()
    if wanted.codes:
        by_code = dict(every.filter(code__in=wanted.codes).values_list("code", "pk"))
        return _of([by_code[code] for code in wanted.codes if code in by_code])
    if wanted.lesson or wanted.module:
        return _of(said_entries(pages_below(wanted.lesson or wanted.module)))
    if wanted.theme:
        return every.filter(theme=wanted.theme), None
    if wanted.search:
        return every.filter(pk__in=every.matching(wanted.search).values("pk")), None
    return every, None


def _of(keys: list[int]) -> tuple[QuerySet[Entry], dict[int, int]]:
    return Entry.objects.filter(pk__in=keys), {pk: place for place, pk in enumerate(keys)}


def _ranked(entries: QuerySet[Entry], wanted: Wanted) -> QuerySet[Entry]:
    rank = Case(
        When(voice_count__gt=0, then=Value(2)),
        When(recording__kind="synthetic", then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    taught = Exists(TaughtEntry.objects.filter(entry=OuterRef("pk")))
    if not wanted.codes:
        entries = entries.filter(voice_count__lte=1 if wanted.with_one_voice else 0)
    return entries.annotate(rank=rank, taught=taught).order_by("rank", "-taught", "folded_text", "code")

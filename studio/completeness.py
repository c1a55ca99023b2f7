"""What is complete and what is still silent: numbers for courses and modules, and the lists behind them.

A number is the length of its list, for both are read here. What belongs to a module: `studio.scope`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from courses.models import CoursePage, ModulePage
from dictionary.models import Entry, Take, TaughtEntry
from lessons.models import Exercise, LessonPage
from lessons.services import without_twin

from .scope import Place, courses, page_alone

SILENT, SYNTHETIC, VOICELESS = "silent", "synthetic", "voiceless"
ONE_VOICE, WAITING, UNREVIEWED, NO_TWIN = "one_voice", "waiting", "unreviewed", "no_twin"
LISTS = {
    VOICELESS: _("Without a native voice"),
    SILENT: _("Nothing to hear"),
    SYNTHETIC: _("Only a synthetic voice"),
    ONE_VOICE: _("One voice only"),
    WAITING: _("Wait for a second listener"),
    UNREVIEWED: _("Not reviewed by a native speaker"),
    NO_TWIN: _("Listening exercises without a twin"),
}
COLUMNS = {
    SILENT: LISTS[SILENT],
    SYNTHETIC: LISTS[SYNTHETIC],
    ONE_VOICE: LISTS[ONE_VOICE],
    WAITING: LISTS[WAITING],
    UNREVIEWED: _("Not reviewed"),
    NO_TWIN: _("Exercises without a twin"),
}
"""The report's columns; both of the first two are without a native voice."""
MEANINGS = {
    VOICELESS: _("No native speaker can be heard here yet: there is nothing to hear, or only a synthetic voice."),
    SILENT: _("Learners hear nothing here: there is no recording, or none that has been let through yet."),
    SYNTHETIC: _("Learners hear a synthetic voice here until somebody lends a real one."),
    ONE_VOICE: _("One native speaker says it. A second voice helps learners to recognise it from anybody."),
    WAITING: _("A take is there, and a second listener has not heard it yet."),
    UNREVIEWED: _("No native speaker has confirmed the word and its forms."),
    NO_TWIN: _("Whoever cannot listen now gets nothing else to do in these exercises."),
}
KINDS: dict[str, Any] = {"course": CoursePage, "module": ModulePage, "lesson": LessonPage}


def may_see(user: Any) -> bool:
    """Say whether somebody works on what the report is about."""
    return bool(user.has_perm("dictionary.change_entry") or user.has_perm("studio.view_recordingsession"))


@dataclass(frozen=True)
class Missing:
    """What is missing in some words and exercises: which of them belong in which list."""

    known: frozenset[int]
    lists: dict[str, frozenset[int]]

    def listed(self, what: str, place: Place) -> list[int]:
        """Return the primary keys of one list of a place, as learners meet them."""
        whole = place.all_exercises() if what == NO_TWIN else place.all_entries()
        return [pk for pk in whole if pk in self.lists[what]]


@dataclass(frozen=True)
class Line:
    """One place in the report: its words, how many have a native voice, and the length of each list."""

    place: Place
    words: int
    counts: dict[str, int]

    @property
    def done(self) -> int:
        return self.words - self.counts[VOICELESS]

    @property
    def is_complete(self) -> bool:
        return not any(self.counts.values())


@dataclass(frozen=True)
class CourseReport:
    """The report on one course: a line for each of its modules, and one for all of it, each word counted once."""

    whole: Line
    modules: list[Line]


def report() -> list[CourseReport]:
    """Return the report on each published course; a fixed number of queries, however many modules there are."""
    found = courses()
    missing = missing_in(found)
    return [CourseReport(line_of(one, missing), [line_of(module, missing) for module in one.modules]) for one in found]


def missing_in(places: Sequence[Place], *, with_exercises: bool = True) -> Missing:
    """Return what is missing in the places; a fixed number of queries."""
    entries = {pk for place in places for pk in place.all_entries()}
    exercises = {pk for place in places for pk in place.all_exercises()} if with_exercises else set()
    lists = _lists_of_entries(entries)
    lists[NO_TWIN] = {one.pk for one in without_twin(Exercise.objects.filter(pk__in=exercises))} if exercises else set()
    known = frozenset(lists.pop("known"))
    return Missing(known, {name: frozenset(pks) for name, pks in lists.items()})


def line_of(place: Place, missing: Missing) -> Line:
    """Return the numbers of a place; no query."""
    words = sum(pk in missing.known for pk in place.all_entries())
    return Line(place, words, {what: len(missing.listed(what, place)) for what in LISTS})


def _lists_of_entries(entries: Iterable[int]) -> dict[str, set[int]]:
    """Sort the entries into the lists; two queries."""
    found: dict[str, set[int]] = {name: set() for name in [*LISTS, "known"]}
    voices, found[WAITING] = _voices(entries)
    rows = Entry.objects.filter(pk__in=list(entries)).order_by()
    needed = ("pk", "review_state", "recording__kind", "recording__status", "recording__is_public")
    for pk, review, kind, status, is_public in rows.values_list(*needed):
        is_heard = status == "ready" and is_public
        found["known"].add(pk)
        if review == Entry.UNREVIEWED:
            found[UNREVIEWED].add(pk)
        if not is_heard or kind == "synthetic":
            found[VOICELESS].add(pk)
            found[SYNTHETIC if is_heard else SILENT].add(pk)
        elif len(voices[pk]) < 2:
            found[ONE_VOICE].add(pk)
    found[WAITING] &= found["known"]
    return found


def _voices(entries: Iterable[int]) -> tuple[dict[int, set[Any]], set[int]]:
    """Return whose native voices are heard in each entry, and the entries with a take that waits; one query.

    A voice whose speaker is not known any more is one of its own.
    """
    voices: dict[int, set[Any]] = defaultdict(set)
    waiting = set()
    takes = Take.objects.filter(entry__in=list(entries), recording__status="ready").order_by()
    needed = (
        "entry",
        "recording",
        "recording__speaker",
        "recording__kind",
        "recording__review",
        "recording__is_public",
    )
    for entry, recording, speaker, kind, review, is_public in takes.values_list(*needed):
        if kind == "native" and is_public:
            voices[entry].add(speaker or f"recording {recording}")
        if review == "open":
            waiting.add(entry)
    return voices, waiting


def find_place(kind: str, pk: int) -> Place | None:
    """Return a course, a module or a lesson by any of its pages, whatever the language; None where there is none.

    A lesson that is not published yet is read as it stands in its editor.
    """
    page = KINDS[kind].objects.filter(pk=pk).only("pk", "path", "depth", "translation_key").first()
    if page is None:
        return None
    places = (place for course in courses() for place in course.walk())
    found = next((one for one in places if one.kind is KINDS[kind] and one.key == page.translation_key), None)
    return found or _unpublished(page)


def _unpublished(page: Page) -> Place:
    """Return a place that no published course holds: a lesson with its draft; of others nothing is published yet."""
    if isinstance(page, LessonPage):
        return page_alone(cast(LessonPage, page.get_latest_revision_as_object()))
    return Place(page.pk, page.translation_key, type(page), page.title, page.path)


def everything() -> Place:
    """Return all published courses as one place."""
    found = courses()
    whole = Place(0, found[0].key if found else cast(Any, None), CoursePage, "", "")
    whole.parts = found
    return whole


def listing(what: str, place: Place) -> list[int]:
    """Return the primary keys of one list of a place: entries, or exercises for those without a twin."""
    return missing_in([place], with_exercises=what == NO_TWIN).listed(what, place)


def taught_voices() -> tuple[int, int]:
    """Return how many of the words that lessons teach have a native voice, and how many are taught; two queries."""
    taught = Entry.objects.filter(pk__in=TaughtEntry.objects.values("entry"))
    whole = taught.count()
    return whole - taught.without_native_voice().count(), whole

"""What belongs to a course, a module, a lesson: its words and phrases, and its exercises.

Words of a lesson are those that its word lists teach, those that its dialogues say, and those that its exercises name:
its practice, and its quiz. A module has those of its lessons, and of its test; a course those of its modules, and of
the test beside them. Only what is published counts, and of a lesson in several languages the first one's page.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from wagtail.models import Page

from courses.models import CoursePage, ModulePage
from dictionary.models import TaughtEntry
from lessons.models import Exercise, LessonPage, QuizItem, TestPage

PLACES: tuple[Any, ...] = (CoursePage, ModulePage, LessonPage, TestPage)


@dataclass
class Place:
    """A course, a module, a lesson or a test, with what it holds itself and the places below it."""

    pk: int
    key: UUID
    kind: type[Page]
    title: str
    path: str
    entries: dict[int, None] = field(default_factory=dict)
    exercises: dict[int, None] = field(default_factory=dict)
    parts: list["Place"] = field(default_factory=list)

    def all_entries(self) -> list[int]:
        """Return the primary keys of all its words and phrases, once each, as learners meet them."""
        return list(dict.fromkeys([*self.entries, *(pk for part in self.parts for pk in part.all_entries())]))

    def all_exercises(self) -> list[int]:
        return list(dict.fromkeys([*self.exercises, *(pk for part in self.parts for pk in part.all_exercises())]))

    def walk(self) -> Iterator["Place"]:
        yield self
        for part in self.parts:
            yield from part.walk()

    @property
    def modules(self) -> list["Place"]:
        return [part for part in self.parts if part.kind is ModulePage]


@dataclass
class Row:
    """A place with what its page says of it: the stored body, the quiz."""

    place: Place
    body: list[Any]
    quiz: int | None


def courses() -> list[Place]:
    """Return all published courses with all that they hold; seven queries, however many modules there are."""
    rows, by_path = _tree()
    _fill(rows)
    for row in rows:
        parent = by_path.get(row.place.path[: -Page.steplen])
        if parent is not None:
            parent.parts.append(row.place)
    return [row.place for row in rows if row.place.kind is CoursePage]


def page_alone(page: LessonPage) -> Place:
    """Return what a lesson holds as it stands in its editor, published or not; three queries."""
    place = Place(page.pk, page.translation_key, LessonPage, page.title, page.path)
    _fill([Row(place, page.body.get_prep_value(), page.quiz_id)])
    return place


def _tree() -> tuple[list[Row], dict[str, Place]]:
    """Return the published places in the order of the pages, and each by the paths of its pages in all languages."""
    found: list[Row] = []
    by_path: dict[str, Place] = {}
    for kind in PLACES:
        own = {LessonPage: ["body", "quiz"], TestPage: ["quiz"]}.get(kind, [])
        fields = ["path", "depth", "title", "translation_key", "locale", *own, "locale__language_code"]
        first: dict[UUID, Row] = {}
        for page in kind.objects.live().order_by("locale_id", "path").select_related("locale").only(*fields):
            if page.translation_key not in first:
                body = page.body.get_prep_value() if "body" in own else []
                place = Place(page.pk, page.translation_key, kind, page.title, page.path)
                first[page.translation_key] = Row(place, body, page.quiz_id if "quiz" in own else None)
            place = by_path[page.path] = first[page.translation_key].place
            if page.locale.language_code == get_language():
                place.title = page.title
        found += first.values()
    return sorted(found, key=lambda row: row.place.path), by_path


def _fill(rows: list[Row]) -> None:
    """Put words and exercises into the places; three queries."""
    taught = _taught(row.place.key for row in rows)
    asked = _asked(row.quiz for row in rows if row.quiz)
    for row in rows:
        row.place.entries |= dict.fromkeys([*taught[row.place.key], *_words_of(row.body)])
        row.place.exercises |= dict.fromkeys([*_practised(row.body), *asked.get(row.quiz or 0, [])])
    named = _named({pk for row in rows for pk in row.place.exercises})
    for row in rows:
        row.place.exercises = {pk: None for pk in row.place.exercises if pk in named}
        row.place.entries |= dict.fromkeys(entry for pk in row.place.exercises for entry in named[pk])


def _named(exercises: Iterable[int]) -> dict[int, list[int]]:
    """Return the entries that each of the exercises names, of those that are published."""
    found: dict[int, list[int]] = defaultdict(list)
    published = Exercise.objects.filter(pk__in=list(exercises), live=True).order_by("pk", "named__pk")
    for pk, entry in published.values_list("pk", "named__entry"):
        found[pk] += [entry] if entry else []
    return found


def _taught(keys: Iterable[UUID]) -> dict[UUID, list[int]]:
    found: dict[UUID, list[int]] = defaultdict(list)
    rows = TaughtEntry.objects.filter(page_key__in=list(keys)).order_by("position")
    for key, entry in rows.values_list("page_key", "entry"):
        found[key].append(entry)
    return found


def _asked(quizzes: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for quiz, exercise in QuizItem.objects.filter(quiz__in=set(quizzes)).values_list("quiz", "exercise"):
        found[quiz].append(exercise)
    return found


def _words_of(body: Any) -> list[int]:
    """Return the entries that the word lists and the dialogues of a lesson's body name."""
    found = []
    for block in body:
        if block["type"] == "words":
            found += [item.get("value") for item in block["value"]["items"]]
        elif block["type"] == "dialogue":
            found += [line["value"].get("item") for line in block["value"]["lines"]]
    return [pk for pk in found if pk]


def _practised(body: Any) -> list[int]:
    found = [block["value"].get("exercise") for block in body if block["type"] == "practice"]
    return [pk for pk in found if pk]

"""Which entries are said in lessons and tests: in their word lists, their dialogues and their exercises.

What lies in the newest draft counts too: a voice is wanted before a lesson is published.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from wagtail.models import Page

from .models import LessonPage, Quiz, TestPage
from .models.exercises import ExerciseEntry


def said_entries(pages: Any) -> list[int]:
    """Return the primary keys of the entries said in the lessons and tests below or at `pages`, in the order in which
    they are met: of each page first what it shows, then what its exercises name. A fixed number of queries."""
    bodies = [(page, _stored_body(page)) for page in LessonPage.objects.filter(pk__in=pages).select_related(*_WITH)]
    tests = list(TestPage.objects.filter(pk__in=pages))
    quizzes = {page.quiz_id for page, _body in bodies} | {page.quiz_id for page in tests}
    of_quiz = _exercises_of(quizzes - {None})
    met: list[tuple[str, list[int], list[int]]] = []
    for page, body in bodies:
        placed = [value["exercise"] for kind, value in body if kind == "practice" and value.get("exercise")]
        met.append((page.path, list(_shown(body)), placed + of_quiz[page.quiz_id]))
    met += [(page.path, [], of_quiz[page.quiz_id]) for page in tests]
    named = _entries_of({pk for _path, _shown_ones, exercises in met for pk in exercises})
    found: dict[int, None] = {}
    for _path, shown, exercises in sorted(met):
        found |= dict.fromkeys(shown)
        for exercise in exercises:
            found |= dict.fromkeys(named[exercise])
    return list(found)


_WITH = ("latest_revision",)


def pages_below(page: Page) -> Any:
    """Return the page and all below it."""
    return Page.objects.descendant_of(page, inclusive=True).values("pk")


def _stored_body(page: LessonPage) -> list[tuple[str, dict[str, Any]]]:
    """Return the blocks of the newest draft as they are stored, by kind."""
    revision = page.latest_revision
    stored = json.loads(revision.content.get("body") or "[]") if revision else page.body.get_prep_value()
    return [(block["type"], block["value"]) for block in stored if isinstance(block.get("value"), dict)]


def _shown(body: list[tuple[str, dict[str, Any]]]) -> Iterator[int]:
    for kind, value in body:
        if kind == "words":
            yield from (item["value"] for item in value.get("items", []) if item.get("value"))
        elif kind == "dialogue":
            lines = (line["value"] for line in value.get("lines", []) if line.get("value"))
            yield from (line["item"] for line in lines if line.get("item"))


def _exercises_of(quizzes: set[int]) -> dict[int | None, list[int]]:
    """Return the exercises of the quizzes, in order."""
    found: dict[int | None, list[int]] = defaultdict(list)
    rows = Quiz.objects.filter(pk__in=quizzes).order_by("pk", "items__sort_order")
    for quiz, exercise in rows.values_list("pk", "items__exercise"):
        found[quiz] += [exercise] if exercise else []
    return found


def _entries_of(exercises: set[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = ExerciseEntry.objects.filter(exercise__in=exercises).order_by("entry")
    for exercise, entry in rows.values_list("exercise", "entry"):
        found[exercise].append(entry)
    return found

"""Reads for authors: how the exercises of the bank work. Nobody is named; a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch
from django.utils.translation import get_language

from lessons.contested import ContestedForm, contested_forms, is_typed
from lessons.exercises import types
from lessons.grading import RIGHT
from lessons.models import Exercise

from .item_statistics import FEWEST_ATTEMPTS, Taken, WrongAnswer, difficulty, discrimination, frequent
from .models import Answer, Attempt, AttemptItem
from .querysets import counted

MOST_ATTEMPTS = 2000
"""Attempts that a report looks at, the newest: older ones tell of older versions."""


@dataclass(frozen=True)
class ItemReport:
    """How one exercise works. The figures are None below twenty attempts."""

    exercise: Exercise
    attempts: int
    difficulty: float | None = None
    discrimination: float | None = None
    wrong: Sequence[WrongAnswer] = ()

    @property
    def is_enough(self) -> bool:
        return self.attempts >= FEWEST_ATTEMPTS

    @property
    def missing(self) -> int:
        return max(0, FEWEST_ATTEMPTS - self.attempts)


def submitted_attempts() -> Any:
    """Return the attempts that count for statistics: handed in, each with its items and answers; four queries."""
    answers = Answer.objects.order_by("id").prefetch_related("regradings")
    return Attempt.objects.filter(submitted_at__isnull=False).prefetch_related(
        Prefetch("answers", answers), Prefetch("items", AttemptItem.objects.order_by("position"))
    )


def report_of(exercise: Exercise) -> ItemReport:
    """Return how one exercise works, with its most frequent wrong answers; a fixed number of queries."""
    attempts = _newest([exercise])
    figures = _figures(exercise, _results(attempts).get(exercise.uuid, []))
    if not figures.is_enough:
        return figures
    return replace(figures, wrong=frequent(_wrong_answers(exercise, attempts)))


def reports(exercises: Sequence[Exercise]) -> list[ItemReport]:
    """Return how several exercises work, without their answers; a fixed number of queries, however many there are."""
    results = _results(_newest(exercises))
    return [_figures(exercise, results.get(exercise.uuid, [])) for exercise in exercises]


def _newest(exercises: Sequence[Exercise]) -> list[Attempt]:
    asked = AttemptItem.objects.filter(attempt=OuterRef("pk"), exercise_uuid__in=[one.uuid for one in exercises])
    return list(submitted_attempts().filter(Exists(asked)).order_by("-id")[:MOST_ATTEMPTS])


def _figures(exercise: Exercise, results: list[Taken]) -> ItemReport:
    if len(results) < FEWEST_ATTEMPTS:
        return ItemReport(exercise, len(results))
    return ItemReport(exercise, len(results), difficulty(results), discrimination(results))


def _results(attempts: Iterable[Attempt]) -> dict[UUID, list[Taken]]:
    """Return the results at each exercise. What a learner left out counts nothing, as in the attempt's own score."""
    found: dict[UUID, list[Taken]] = defaultdict(list)
    for attempt in attempts:
        kept = counted(attempt, attempt.answers.all())
        points = {item.exercise_uuid: 0.0 for item in attempt.items.all()}
        points |= {exercise: answer.points for exercise, answer in kept.items()}
        whole = sum(points.values())
        for exercise, score in points.items():
            rest = (whole - score) / (len(points) - 1) if len(points) > 1 else None
            found[exercise].append(Taken(score, rest))
    return found


def _judged_wrong(exercise: Exercise, attempts: list[Attempt]) -> Iterator[tuple[int, dict[str, Any], Any]]:
    """Yield the wrong answers that count: a number for the learner, the definition they saw, what they answered."""
    items = AttemptItem.objects.filter(attempt__in=attempts, exercise_uuid=exercise.uuid).select_related("version")
    definitions = {item.attempt_id: item.version.definition for item in items}
    for attempt in attempts:
        answer = counted(attempt, attempt.answers.all()).get(exercise.uuid)
        if answer is not None and answer.content is not None and answer.standing.verdict not in RIGHT:
            yield attempt.user_id, definitions[attempt.pk], answer.content


def _wrong_answers(exercise: Exercise, attempts: list[Attempt]) -> list[tuple[int, str]]:
    """Return the wrong answers as people read them; typed forms one by one and folded, so that equal ones meet."""
    found = []
    for learner, definition, content in _judged_wrong(exercise, attempts):
        if is_typed(definition):
            found += [(learner, one.written) for one in contested_forms(definition, content)]
        else:
            said, _language = types()[definition["type"]].said(definition, content, get_language() or "lv")
            found.append((learner, said))
    return found


def contested_of(exercise: Exercise, written: str) -> ContestedForm | None:
    """Return a form that was written here and not right, as the reviewers' queue takes it; None if nobody wrote it."""
    for _learner, definition, content in _judged_wrong(exercise, _newest([exercise])):
        for one in contested_forms(definition, content):
            if one.written == written:
                return one
    return None


def answered_exercises() -> list[Exercise]:
    """Return the exercises that attempts have asked, the most asked first; two queries."""
    counts = AttemptItem.objects.filter(attempt__submitted_at__isnull=False).values("exercise_uuid")
    asked = {row["exercise_uuid"]: row["times"] for row in counts.annotate(times=Count("pk")).order_by()}
    found = Exercise.objects.filter(uuid__in=list(asked))
    return sorted(found, key=lambda exercise: (-asked[exercise.uuid], exercise.title))

"""Reads of what a learner did. Nobody can be asked for but the learner: every function takes the user or an attempt."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from lessons.hints import costs_of

from .models import Answer, Attempt, AttemptItem, Notice, OpenedHint


def attempts_of(user: Any) -> QuerySet[Attempt]:
    """Return the learner's own attempts; somebody else's are as unknown as none."""
    return Attempt.objects.filter(user=user) if user.is_authenticated else Attempt.objects.none()


def notices_of(user: Any) -> QuerySet[Notice]:
    """Return the news that the learner has not seen yet, the oldest first."""
    return Notice.objects.filter(attempt__user=user, seen_at=None).select_related("attempt").order_by("id")


def item_or_404(*, user: Any, attempt: UUID, exercise: UUID) -> AttemptItem:
    """Return an exercise of one of the learner's own attempts, with both; Http404 for everything else. One query."""
    mine = AttemptItem.objects.select_related("attempt", "version").filter(attempt__user=user)
    found = mine.filter(attempt__uuid=attempt, exercise_uuid=exercise).first()
    if found is None:
        raise Http404
    return found


def items_of(attempt: Attempt) -> list[AttemptItem]:
    """Return the attempt's exercises in order, each with its version; one query."""
    return list(attempt.items.select_related("version"))


def opened_hints(items: Iterable[AttemptItem]) -> dict[int, dict[int, int]]:
    """Return what each hint that was opened cost, by item and number; no query where none of the exercises has any."""
    asked = [item.pk for item in items if costs_of(item.version.definition)]
    found: dict[int, dict[int, int]] = {}
    for hint in OpenedHint.objects.filter(item__in=asked) if asked else ():
        found.setdefault(hint.item_id, {})[hint.number] = hint.cost
    return found


def answered_once(answers: Iterable[Answer]) -> Answer | None:
    """Return the answer that counts where feedback comes at once: the first, of answers in order of arrival."""
    return next((answer for answer in answers if not answer.is_late), None)


def answers_of(attempt: Attempt) -> QuerySet[Answer]:
    """Return the attempt's answers in order of arrival, each with what it was judged again; two queries."""
    return attempt.answers.order_by("id").prefetch_related("regradings")


def answers_shown(attempt: Attempt) -> QuerySet[Answer]:
    """Return the same with all that a page tells of them: the corrected keys and the appeals; at most five queries."""
    return answers_of(attempt).prefetch_related("regradings__version", "appeals__appealed_form")


def counted(attempt: Attempt, answers: Iterable[Answer] | None = None) -> dict[UUID, Answer]:
    """Return the answer that counts for each exercise; two queries unless the answers are given in order of arrival."""
    found: dict[UUID, Answer] = {}
    for answer in answers if answers is not None else answers_of(attempt):
        if answer.is_late:
            continue
        if attempt.gives_feedback_at_once and answer.exercise_uuid in found:
            continue
        found[answer.exercise_uuid] = answer
    return found


def score_of(attempt: Attempt) -> tuple[float, bool]:
    """Return the share of points reached (0–1) and whether that passes; what has no answer counts nothing."""
    points = [answer.points for answer in counted(attempt).values()]
    return tally(points, attempt.items.count(), attempt.pass_mark)


def tally(points: Iterable[float], count: int, pass_mark: int) -> tuple[float, bool]:
    """Return the share of `count` points that was reached (0–1), and whether it reaches the pass mark."""
    score = round(sum(points) / count, 4) if count else 0.0
    # A ten-thousandth of a per cent of room: a sum of thirds must not fail a pass mark that it reaches.
    return score, score * 100 >= pass_mark - 0.0001


def percent(score: float) -> int:
    """Return a score in per cent, rounded down: 69.9 % must not read like the 70 % that it is not."""
    return int(score * 100 + 1e-9)

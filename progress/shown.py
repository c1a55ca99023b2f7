"""Attempts and answers as the API and the pages show them: results only as soon as the learner may know them."""

from typing import Any

from django.utils.translation import get_language

from lessons.feedback import result
from lessons.models import ExerciseVersion
from lessons.services import shown_exercise

from .models import Answer, Attempt, AttemptItem
from .querysets import counted, items_of


def shown_result(answer: Answer, version: ExerciseVersion) -> dict[str, Any]:
    """Return the verdict on a kept answer, in the language of the request."""
    return result(version.definition, answer.grade, get_language() or "lv", version.feedback)


def kept_answer(attempt: Attempt, answer: Answer, version: ExerciseVersion) -> dict[str, Any]:
    """Return the reply to one answer: a function of what is stored, so a retry gets the same."""
    if attempt.gives_feedback_at_once:
        first = Answer.objects.filter(attempt=attempt, exercise_uuid=answer.exercise_uuid, is_late=False).order_by("id").first()
        counts = not answer.is_late and first is not None and first.pk == answer.pk
    else:
        counts = not answer.is_late
    visible = attempt.gives_feedback_at_once or not attempt.is_open
    return {"answer": answer, "counts": counts, "result": shown_result(answer, version) if visible else None}


def shown_attempt(attempt: Attempt) -> dict[str, Any]:
    """Return an attempt with its exercises; two queries whatever their number."""
    language = get_language() or "lv"
    items = items_of(attempt)
    answers = counted(attempt)
    return {"attempt": attempt, "exercises": [_shown_item(attempt, item, answers, language) for item in items]}


def _shown_item(attempt: Attempt, item: AttemptItem, answers: dict[Any, Answer], language: str) -> dict[str, Any]:
    answer = answers.get(item.exercise_uuid)
    visible = answer is not None and (attempt.gives_feedback_at_once or not attempt.is_open)
    exercise = _Named(item.exercise_uuid)
    seed = f"{attempt.uuid}{item.exercise_uuid}"
    return {
        "exercise": shown_exercise(exercise, item.version.definition, language=language, seed=seed),
        "is_answered": answer is not None,
        "answer": answer,
        "result": shown_result(answer, item.version) if visible and answer is not None else None,
    }


class _Named:
    """An exercise known by its uuid alone; the exercise itself may be gone from the bank."""

    def __init__(self, uuid: Any) -> None:
        self.uuid = uuid


def quiz_standings(attempts: list[Attempt]) -> list[dict[str, Any]]:
    """Return how each quiz stands, from all of one learner's attempts in order of their start."""
    found: dict[Any, dict[str, Any]] = {}
    for attempt in attempts:
        row = found.setdefault(
            attempt.quiz_uuid,
            {"quiz": attempt.quiz_uuid, "attempts": 0, "best_score": None, "passed": False, "open_attempt": None},
        )
        row["attempts"] += 1
        if attempt.is_open:
            row["open_attempt"] = attempt.uuid
        elif attempt.score is not None:
            row["best_score"] = max(row["best_score"] or 0.0, attempt.score)
            row["passed"] = row["passed"] or bool(attempt.passed)
    return list(found.values())

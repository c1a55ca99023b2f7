"""Attempts and answers as the API and the pages show them: results only as soon as the learner may know them."""

import uuid as uuids
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from lessons.exercises import types
from lessons.feedback import result
from lessons.models import ExerciseVersion
from lessons.services import needed_right, shown_exercise

from .models import Answer, Attempt, AttemptItem
from .querysets import counted, items_of
from .services import Kept
from .taking import FormAnswer

NO_ANSWER = {"verdict": "wrong", "score": 0.0, "facts": {"skipped": True}}


def shown_result(answer: Answer, version: ExerciseVersion) -> dict[str, Any]:
    """Return the verdict on a kept answer, in the language of the request."""
    return result(version.definition, answer.grade, get_language() or "lv", version.feedback)


def kept_answer(kept: Kept) -> dict[str, Any]:
    """Return the reply to one answer: a function of rows that never change, so a retry gets the same bytes.

    Where feedback waits for the end it does so here for ever: the results stand in the attempt.
    """
    attempt, version = kept.item.attempt, kept.item.version
    result = shown_result(kept.answer, version) if attempt.gives_feedback_at_once else None
    return {"answer": kept.answer, "counts": kept.counts, "result": result}


def shown_attempt(attempt: Attempt) -> dict[str, Any]:
    """Return an attempt with its exercises; two queries whatever their number."""
    answers = counted(attempt)
    return {"attempt": attempt, "exercises": [_shown_item(attempt, item, answers) for item in items_of(attempt)]}


def _shown_item(attempt: Attempt, item: AttemptItem, answers: dict[UUID, Answer]) -> dict[str, Any]:
    answer = answers.get(item.exercise_uuid)
    visible = answer is not None and (attempt.gives_feedback_at_once or not attempt.is_open)
    return {
        "position": item.position,
        "exercise": shown_exercise(
            _Named(item.exercise_uuid),
            item.version.definition,
            language=get_language() or "lv",
            seed=f"{attempt.uuid}{item.exercise_uuid}",
        ),
        "is_answered": answer is not None,
        "answer": answer,
        "result": shown_result(answer, item.version) if visible and answer is not None else None,
    }


class _Named:
    """An exercise known by its uuid alone; the exercise itself may be gone from the bank."""

    def __init__(self, uuid: UUID) -> None:
        self.uuid = uuid


def attempt_steps(attempt: Attempt, form: FormAnswer | None = None) -> dict[str, Any]:
    """Return an open attempt as its page shows it, question by question; two queries.

    `form` is an answer that could not be taken: it stands in its question as it was entered.
    """
    steps = shown_attempt(attempt)["exercises"]
    for step in steps:
        mine = form if form and str(form.exercise) == step["exercise"]["id"] else None
        step["given"] = mine.answer if mine else step["answer"].content if step["answer"] else None
        step["fault"] = mine.fault if mine else ""
        step["locked"] = step["is_answered"] and attempt.gives_feedback_at_once
        step["new_id"] = uuids.uuid4()
    first_open = next((step["position"] for step in steps if not step["is_answered"]), 0)
    return {
        "steps": steps,
        "whole": len(steps),
        "current": form.position if form else first_open,
        "open_steps": [step for step in steps if not step["is_answered"]],
    }


def attempt_result(attempt: Attempt) -> dict[str, Any]:
    """Return a submitted attempt as its result page shows it; two queries whatever its length."""
    answers = counted(attempt)
    rows = [_result_row(item, answers.get(item.exercise_uuid)) for item in items_of(attempt)]
    right = sum(row["result"]["is_right"] for row in rows)
    return {
        "rows": rows,
        "right": right,
        "whole": len(rows),
        "percent": percent(attempt.score or 0.0),
        "needed": needed_right(len(rows), attempt.pass_mark),
        "again": words_to_hear([row["result"] for row in rows]),
    }


def percent(score: float) -> int:
    """Return a score in per cent, rounded down: 69.9 % must not read like the 70 % that it is not."""
    return int(score * 100 + 1e-9)


def _result_row(item: AttemptItem, answer: Answer | None) -> dict[str, Any]:
    language, definition = get_language() or "lv", item.version.definition
    exercise_type = types()[definition["type"]]
    seen = exercise_type.payload(definition, language, "")
    said, said_in = exercise_type.said(definition, answer.content, language) if answer and answer.content else ("", "")
    return {
        "position": item.position,
        "question": seen["question"],
        "romani": seen.get("romani", ""),
        "is_answered": answer is not None,
        "is_skipped": answer is not None and answer.content is None,
        "said": said,
        "said_in": said_in,
        "result": shown_result(answer, item.version)
        if answer
        else result(definition, NO_ANSWER, language, item.version.feedback),
    }


def words_to_hear(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the words behind answers that were not right, each once: what is worth hearing again."""
    found: dict[str, dict[str, Any]] = {}
    for one in results:
        if one["is_right"]:
            continue
        solution = one["solution"]
        missed = [pair for pair in solution.get("pairs", []) if not pair["is_right"]]
        if solution["romani"]:
            missed.append({**solution, "audio": one["audio"]})
        for word in missed:
            found.setdefault(word["romani"], word)
    return list(found.values())


def quiz_standings(attempts: list[Attempt]) -> list[dict[str, Any]]:
    """Return how each quiz stands, from all of one learner's attempts in order of their start."""
    found: dict[UUID, dict[str, Any]] = {}
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

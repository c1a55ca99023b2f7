"""Attempts and answers as the API and the pages show them: results only as soon as the learner may know them."""

import uuid as uuids
from collections.abc import Iterable
from math import ceil
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from lessons.contested import is_typed
from lessons.exercises import types
from lessons.feedback import result, titles
from lessons.models import ExerciseVersion
from lessons.services import needed_right, shown_exercise

from .appeals import Appealed, may_appeal
from .hints import hints_are_free, shown_hints
from .models import Answer, Attempt, AttemptItem, Notice, Regrading
from .querysets import answers_shown, counted, items_of, opened_hints, percent, tally
from .services import Kept
from .taking import FormAnswer

LITTLE = 1e-6
NO_ANSWER = {"verdict": "wrong", "score": 0.0, "facts": {"skipped": True}}


def shown_result(answer: Answer, version: ExerciseVersion) -> dict[str, Any]:
    """Return the verdict on a kept answer as it stands, regradings included, in the language of the request."""
    standing = answer.standing
    if isinstance(standing, Regrading):
        version = standing.version
    return _less_hints(answer, result(version.definition, standing.grade, get_language() or "lv", version.feedback))


def _less_hints(answer: Answer, shown: dict[str, Any]) -> dict[str, Any]:
    """Return the verdict with what hints took from it: `hint_cost` in per cent of the point, `hint_note` in words."""
    score = answer.after_hints(shown["score"])
    cost = round((shown["score"] - score) * 100)
    note = ngettext("%(count)d hint: −%(cost)d %%", "%(count)d hints: −%(cost)d %%", answer.hints)
    words = note % {"count": answer.hints, "cost": cost} if cost else ""
    return shown | {"score": score, "hint_cost": cost, "hint_note": words}


def shown_appeal(answer: Answer | None) -> dict[str, Any] | None:
    """Return what became of the learner's appeal: of several gaps the one that still waits, else the last decision."""
    forms = [appeal.appealed_form for appeal in answer.appeals.all()] if answer else []
    if not forms:
        return None
    form = next((one for one in forms if one.is_open), max(forms, key=lambda one: str(one.decided_at or "")))
    return {"status": form.status, "note": form.note}


def answer_state(attempt: Attempt, item: AttemptItem, answer: Answer | None) -> dict[str, Any]:
    """Return what the learner may do about a verdict and what was done: appeal, and the verdict before a correction."""
    is_corrected = answer is not None and isinstance(answer.standing, Regrading)
    return {
        "may_appeal": may_appeal(attempt, item, answer),
        "appeal": shown_appeal(answer),
        "verdict_before": answer.verdict if answer is not None and is_corrected else None,
    }


def kept_answer(kept: Kept) -> dict[str, Any]:
    """Return the reply to one answer: a function of rows that never change, so a retry gets the same bytes.

    Where feedback waits for the end it does so here for ever: the results stand in the attempt.
    """
    attempt, version = kept.item.attempt, kept.item.version
    shown = None
    if attempt.gives_feedback_at_once:
        shown = result(version.definition, kept.answer.grade, get_language() or "lv", version.feedback)
        shown = _less_hints(kept.answer, shown)
    return {"answer": kept.answer, "counts": kept.counts, "result": shown}


def shown_appealed(appealed: Appealed) -> dict[str, Any]:
    """Return the reply to an appeal: how the answer and the appeal stand now."""
    answer, item = appealed.answer, appealed.item
    return {
        "exercise": item.exercise_uuid,
        "appeal": shown_appeal(answer),
        "result": shown_result(answer, item.version),
    }


def shown_notices(notices: list[Notice]) -> list[dict[str, Any]]:
    """Return a learner's news in words."""
    words = {
        Notice.CORRECTED: _("The result of an attempt was corrected in your favour."),
        Notice.DECLINED: _("A native reviewer has looked at your answer."),
    }
    return [{"notice": one, "attempt": one.attempt, "text": words[one.kind]} for one in notices]


def shown_attempt(attempt: Attempt) -> dict[str, Any]:
    """Return an attempt with its exercises; at most seven queries whatever their number."""
    answers = counted(attempt, answers_shown(attempt))
    items = items_of(attempt)
    opened = opened_hints(items)
    return {
        "attempt": attempt,
        "exercises": [_shown_item(attempt, item, answers, opened.get(item.pk, {})) for item in items],
        "correction": correction_of(attempt, answers, len(items)),
    }


def correction_of(attempt: Attempt, answers: dict[UUID, Answer], count: int) -> dict[str, Any] | None:
    """Return how a submitted attempt stood before it was judged again, and when that was; None if it never was."""
    days = [one.made_at for answer in answers.values() for one in answer.regradings.all()]
    if attempt.is_open or not days:
        return None
    points = [answer.after_hints(answer.score) for answer in answers.values()]
    score, passed = tally(points, count, attempt.pass_mark)
    return {"at": max(days), "score_before": score, "passed_before": passed, "percent_before": percent(score)}


def _shown_item(
    attempt: Attempt, item: AttemptItem, answers: dict[UUID, Answer], opened: dict[int, int]
) -> dict[str, Any]:
    answer = answers.get(item.exercise_uuid)
    visible = answer is not None and (attempt.gives_feedback_at_once or not attempt.is_open)
    return {
        "position": item.position,
        "exercise": shown_exercise(
            _Named(item.exercise_uuid),
            item.version.definition,
            language=get_language() or "lv",
            seed=f"{attempt.uuid}{item.exercise_uuid}",
            counts=True,
        ),
        "hints": shown_hints(item, opened, are_free=hints_are_free(attempt, answer is not None)),
        "is_answered": answer is not None,
        "is_typed": is_typed(item.version.definition),
        "answer": answer,
        "result": shown_result(answer, item.version) if visible and answer is not None else None,
        **answer_state(attempt, item, answer),
    }


class _Named:
    """An exercise known by its uuid alone; the exercise itself may be gone from the bank."""

    def __init__(self, uuid: UUID) -> None:
        self.uuid = uuid


def attempt_steps(attempt: Attempt, form: FormAnswer | None = None) -> dict[str, Any]:
    """Return an open attempt as its page shows it, question by question; two queries.

    `form` is an answer that was not taken, or not meant to be: it stands in its question as it was entered.
    """
    steps = shown_attempt(attempt)["exercises"]
    for step in steps:
        mine = form if form and str(form.exercise) == step["exercise"]["id"] else None
        step["given"] = mine.answer if mine else step["answer"].content if step["answer"] else None
        step["fault"] = mine.fault if mine else ""
        step["just_opened"] = mine.hint if mine else 0
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
    """Return a submitted attempt as its result page shows it; at most six queries whatever its length."""
    arrived = list(answers_shown(attempt))
    answers = counted(attempt, arrived)
    rows = [_result_row(attempt, item, answers.get(item.exercise_uuid)) for item in items_of(attempt)]
    right = sum(row["result"]["is_right"] for row in rows)
    return {
        "rows": rows,
        "right": right,
        "whole": len(rows),
        "percent": percent(attempt.score or 0.0),
        "needed": needed_right(len(rows), attempt.pass_mark),
        "correction": correction_of(attempt, answers, len(rows)),
        "late": sum(answer.is_late for answer in arrived),
        "hint_cost": _lost_by_hints(answers.values(), len(rows)),
        "has_news": any(row["appeal"] or row["verdict_before"] for row in rows),
        "again": words_to_hear([row["result"] for row in rows]),
    }


def _lost_by_hints(answers: Iterable[Answer], count: int) -> int:
    """Return how many per cent of a quiz of `count` exercises hints took, rounded up: a loss is never shown as none."""
    lost = sum(answer.standing.score - answer.points for answer in answers)
    return ceil(lost * 100 / count - LITTLE) if count else 0


def _result_row(attempt: Attempt, item: AttemptItem, answer: Answer | None) -> dict[str, Any]:
    language, definition = get_language() or "lv", item.version.definition
    exercise_type = types()[definition["type"]]
    seen = exercise_type.payload(definition, language, "")
    said, said_in = exercise_type.said(definition, answer.content, language) if answer and answer.content else ("", "")
    return {
        "position": item.position,
        "exercise": item.exercise_uuid,
        "question": seen["question"],
        "romani": seen.get("romani", ""),
        "is_answered": answer is not None,
        "is_skipped": answer is not None and answer.content is None,
        "said": said,
        "said_in": said_in,
        "result": shown_result(answer, item.version)
        if answer
        else result(definition, NO_ANSWER, language, item.version.feedback),
        **answer_state(attempt, item, answer),
        "title_before": titles()[answer.verdict] if answer and isinstance(answer.standing, Regrading) else "",
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

"""Exercises on paper: as they are asked without sound and without a screen, and without their keys."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import select_template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .definitions import askable
from .models import LessonPage, Quiz
from .services import shown_exercise


@dataclass(frozen=True)
class Sheet:
    """What stands under one heading: the exercises in order, each with the template that prints it."""

    title: str
    exercises: list[tuple[dict[str, Any], str]]


def sheets_of_lesson(lesson: LessonPage) -> list[Sheet]:
    """Return the lesson's exercises in place and its quiz, as they are printed; a fixed number of queries."""
    placed = [block.value["exercise"] for block in lesson.body if block.block_type == "practice"]
    practice = [exercise for exercise in placed if exercise and exercise.live]
    return _sheets([(_("Practice"), practice), *_quiz_part(lesson.quiz)])


def sheets_of_quiz(quiz: Quiz | None) -> list[Sheet]:
    """Return a quiz as it is printed; a fixed number of queries."""
    return _sheets(_quiz_part(quiz))


def _quiz_part(quiz: Quiz | None) -> list[tuple[str, list[Any]]]:
    return [(quiz.title, quiz.live_exercises())] if quiz else []


def _sheets(parts: list[tuple[str, list[Any]]]) -> list[Sheet]:
    language = get_language() or "lv"
    definitions = dict(askable([exercise for _title, exercises in parts for exercise in exercises]))
    found = [
        Sheet(
            title,
            [
                printed(shown_exercise(exercise, definitions[exercise], language=language, seed=str(exercise.uuid)))
                for exercise in exercises
                if exercise in definitions
            ],
        )
        for title, exercises in parts
    ]
    return [sheet for sheet in found if sheet.exercises]


def printed(shown: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Return an exercise with the twin in the place of what would have to be heard, and the template that prints it.

    A type without a template of its own for paper is printed as its plain form.
    """
    exercise = {**shown, **shown.get("twin", {}), "audio": None}
    exercise.pop("twin", None)
    kind = exercise["type"]
    template = select_template([f"lessons/paper/{kind}.html", f"lessons/exercises/{kind}.html"])
    return exercise, template.template.name

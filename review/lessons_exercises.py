"""An exercise as a reviewer reads it: what is asked, what is right, what counts too, and what is said to the wrong."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page, Revision, WorkflowState

from lessons.definitions import define
from lessons.exercises import types
from lessons.exercises.base import Definition, in_language
from lessons.models import Exercise
from lessons.paper import printed
from lessons.paper_key import right_answers
from lessons.services import shown_exercise


@dataclass(frozen=True)
class Practice:
    """One exercise, readable. `shown` is empty where it cannot be asked, because a word of it is missing."""

    title: str
    is_live: bool
    shown: dict[str, Any] = field(default_factory=dict)
    template: str = ""
    answers: list[dict[str, Any]] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    known: list[dict[str, str]] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    sound: str = ""


def practice_of(page: Page, language: str) -> dict[str, Practice]:
    """Return the exercises that stand in a page, by the id of their block; a fixed number of queries."""
    placed = {
        block.id: block.value["exercise"]
        for block in getattr(page, "body", ())
        if block.block_type == "practice" and block.value["exercise"]
    }
    drafts = newest([one for one in placed.values() if not one.live])
    asked = [drafts.get(one.pk, one) for one in placed.values()]
    return dict(zip(placed, read_exercises(asked, language), strict=True))


def taken_along(page: Page) -> list[Exercise]:
    """Return the exercises of a lesson or test that learners have never met: those in its text, then those of its quiz.

    The reviewer reads them with the page, and they go live with it. One that waits in a workflow of its own stays
    out, and so does one that somebody took down. At most two queries.
    """
    placed = [one.value["exercise"] for one in getattr(page, "body", ()) if one.block_type == "practice"]
    named = {one.pk for one in placed if one}
    quiz = getattr(page, "quiz_id", None)
    asked = Q(pk__in=named) | (Q(quiz_items__quiz=quiz) if quiz else Q(pk__in=()))
    fresh = Exercise.objects.filter(asked, live=False, first_published_at=None).distinct().order_by("pk")
    kind = ContentType.objects.get_for_model(Exercise)
    waiting = WorkflowState.objects.active().filter(
        base_content_type=kind, object_id__in=[str(one.pk) for one in fresh]
    )
    busy = set(waiting.values_list("object_id", flat=True))
    return sorted((one for one in fresh if str(one.pk) not in busy), key=lambda one: one.pk not in named)


def unseen_of_quiz(page: Page, language: str) -> list[Practice]:
    """Return those of them that stand in the quiz alone, as they are read."""
    placed = {one.value["exercise"] for one in getattr(page, "body", ()) if one.block_type == "practice"}
    found = [one for one in taken_along(page) if one not in placed]
    drafts = newest(found)
    return read_exercises([drafts.get(one.pk, one) for one in found], language)


def newest(exercises: Iterable[Exercise]) -> dict[int, Exercise]:
    """Return the newest drafts of exercises that nobody has published yet; one query."""
    by_revision = {one.latest_revision_id: one for one in exercises if one.latest_revision_id}
    found = Revision.objects.in_bulk(list(by_revision))
    return {by_revision[pk].pk: by_revision[pk].with_content_json(one.content) for pk, one in found.items()}


def read_exercise(exercise: Exercise, language: str) -> Practice:
    return read_exercises([exercise], language)[0]


def read_exercises(exercises: list[Exercise], language: str) -> list[Practice]:
    """Return exercises as they are read; a fixed number of queries however many."""
    definitions = define([one.stored_block if one.body else None for one in exercises])
    return [_read(one, found, language) for one, found in zip(exercises, definitions, strict=True)]


def _read(exercise: Exercise, definition: Definition | None, language: str) -> Practice:
    if definition is None:
        return Practice(exercise.title, exercise.live)
    shown, template = printed(shown_exercise(exercise, definition, language=language, seed=str(exercise.uuid)))
    solution = types()[definition["type"]].solution(definition)
    return Practice(
        title=exercise.title,
        is_live=exercise.live,
        shown=shown,
        template=template,
        answers=right_answers(definition, language),
        also=list(dict.fromkeys(_also(definition))),
        known=[
            {"answer": one["answer"], "text": in_language(one["text"], language)} for one in definition.get("known", ())
        ],
        hints=[hint for hint in shown.get("hints", ()) if isinstance(hint, str)],
        sound=_sound(solution.get("audio")),
    )


def _also(definition: Definition) -> Iterable[str]:
    """Yield the other forms that count as right: the dictionary's and the author's."""
    item = definition.get("item") or {}
    if definition["type"] in ("type", "dialogue"):
        yield from (one["form"] for one in item.get("variants", ()))
    for part in (definition, *definition.get("gaps", ())):
        yield from part.get("accept", ())
        yield from (one["form"] for one in (*part.get("accepted", ()), *part.get("variants", ())))
    yield from (" ".join(order) for order in definition.get("orders", ()))


def _sound(audio: dict[str, Any] | None) -> str:
    sources = (audio or {}).get("sources", ())
    return next((one["url"] for one in sources if one["type"] == "audio/mpeg"), "")

"""An answer as a plain HTML form sends it. What the API reads as JSON is read here from fields."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import Http404, QueryDict

from lessons.exercises import types
from lessons.exercises.base import UNKEEPABLE

from .models import Attempt, AttemptItem


@dataclass(frozen=True)
class FormAnswer:
    """One question's form: which question, what was entered, and what keeps it from being taken, if anything does."""

    exercise: UUID
    position: int
    whole: int
    answer: Any
    client_id: UUID | None
    fault: str = ""
    hint: int = 0
    """Which hint it asks for instead of answering."""

    def refused(self, fault: str) -> "FormAnswer":
        return replace(self, fault=fault)


def read_form(data: QueryDict, attempt: Attempt) -> FormAnswer:
    """Read the form that was sent to an attempt's page.

    Raises Http404 if it names no question of the attempt.
    """
    named = _uuid(data.get("exercise", ""))
    items = AttemptItem.objects.select_related("version").filter(attempt=attempt)
    item = items.filter(exercise_uuid=named).first() if named else None
    if item is None:
        raise Http404
    definition = item.version.definition
    exercise_type = types()[definition["type"]]
    answer = None if "skip" in data else exercise_type.form_answer(_keepable(data))
    fault = "" if answer is None else exercise_type.missing(definition, answer)
    return FormAnswer(
        exercise=item.exercise_uuid,
        position=item.position,
        whole=items.count(),
        answer=answer,
        client_id=_uuid(data.get("id", "")),
        fault=fault,
    )


def _keepable(data: QueryDict) -> QueryDict:
    """Drop what no keyboard sends and no database keeps."""
    clean = QueryDict(mutable=True)
    for name, values in data.lists():
        clean.setlist(name, [UNKEEPABLE.sub("", value) for value in values])
    return clean


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

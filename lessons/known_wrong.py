"""Write about a frequent wrong answer: the editor with that answer as a new row, which nobody has saved yet."""

import uuid
from typing import Any

from dictionary.spelling import plain

from .exercises import types
from .exercises.answers import LONGEST_FORM, MOST_FORMS
from .exercises.base import UNKEEPABLE, plain_list
from .models import Exercise

FIELD = "known_wrong"


def takes_known_wrong(exercise: Exercise) -> bool:
    """Say whether authors can say something about a wrong answer to the exercise, as statistics show it.

    Where several gaps are picked, what is shown is all picks together, and no gap is ever answered so.
    """
    if not exercise.body or exercise.type not in types():
        return False
    value = exercise.stored_block["value"]
    picks = value.get("mode") == "pick" and len(plain_list(value.get("gaps"))) > 1
    return FIELD in types()[exercise.type].block().child_blocks and not picks


def is_writable(answer: str) -> bool:
    """Say whether an answer can be a known wrong one: a text as authors may enter it."""
    return bool(plain(answer)) and len(answer) <= LONGEST_FORM and not UNKEEPABLE.search(answer)


def add_known_wrong(exercise: Exercise, answer: str) -> bool:
    """Add a wrong answer to the exercise in memory, to be written about; say whether it was.

    It was not if the exercise takes none or no more, or if there are words about it already.
    """
    if not (takes_known_wrong(exercise) and is_writable(answer)):
        return False
    stored: list[Any] = exercise.body.get_prep_value()
    rows = stored[0]["value"].setdefault(FIELD, [])
    if len(rows) >= MOST_FORMS or plain(answer) in {plain(row["answer"]) for row in plain_list(rows)}:
        return False
    row = {"answer": answer, "text_lv": "", "text_en": ""}
    rows.append({"type": "item", "value": row, "id": str(uuid.uuid4())})
    exercise.body = exercise._meta.get_field("body").to_python(stored)  # type: ignore[union-attr]
    return True

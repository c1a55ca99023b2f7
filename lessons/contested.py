"""Typed forms that a learner may contest, and definitions to which an accepted form was added.

Pure but for the registry of types: plain values in, plain values out.
"""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from dictionary.spelling import plain

from .exercises import types
from .exercises.base import Definition
from .exercises.gap import expected_in
from .grading import RIGHT, Expected, grade_text

LONGEST_FORM = 120
"""Characters of a form that the dictionary can hold; a longer answer is no form of a word."""


@dataclass(frozen=True)
class ContestedForm:
    """What was written where `expected` was asked for, an exercise's word being the entry `code`."""

    code: str
    expected: str
    written: str


@dataclass(frozen=True)
class AcceptedForm:
    """A form that a native reviewer accepted where `expected` is asked for."""

    expected: str
    form: str
    variety: str


def is_typed(definition: Definition) -> bool:
    """Say whether Romani is typed in the exercise, so that a learner may know a form that we do not."""
    return "item" in definition and bool(list(types()[definition["type"]].texts(definition)))


def contested_forms(definition: Definition, content: Any) -> list[ContestedForm]:
    """Return the forms in an answer that were not right: one for a word, one for each such gap."""
    if content is None or not is_typed(definition):
        return []
    code, found = definition["item"]["code"], []
    for written, expected in _places(definition, content):
        if grade_text(written, expected, {}).verdict not in RIGHT and 0 < len(plain(written)) <= LONGEST_FORM:
            found.append(ContestedForm(code, expected[0].form, plain(written)))
    return list(dict.fromkeys(found))


def _places(definition: Definition, content: Any) -> Iterable[tuple[str, list[Expected]]]:
    """Return what was typed at each place, with the forms that count there."""
    if "gaps" in definition:
        return [
            (text, expected_in(gap)) for gap, text in zip(definition["gaps"], content.get("gaps") or [], strict=False)
        ]
    item = definition["item"]
    variants = [Expected(one["form"], one["variety"], is_headword=False) for one in item["variants"]]
    return [(content.get("text") or "", [Expected(item["text"], item["variety"]), *variants])]


def with_forms(definition: Definition, accepted: Iterable[AcceptedForm]) -> Definition:
    """Return the definition with the accepted forms among its variants; equal to it if none belongs there."""
    changed = deepcopy(definition)
    for one in accepted:
        new = {"form": one.form, "variety": one.variety}
        places = [gap for gap in changed.get("gaps", []) if gap["answer"] == one.expected]
        if "gaps" not in changed and changed["item"]["text"] == one.expected:
            places = [changed["item"]]
        for place in places:
            if new not in place.setdefault("variants", []):
                place["variants"].append(new)
    return changed


def is_same_form(written: str, form: str) -> bool:
    """Say whether `written` would be accepted where `form` is expected: the same form, perhaps in another spelling."""
    return grade_text(written, [Expected(form)], {}).verdict in RIGHT

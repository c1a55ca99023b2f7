"""The types of exercise that fit one row of a table, and how their content is written in its cells."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from dictionary.models import Entry, Gloss

from .exercises import types
from .exercises.base import plain_list

Cells = dict[str, str]
Value = dict[str, Any]

COLUMNS = ("item", "mode", "distractors", "parts", "accept", "tip_lv", "tip_en")
GAPS = ("parts", "distractors", "accept")
"""Columns that together say the gaps of a phrase."""
FIELD_COLUMNS = {
    "items": "item", "question_lv": "item", "options": "item", "options_as": "mode", "picture": "mode",
    "pair_with": "mode", "counts": "mode", "gaps": "parts", "orders": "parts", "exclude": "accept",
}  # fmt: skip
"""In which column an author finds what a field complains of, where the two have not the same name."""


class Dictionary:
    """Entries by code, by their Romani and by primary key; two queries, whatever is asked of it."""

    def __init__(self) -> None:
        self.pks: dict[str, int] = {}
        self.codes: dict[int, str] = {}
        self.texts: dict[int, str] = {}
        self.by_text: dict[str, list[int]] = defaultdict(list)
        for pk, code, text in Entry.objects.order_by("pk").values_list("pk", "code", "text"):
            self.pks[code], self.codes[pk], self.texts[pk] = pk, code, text
            self.by_text[text].append(pk)
        self.meanings = dict(Gloss.objects.filter(language="lv").values_list("entry", "text"))

    def find(self, text: str) -> int:
        """Return the entry that a cell names by its code or its Romani. Raises ValueError that says why not."""
        found = [self.pks[text]] if text in self.pks else self.by_text.get(text, [])
        if not found:
            raise ValueError(_("There is no entry with the code or the Romani “%(text)s”.") % {"text": text})
        if len(found) > 1:
            codes = ", ".join(self.codes[pk] for pk in found)
            message = _("“%(text)s” is written so in several entries (%(codes)s). Write the code.")
            raise ValueError(message % {"text": text, "codes": codes})
        return found[0]

    def told(self, pks: Iterable[Any]) -> str:
        """Return entries as a cell has them."""
        return "; ".join(self.codes[pk] for pk in pks if pk in self.codes)

    def about(self, pks: Iterable[Any]) -> str:
        """Return entries as people read them."""
        return "; ".join(f"{self.texts[pk]} – {self.meanings.get(pk, '')}" for pk in pks if pk in self.texts)


@dataclass(frozen=True)
class Field:
    """How one column stands in the stored value of a type."""

    name: str
    read: Callable[[str, Dictionary], Any]
    tell: Callable[[Any, Dictionary], str]


def _text(name: str) -> Field:
    return Field(name, lambda cell, words: cell, lambda stored, words: stored or "")


def _texts(name: str, sign: str) -> Field:
    return Field(name, lambda cell, words: _cut(cell, sign), lambda stored, words: _join(plain_list(stored), sign))


def _entry(name: str) -> Field:
    return Field(name, lambda cell, words: _only(cell, words), lambda stored, words: words.told([stored]))


def _several(name: str) -> Field:
    return Field(
        name,
        lambda cell, words: [words.find(text) for text in _cut(cell, ";")],
        lambda stored, words: words.told(plain_list(stored)),
    )


def _mode(kind: str) -> Field:
    """Return the field of how it is asked; an empty cell stands for the usual way."""

    def read(cell: str, words: Dictionary) -> str:
        block = types()[kind].block().child_blocks["mode"]
        known = [key for key, _label in block.field.choices if key]
        if cell and cell not in known:
            message = _("“%(cell)s” is not known here; known are: %(known)s.")
            raise ValueError(message % {"cell": cell, "known": ", ".join(known)})
        return cell or str(block.get_default())

    return Field("mode", read, lambda stored, words: stored or "")


def _only(cell: str, words: Dictionary) -> int | None:
    texts = _cut(cell, ";")
    if len(texts) > 1:
        raise ValueError(_("One word or phrase only."))
    return words.find(texts[0]) if texts else None


def _cut(cell: str, sign: str) -> list[str]:
    return [part.strip() for part in cell.split(sign) if part.strip()]


def _join(texts: Iterable[str], sign: str) -> str:
    return (f"{sign} " if sign == ";" else f" {sign} ").join(texts)


FLAT: dict[str, dict[str, Field]] = {
    "choice": {"item": _entry("item"), "mode": _mode("choice"), "distractors": _several("distractors")},
    "flashcards": {"item": _several("items"), "mode": _mode("flashcards")},
    "gap": {"item": _entry("item"), "mode": _mode("gap")},
    "match": {"item": _several("items"), "mode": _mode("match")},
    "order": {"item": _entry("item"), "parts": _texts("parts", "|")},
    "speak": {"item": _entry("item"), "tip_lv": _text("tip_lv"), "tip_en": _text("tip_en")},
    "type": {"item": _entry("item"), "mode": _mode("type"), "accept": _texts("accept", ";")},
}


def cells_of(kind: str, value: Value, words: Dictionary) -> Cells:
    """Return what a stored value says in the columns of the table, with what its words mean."""
    cells = dict.fromkeys(COLUMNS, "")
    for column, field in FLAT[kind].items():
        cells[column] = field.tell(value.get(field.name), words)
    if kind == "gap":
        gaps = plain_list(value.get("gaps"))
        cells["parts"] = _join([gap["answer"] for gap in gaps], "|")
        for column in ("distractors", "accept"):
            groups = [_join(plain_list(gap.get(column)), ";") for gap in gaps]
            cells[column] = _join(groups, "|").strip() if any(groups) else ""
    named = value.get(FLAT[kind]["item"].name)
    return cells | {"about": words.about(plain_list(named) if isinstance(named, list) else [named])}


def value_of(
    cells: Cells, changed: Iterable[str], stored: Value, words: Dictionary
) -> tuple[Value, list[tuple[str, str]]]:
    """Return the value to store, with the changed columns written into what is stored; and what is wrong, by column."""
    kind, value, problems = cells["type"], dict(stored), []
    changed = [column for column in COLUMNS if column in set(changed)]
    for column in changed:
        field = FLAT[kind].get(column)
        if field is not None:
            try:
                read = field.read(cells[column], words)
                value[field.name] = _items(read) if isinstance(read, list) else read
            except ValueError as error:
                problems.append((column, str(error)))
        elif cells[column] and not (kind == "gap" and column in GAPS):
            problems.append((column, _("This column means nothing for the type “%(type)s”.") % {"type": kind}))
    if kind == "gap" and set(changed) & set(GAPS):
        gaps, more = _gaps(cells)
        problems += more
        value["gaps"] = _items(gaps)
    return value, problems


def _items(values: Iterable[Any]) -> list[Value]:
    """Return values as a list block stores them, each with a name of its own."""
    return [{"type": "item", "value": value, "id": str(uuid4())} for value in values]


def _gaps(cells: Cells) -> tuple[list[Value], list[tuple[str, str]]]:
    answers = _cut(cells["parts"], "|")
    groups, problems = {}, []
    for column in ("distractors", "accept"):
        texts = cells[column].split("|") if cells[column] else []
        if len(texts) > len(answers):
            message = _("There are %(groups)d groups, but %(gaps)d gaps.")
            problems.append((column, message % {"groups": len(texts), "gaps": len(answers)}))
        groups[column] = [_cut(text, ";") for text in texts] + [[]] * len(answers)
    gaps = [
        {"answer": answer} | {column: _items(texts[place]) for column, texts in groups.items()}
        for place, answer in enumerate(answers)
    ]
    return gaps, problems


def fault_columns(error: Exception, field: str = "") -> list[tuple[str, str]]:
    """Return what a block complains of, each with the column in which an author finds it."""
    inner = getattr(error, "block_errors", None)
    found: list[tuple[str, str]] = []
    if isinstance(inner, dict):
        for name, one in inner.items():
            # Of nested blocks the outermost name is the one that has a column.
            found += fault_columns(one, field or (name if isinstance(name, str) else ""))
    elif isinstance(inner, list):
        for one in inner:
            found += fault_columns(one, field) if one else []
    if other := getattr(error, "non_block_errors", None):
        found += [(_column(field), str(text)) for text in other]
    if not found:
        found = [(_column(field), str(text)) for text in getattr(error, "messages", [error])]
    return list(dict.fromkeys(found))


def _column(field: str) -> str:
    return field if field in COLUMNS else FIELD_COLUMNS.get(field, "type")

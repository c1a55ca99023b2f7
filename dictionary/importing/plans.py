"""What a table would do, row by row, before anything is done."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .sheets import Row, Sheet
from .tables import Cells, Draft, Kept, Problem, Table

NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"


@dataclass
class Change:
    """One cell that would change."""

    column: str
    old: str
    new: str

    @property
    def is_emptied(self) -> bool:
        return bool(self.old) and not self.new


@dataclass
class Fault:
    """One cell for which a row is refused: where it stands in the file, as a spreadsheet program names it."""

    cell: str
    column: str
    value: str
    message: str


@dataclass
class Step:
    """What would become of one row."""

    line: int
    key: str
    title: str
    state: str
    cells: Cells
    before: Kept | None = None
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass
class Plan:
    """What a table would do."""

    steps: list[Step]

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(step.state for step in self.steps)
        return {state: found[state] for state in (NEW, CHANGED, SAME, REFUSED)}

    def of(self, *states: str) -> list[Step]:
        return [step for step in self.steps if step.state in states]

    @property
    def emptied(self) -> int:
        """Return how many cells would lose what stands in them."""
        return sum(change.is_emptied for step in self.of(CHANGED) for change in step.changes)

    @property
    def digest(self) -> str:
        """Return a name of all that would be done, so that what is confirmed is what was seen."""
        said = [
            [step.line, step.key, step.state, [[one.column, one.old, one.new] for one in step.changes], step.cells]
            for step in self.of(NEW, CHANGED)
        ]
        return hashlib.blake2s(json.dumps(said, sort_keys=True).encode(), digest_size=16).hexdigest()


def make_plan(table: Table, sheet: Sheet) -> Plan:
    """Say what the table would do. Nothing is written; as many queries for many rows as for few."""
    kept = table.current({row.cells.get("id", "") for row in sheet.rows} - {""})
    given = set(sheet.columns) & set(table.written())
    pairs = [(row, _draft(table, row, given, kept)) for row in sheet.rows]
    table.start([draft for _row, draft in pairs])
    for _row, draft in pairs:
        if not draft.problems:
            table.tidy(draft)
            _recognise(table, draft)
    _refuse_repeated([(row.line, draft) for row, draft in pairs])
    _check(table, [draft for _row, draft in pairs if not draft.problems and _changes(table, draft)])
    return Plan([_step(table, row, draft, sheet) for row, draft in pairs])


def _recognise(table: Table, draft: Draft) -> None:
    """Take a row without an id that says nothing else than one that is here for that one.

    So a table may come in again after its refused rows were corrected.
    """
    if draft.before or draft.problems:
        return
    kept = table.alike(draft.cells)
    if kept and all(draft.cells[column] in ("", kept.cells[column]) for column in draft.given):
        draft.before, draft.cells = kept, dict(kept.cells)


def _refuse_repeated(drafts: list[tuple[int, Draft]]) -> None:
    seen: dict[str, int] = {}
    for line, draft in drafts:
        key = draft.cells["id"]
        if key and key in seen:
            draft.problems = [Problem("id", _("The same id stands in row %(row)d already.") % {"row": seen[key]})]
        seen.setdefault(key, line)


def _check(table: Table, drafts: list[Draft]) -> None:
    if not drafts:
        return
    held = table.locked([draft.before.thing for draft in drafts if draft.before])
    with table.checking():
        for draft in drafts:
            if draft.before and draft.before.pk in held:
                draft.refuse("id", held[draft.before.pk])
            else:
                table.check(draft)


def _draft(table: Table, row: Row, given: set[str], kept: dict[str, Kept]) -> Draft:
    key = row.cells.get("id", "")
    before = kept.get(key)
    cells = (before.cells if before else table.blank()) | {"id": key}
    for column in given:
        cells[column] = row.cells[column]
    draft = Draft(cells, given, before)
    if key and before is None:
        draft.refuse("id", _("There is nothing with this id here. Leave the cell empty to make something new."))
    return draft


def _changes(table: Table, draft: Draft) -> list[Change]:
    old = draft.before.cells if draft.before else {}
    return [
        Change(column, old.get(column, ""), draft.cells.get(column, ""))
        for column in table.written()
        if old.get(column, "") != draft.cells.get(column, "")
    ]


def _fault(one: Problem, row: Row, sheet: Sheet) -> Fault:
    # A column that the file lacks has no cell; then the row alone says where.
    cell = f"{sheet.letters.get(one.column, '')}{row.line}"
    return Fault(cell, one.column, row.cells.get(one.column, ""), one.message)


def _step(table: Table, row: Row, draft: Draft, sheet: Sheet) -> Step:
    title = draft.before.title if draft.before else table.title_of(draft.cells)
    if draft.problems:
        faults = [_fault(one, row, sheet) for one in draft.problems]
        return Step(row.line, draft.cells["id"], title, REFUSED, draft.cells, draft.before, faults=faults)
    changes = _changes(table, draft)
    state = NEW if draft.before is None else CHANGED if changes else SAME
    return Step(row.line, draft.cells["id"], title, state, draft.cells, draft.before, changes=changes)

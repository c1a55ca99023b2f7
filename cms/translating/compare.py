"""What the source of a translation says otherwise than when the translation was last level with it.

A text counts as translated when it is no longer what it was when the source changed, and not the source's own text.
Structure and what is shared count as taken over when the translation has them as the source has.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .pairing import Row, pair
from .shape import (
    MISSING,
    Raw,
    Shape,
    canon,
    child_of,
    digest,
    has_texts,
    is_romani,
    is_sequence,
    is_struct,
    is_text,
    items_of,
    says_something,
    without_ids,
)

NEW, GONE, MOVED, TEXT, SHARED = "new", "gone", "moved", "text", "shared"
Notes = dict[str, dict[str, Any]]
"""Digests of the translation's texts by path: `level` as they were when it was last level; `change` a pair, the
source's new text and what the translation's was when that text came."""


@dataclass(frozen=True)
class Change:
    """One thing that the source has otherwise. `trail` says where, from the outside in."""

    kind: str
    path: str
    trail: tuple[Any, ...]
    before: Any = MISSING
    now: Any = MISSING
    here: Any = MISSING
    is_done: bool = False
    block: Any = None
    romani: bool = False
    is_kept: bool = False
    """A part that the source dropped stays, for somebody worked on its translation since."""


@dataclass
class Group:
    """All changes of one field of the page or one block of its body."""

    key: str
    trail: tuple[Any, ...]
    changes: list[Change] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        return all(one.is_done for one in self.changes)

    @property
    def kinds(self) -> set[str]:
        return {one.kind for one in self.changes}


@dataclass
class Comparison:
    notes: Notes
    localize: Any
    found: list[Change] = field(default_factory=list)
    texts: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    # --- walking --------------------------------------------------------------------------

    def struct(self, block: Any, before: Any, now: Any, here: Any, path: str, trail: tuple[Any, ...]) -> None:
        for name, child in block.child_blocks.items():
            was, is_, has = get(before, name), get(now, name), get(here, name)
            there = f"{path}/{name}" if path else name
            label = block.labels[name] if isinstance(block, Shape) else child.label
            if is_sequence(child):
                self.sequence(child, was, is_, has, there, (*trail, label))
            elif is_struct(child):
                self.struct(child, was, is_, has, there, (*trail, label))
            elif is_text(child, block, name):
                self.text(child, was, is_, has, there, (*trail, label))
            else:
                self.shared(child, was, is_, has, there, (*trail, label), romani=is_romani(block, name))

    def sequence(self, block: Any, before: Any, now: Any, here: Any, path: str, trail: tuple[Any, ...]) -> None:
        rows = pair(block, before or [], now or [], here or [])
        moved = {row.key for row in rows.moved}
        for number, row in enumerate(rows.rows, 1):
            child, there = child_of(block, row.now or {}), f"{path}/{row.key}"
            if child is None:
                continue
            where = (*trail, _named(child, row, number, block))
            if row.here is None:
                self.lacking(child, row, there, where)
                continue
            if row.before is None and before is not MISSING:
                self.found.append(Change(NEW, there, where, is_done=True))
            if row.key in moved:
                self.found.append(Change(MOVED, there, where))
            self.part(child, row, there, where)
        for row in rows.gone:
            child, there = child_of(block, row.before or {}), f"{path}/{row.key}"
            if child is not None:
                where = (*trail, _named(child, row, row.is_at + 1, block))
                kept = self.was_worked_on(child, row, there)
                self.found.append(Change(GONE, there, where, here=_first_text(child, row.here), is_kept=kept))

    def part(self, child: Any, row: Row, path: str, trail: tuple[Any, ...]) -> None:
        versions = (value_of(row.before), value_of(row.now), value_of(row.here))
        if is_struct(child):
            self.struct(child, *versions, path, trail)
        elif is_sequence(child):
            self.sequence(child, *versions, path, trail)
        elif is_text(child):
            self.text(child, *versions, path, trail)
        else:
            self.shared(child, *versions, path, trail)

    def lacking(self, child: Any, row: Row, path: str, trail: tuple[Any, ...]) -> None:
        """The translation lacks a part. One that it lacked before, and that is unchanged, was left out knowingly."""
        if row.before is not None and without_ids(row.before.get("value")) == without_ids((row.now or {}).get("value")):
            return
        self.found.append(Change(NEW, path, trail))
        self.part(child, Row(None, row.now, None), path, trail)

    # --- leaves ---------------------------------------------------------------------------

    def text(self, block: Any, before: Any, now: Any, here: Any, path: str, trail: tuple[Any, ...]) -> None:
        self.texts[path] = (now, here)
        same = before is not MISSING and canon(before) == canon(now)
        if same or not (canon(now) or canon(before)) or (before is MISSING and not says_something(now)):
            return
        done = here is not MISSING and self.is_translated(path, now, here)
        self.found.append(Change(TEXT, path, trail, before, now, here, done, block))

    def is_translated(self, path: str, now: Any, here: Any) -> bool:
        if canon(here) == canon(now):
            return not says_something(now)
        came, was = self.notes.get("change", {}).get(path, ("", ""))
        known = was if came == digest(now) else self.notes.get("level", {}).get(path)
        return known is None or known != digest(here)

    def shared(
        self, block: Any, before: Any, now: Any, here: Any, path: str, trail: tuple[Any, ...], romani: bool = False
    ) -> None:
        is_, has = without_ids(self.localize(block, now)), without_ids(here)
        if is_ == has or (before is not MISSING and without_ids(before) == without_ids(now)):
            return
        if before is MISSING and is_ is None:
            return
        self.found.append(Change(SHARED, path, trail, before, now, here, block=block, romani=romani))

    def was_worked_on(self, child: Any, row: Row, path: str) -> bool:
        """Say whether somebody changed a text of a part since the translation was last level."""
        level = self.notes.get("level", {})
        value = (row.here or {}).get("value")
        return any(level.get(there, digest(text)) != digest(text) for there, text in texts_in(child, value, path))


def compare(
    shape: Shape, before: Raw | None, now: Raw, here: Raw, notes: Notes, localize: Any = lambda block, value: value
) -> list[Group]:
    """Return what the source changed since `before`, in groups, those done included.

    `localize` gives for a shared value that which the translation should have.
    """
    run = Comparison(notes, localize)
    run.struct(shape, {} if before is None else before, now, here, "", ())
    groups: dict[str, Group] = {}
    for one in run.found:
        key = _top(shape, one.path)
        group = groups.setdefault(key, Group(key, one.trail[: key.count("/") + 1]))
        group.changes.append(one)
    # A new part of which everything is translated is no change any more.
    return [group for group in groups.values() if group.kinds != {NEW} or not group.is_done]


def texts_of(shape: Shape, source: Raw, here: Raw) -> dict[str, tuple[Any, Any]]:
    """Return every text of the source, by path, with that of the translation."""
    run = Comparison({}, lambda block, value: value)
    run.struct(shape, source, source, here, "", ())
    return run.texts


def texts_in(block: Any, value: Any, path: str, parent: Any = None, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yield path and text of every explanation in one value."""
    if is_struct(block):
        for key, child in block.child_blocks.items():
            yield from texts_in(child, get(value or {}, key), f"{path}/{key}", block, key)
    elif is_sequence(block):
        for item in items_of(value or []):
            if (child := child_of(block, item)) is not None:
                yield from texts_in(child, item.get("value"), f"{path}/{item['id']}")
    elif has_texts(block) and is_text(block, parent, name) and value:
        yield path, value


def _top(shape: Shape, path: str) -> str:
    """Return what a change is grouped by: the field, and of a stream the block."""
    parts = path.split("/")
    return "/".join(parts[:2] if is_sequence(shape.child_blocks[parts[0]]) else parts[:1])


def get(value: Any, name: str) -> Any:
    if value is MISSING:
        return MISSING
    return (value or {}).get(name, MISSING)


def value_of(part: Raw | None) -> Any:
    return MISSING if part is None else part.get("value", MISSING)


def _named(child: Any, row: Row, number: int, block: Any) -> tuple[Any, str, int]:
    """Return what a part is called: its kind, its heading, its number in a list."""
    value = (row.here or row.now or row.before or {}).get("value")
    heading = value.get("heading") or value.get("title") if isinstance(value, dict) else ""
    return child.label or block.label, str(heading or ""), 0 if hasattr(block, "child_blocks") else number


def _first_text(block: Any, part: Raw | None) -> str:
    return next((text for _path, text in texts_in(block, (part or {}).get("value"), "")), "")

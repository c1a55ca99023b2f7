"""Which part of one language is which part of the other. Pure but for the shape of blocks.

Parts are the same where their ids are: translations keep them, and so do the course files. Pages that were made by
hand in both languages are brought together by what the parts refer to, then by their kind and number.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from .shape import Raw, child_of, has_texts, is_sequence, is_struct, is_text, items_of, without_ids


@dataclass(frozen=True)
class Row:
    """One part: as the source had it, as it has it now, and as the translation has it."""

    before: Raw | None
    now: Raw | None
    here: Raw | None
    was_at: int = -1
    is_at: int = -1

    @property
    def key(self) -> str:
        part = self.now or self.before or self.here or {}
        return str(part.get("id") or "")


@dataclass(frozen=True)
class Rows:
    """All parts of a stream or list: those of the source in its order; those it had and the translation still has."""

    rows: list[Row]
    gone: list[Row]
    own: list[Raw]
    """What only the translation has."""
    here: list[Raw]
    """All that the translation has, in its order."""

    @property
    def moved(self) -> list[Row]:
        """Return the parts that the source has put elsewhere since, where the translation's order is another."""
        known = [row for row in self.rows if row.before is not None and row.here is not None]
        return _out_of_line(known) if _is_out_of_line([row.is_at for row in known]) else []


def pair(block: Any, before: Any, now: Any, here: Any) -> Rows:
    """Bring the parts of three versions together."""
    old, new, own = items_of(before), items_of(now), items_of(here)
    place = {id(part): number for parts in (old, own) for number, part in enumerate(parts)}
    was = match(new, old, equal_only=True)
    has = match(old, own, lambda part: fingerprint(block, part))
    left = [part for part in own if not any(part is found for found in has.values())]
    fresh = match(
        [part for part in new if id(part) not in was], left, lambda part: fingerprint(block, part), loose=False
    )
    rows = []
    for part in new:
        earlier = was.get(id(part))
        there = has.get(id(earlier)) if earlier is not None else fresh.get(id(part))
        rows.append(Row(earlier, part, there, place.get(id(earlier), -1), place.get(id(there), -1)))
    kept = {id(part) for part in was.values()}
    gone = [
        Row(part, None, has[id(part)], is_at=place[id(has[id(part)])])
        for part in old
        if id(part) not in kept and id(part) in has
    ]
    taken = {id(row.here) for row in [*rows, *gone] if row.here is not None}
    return Rows(rows, gone, [part for part in own if id(part) not in taken], own)


def match(
    one: Sequence[Raw],
    other: Sequence[Raw],
    mark: Callable[[Raw], str] | None = None,
    *,
    equal_only: bool = False,
    loose: bool = True,
) -> dict[int, Raw]:
    """Return for parts of `one` (by their `id()`) the same part of `other`: by id, by content, by kind and number."""
    found: dict[int, Raw] = {}
    _take(found, one, other, lambda part: _name(part))
    if equal_only:
        _take(found, one, other, lambda part: f"{part['type']} {_plain(part)}")
        return found
    if mark is not None:
        _take(found, one, other, mark)
    if loose:
        _take_by_number(found, one, other)
    return found


def _take(found: dict[int, Raw], one: Sequence[Raw], other: Sequence[Raw], key: Callable[[Raw], str]) -> None:
    """Pair what is left and has an equal, non-empty key, in order."""
    waiting: dict[str, list[Raw]] = {}
    taken = {id(part) for part in found.values()}
    for part in other:
        if id(part) not in taken and (name := key(part)):
            waiting.setdefault(name, []).append(part)
    for part in one:
        if id(part) not in found and (name := key(part)) and waiting.get(name):
            found[id(part)] = waiting[name].pop(0)


def _take_by_number(found: dict[int, Raw], one: Sequence[Raw], other: Sequence[Raw]) -> None:
    """Pair what is left of a kind by its number, where both have equally many of it; else it would be a guess."""
    taken = {id(part) for part in found.values()}
    for kind in {part["type"] for part in one}:
        ours = [part for part in one if part["type"] == kind and id(part) not in found]
        theirs = [part for part in other if part["type"] == kind and id(part) not in taken]
        if len(ours) == len(theirs):
            found |= {id(part): same for part, same in zip(ours, theirs, strict=True)}


def _name(part: Raw) -> str:
    return f"{part['type']} {part['id']}" if part.get("id") else ""


def _plain(part: Raw) -> str:
    return json.dumps(without_ids(part.get("value")), sort_keys=True, ensure_ascii=False, default=str)


def fingerprint(block: Any, part: Raw) -> str:
    """Return what a part refers to – entries, exercises, recordings, Romani forms –, or nothing if to none."""
    child = child_of(block, part)
    shared = list(_shared(child, part.get("value"))) if child is not None else []
    return f"{part['type']} {json.dumps(shared, default=str)}" if any(shared) else ""


def _shared(block: Any, value: Any, parent: Any = None, name: str = "") -> Any:
    if is_struct(block):
        for key, child in block.child_blocks.items():
            yield from _shared(child, (value or {}).get(key), block, key)
    elif is_sequence(block):
        for item in items_of(value):
            child = child_of(block, item)
            yield from _shared(child, item.get("value")) if child is not None else ()
    elif not (has_texts(block) and is_text(block, parent, name)):
        yield without_ids(value)


def _is_out_of_line(places: Sequence[int]) -> bool:
    return list(places) != sorted(places)


def _longest(runs: list[list[int]]) -> list[int]:
    return max(runs, key=lambda run: len(run)) if runs else []


def _out_of_line(rows: Sequence[Row]) -> list[Row]:
    """Return the fewest rows that the source must have moved to come from its order before to this one."""
    places = [row.was_at for row in rows]
    best: list[list[int]] = []
    for index, place in enumerate(places):
        longest = _longest([run for run in best if places[run[-1]] < place])
        best.append([*longest, index])
    kept = set(_longest(best))
    return [row for index, row in enumerate(rows) if index not in kept]

"""Take over from the source what is not explanation, and never touch a text that somebody wrote in the translation."""

from typing import Any
from uuid import uuid4

from .compare import Comparison, Notes, get, value_of
from .pairing import Row, Rows, pair
from .shape import MISSING, Raw, Shape, canon, child_of, is_sequence, is_struct, is_text, without_ids


class Merger:
    """Makes the translation's new content, part by part."""

    def __init__(self, notes: Notes, localize: Any) -> None:
        self.judge = Comparison(notes, localize)
        self.localize = localize

    def page(self, shape: Shape, before: Raw | None, now: Raw, here: Raw) -> Raw:
        """Return what the translation should say now."""
        return self.struct(shape, {} if before is None else before, now, here, "")

    def struct(self, block: Any, before: Any, now: Any, here: Any, path: str) -> Raw:
        made = {}
        for name, child in block.child_blocks.items():
            was, is_, has = get(before, name), get(now, name), get(here, name)
            there = f"{path}/{name}" if path else name
            value = self.value(child, was, is_, has, there, is_text(child, block, name))
            if value is not MISSING:
                made[name] = value
        return made

    def value(self, block: Any, before: Any, now: Any, here: Any, path: str, explains: bool) -> Any:
        if now is MISSING:
            return here
        if is_sequence(block):
            return self.sequence(block, before, now, here, path)
        if is_struct(block):
            return self.struct(block, before, now, here, path)
        if explains:
            return self.text(before, now, here)
        if before is not MISSING and without_ids(before) == without_ids(now):
            return here
        return self.localize(block, now)

    @staticmethod
    def text(before: Any, now: Any, here: Any) -> Any:
        """Return the translation's own text; the source's only where there was none in either language."""
        if here is MISSING or (not canon(here) and (before is MISSING or not canon(before))):
            return now
        return here

    def sequence(self, block: Any, before: Any, now: Any, here: Any, path: str) -> list[Raw]:
        rows = pair(block, before or [], now or [], here or [])
        made: dict[str, Raw] = {}
        for row in rows.rows:
            child = child_of(block, row.now or {})
            if child is None or (row.here is None and not self.comes(row)):
                continue
            kept = row.before if row.here is not None else None
            value = self.value(
                child, value_of(kept), value_of(row.now), value_of(row.here), f"{path}/{row.key}", is_text(child)
            )
            made[row.key] = {**(row.now or {}), "value": value}
        stays = [row.here for row in rows.gone if self.stays(block, row, path)]
        own = [part for part in rows.here if any(part is one for one in [*rows.own, *stays])]
        return _ordered(rows, made, own)

    def comes(self, row: Row) -> bool:
        """Say whether a part that the translation lacks comes in: it does unless it was left out knowingly before."""
        return row.before is None or without_ids(row.before.get("value")) != without_ids((row.now or {}).get("value"))

    def stays(self, block: Any, row: Row, path: str) -> bool:
        child = child_of(block, row.before or {})
        return child is None or self.judge.was_worked_on(child, row, f"{path}/{row.key}")


def _ordered(rows: Rows, made: dict[str, Raw], own: list[Raw]) -> list[Raw]:
    """Put the parts in the source's order where that changed, else in the translation's; its own follow whom they
    followed there."""
    keys = {id(row.here): row.key for row in rows.rows if row.here is not None and row.key in made}
    theirs = [row.key for row in rows.rows if row.key in made]
    names = [
        keys.get(id(part)) or (f"own {number}" if _holds(own, part) else "") for number, part in enumerate(rows.here)
    ]
    parts = made | {name: part for name, part in zip(names, rows.here, strict=True) if name.startswith("own ")}
    order = theirs if rows.moved else [name for name in names if name in made]
    _weave(order, theirs)
    _weave(order, [name for name in names if name])
    used: set[str] = set()
    result = []
    for name in order:
        part = parts[name]
        if part["id"] in used or (name not in made and part["id"] in made):
            part = part | {"id": str(uuid4())}
        used.add(part["id"])
        result.append(part)
    return result


def _holds(parts: list[Raw], part: Raw) -> bool:
    return any(part is one for one in parts)


def _weave(order: list[str], wanted: list[str]) -> None:
    """Insert what is missing in `order`, each after the one that stands before it in `wanted`."""
    at = 0
    for name in wanted:
        if name in order:
            at = order.index(name) + 1
        else:
            order.insert(at, name)
            at += 1

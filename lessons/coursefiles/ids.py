"""Keep the ids of blocks when files are loaded again.

Files name no ids; those of new blocks come from their kind and number. A block that was there before keeps the id it
had, though another was put before it: progress by part, comments and the comparison of languages (`cms.translating`)
know blocks by their ids. Files of two languages that change alike keep ids alike.
"""

from difflib import SequenceMatcher
from typing import Any
from uuid import uuid5

from cms.translating.pairing import fingerprint, match
from cms.translating.shape import child_of, is_sequence, is_struct, items_of, without_ids

from .refs import NAMESPACE

ALIKE = 0.6
Part = dict[str, Any]


def keep_ids(block: Any, before: Any, after: Any) -> Any:
    """Return the stored value `after` with the ids of the parts that stood in `before` already."""
    if is_struct(block):
        return {
            name: keep_ids(block.child_blocks[name], (before or {}).get(name), value)
            if name in block.child_blocks
            else value
            for name, value in (after or {}).items()
        }
    return _sequence(block, items_of(before), items_of(after)) if is_sequence(block) else after


def _sequence(block: Any, old: list[Part], new: list[Part]) -> list[Part]:
    same = _same(block, old, new)
    kept = {part["id"] for part in same.values()}
    made = []
    for number, part in enumerate(new):
        earlier = same.get(id(part))
        child = child_of(block, part)
        value = keep_ids(child, (earlier or {}).get("value"), part.get("value"))
        name = earlier["id"] if earlier else part["id"]
        if earlier is None and name in kept:  # an older part has that name: it was named by the place it had
            name = str(uuid5(NAMESPACE, f"{name}/{number}"))
        made.append(part | {"id": name, "value": value})
    return made


def _same(block: Any, old: list[Part], new: list[Part]) -> dict[int, Part]:
    """Find the earlier part for each: of equal content, of equal references, of like words, by kind and number."""
    bare = [{**part, "id": ""} for part in new]
    found = match(bare, old, equal_only=True)
    names = {id(plain): id(part) for plain, part in zip(bare, new, strict=True)}
    left_new = [part for part in bare if id(part) not in found]
    left_old = [part for part in old if not any(part is one for one in found.values())]
    for part in list(left_new):
        like = max(left_old, key=lambda one: _likeness(part, one), default=None)
        if like is not None and _likeness(part, like) >= ALIKE:
            found[id(part)] = like
            left_new = [one for one in left_new if one is not part]
            left_old = [one for one in left_old if one is not like]
    found |= match(left_new, left_old, lambda part: fingerprint(block, part))
    return {names[key]: part for key, part in found.items()}


def _likeness(one: Part, other: Part) -> float:
    if one["type"] != other["type"]:
        return 0.0
    here, there = (repr(without_ids(part.get("value"))) for part in (one, other))
    return SequenceMatcher(None, here, there).quick_ratio()

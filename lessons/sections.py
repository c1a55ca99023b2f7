"""The parts of a lesson, as its step line shows them and progress counts them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

STEPS = {"words", "text", "dialogue", "grammar", "culture", "situations"}
"""Blocks that open a step. Practice, gaps, pictures and recordings belong to the step before them."""


@dataclass
class Section:
    """One step: the id of its first block, a short name, and its blocks."""

    id: str
    name: str
    blocks: list[Any]


def names() -> dict[str, str]:
    """Return the short names of the steps."""
    return {
        "words": _("Words"),
        "phrases": _("Phrases"),
        "text": _("Reading"),
        "dialogue": _("Dialogue"),
        "grammar": _("Grammar"),
        "culture": _("Culture"),
        "situations": _("At work"),
    }


def sections(body: Any) -> list[Section]:
    """Return the steps of a lesson's body. Word blocks in a row are one step until phrases begin."""
    found: list[Section] = []
    last_kind = ""
    for block in body:
        kind = _kind(block)
        opens = block.block_type in STEPS and kind != last_kind
        if opens or not found:
            short = names().get(kind, "") or _("Reading")
            found.append(Section(id=f"b-{block.id}", name=short, blocks=[block]))
            last_kind = kind
        else:
            found[-1].blocks.append(block)
    return found


def _kind(block: Any) -> str:
    if block.block_type == "words":
        items = [item for item in block.value["items"] if item]
        if items and all(item.kind == "phrase" for item in items):
            return "phrases"
    return block.block_type

"""Template tags of the lesson page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from django import template

from dictionary.templatetags.dictionary_tags import any_synthetic, any_unreviewed, is_heard

from ..sections import Section

register = template.Library()


@dataclass
class Marks:
    """Which blocks carry what is said once: ids of blocks."""

    voice: set[str] = field(default_factory=set)
    opening: str = ""
    unreviewed: str = ""


@register.simple_tag
def marks_of(sections: Iterable[Section]) -> Marks:
    """Return where the page says once that a voice is synthetic (in each section), which word list opens
    the lesson with its large word, and where it says once that words wait for review."""
    marks = Marks()
    for section in sections:
        synthetic = [block.id for block in section.blocks if any_synthetic(entries_of(block))]
        marks.voice.update(synthetic[:1])
        for block in section.blocks:
            if block.block_type == "words":
                marks.opening = marks.opening or block.id
                if any_unreviewed(entries_of(block)):
                    marks.unreviewed = marks.unreviewed or block.id
    return marks


def entries_of(block: Any) -> list[Any]:
    """Return the dictionary entries that a block lets one hear."""
    if block.block_type == "words":
        return [entry for entry in block.value["items"] if entry]
    if block.block_type == "dialogue":
        return [line["item"] for line in block.value["lines"] if line["item"]]
    return []


@register.filter
def heard_lines(lines: Iterable[Any]) -> int:
    """Count the lines of a dialogue that can be heard."""
    return sum(is_heard(line["item"]) for line in lines)


@dataclass(frozen=True)
class PairForm:
    """A form beside its partner: what they share, where they differ, and what follows."""

    form: str
    shared: str
    differing: str
    rest: str
    note: str


@register.simple_tag
def side_by_side(pairs: Sequence[Any]) -> list[PairForm]:
    """Return the forms of a grammar note, each compared with the one beside it."""
    forms = [pair["form"] for pair in pairs]
    found = []
    for place, pair in enumerate(pairs):
        partner = place ^ 1
        other = forms[partner] if partner < len(forms) else forms[place]
        found.append(PairForm(pair["form"], *split_difference(pair["form"], other), note=pair["note"]))
    return found


def split_difference(form: str, other: str) -> tuple[str, str, str]:
    """Split `form` into (shared beginning, what differs from `other`, the rest).

    Only where exactly one word differs and begins alike: a mark must help to see, so there is none
    where two phrases have little in common.

    >>> split_difference("dādesko khēr", "dādeskīro khēr")
    ('dādesk', 'o', ' khēr')
    """
    own, others = form.split(" "), other.split(" ")
    different = [place for place, pair in enumerate(zip(own, others, strict=False)) if pair[0] != pair[1]]
    if len(own) != len(others) or len(different) != 1:
        return form, "", ""
    place = different[0]
    word, partner = own[place], others[place]
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(word, partner, strict=False))
    length = len(list(alike))
    if length < 2:
        return form, "", ""
    before = "".join(f"{part} " for part in own[:place]) + word[:length]
    return before, word[length:], "".join(f" {part}" for part in own[place + 1 :])

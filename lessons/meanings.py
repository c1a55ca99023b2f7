"""Judge an answer in Latvian or English against a meaning. Pure: plain values in, plain values out.

As kindly as Romani: capitals, signs and blanks do not count, a missing mark on a letter is forgiven and told,
any of the synonyms is right, remarks in brackets may be left out.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from dictionary.spelling import plain

from .alignment import is_near, slip_in
from .grading import STEPS, VERDICTS, Asked, Grade, Verdict

_BETWEEN = re.compile(r"[;,/]")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_SIGNS = re.compile(r"[^\w\s]+|_")
_ENGLISH_START = re.compile(r"^(?:to|an?|the)\s+(?=\S)")
MOST_PIECES = 12


class Meaning(NamedTuple):
    """One synonym as the dictionary has it."""

    text: str
    language: str


def synonyms(gloss: str, language: str) -> list[Meaning]:
    """Return the single meanings of a gloss, each with and without its remark in brackets.

    >>> [one.text for one in synonyms("roms; vīrs (romu)", "lv")]
    ['roms', 'vīrs', 'vīrs romu']
    """
    found = []
    for part in _outside_brackets(gloss):
        found += [_BRACKETS.sub(" ", part), _BRACKETS.sub(r" \1 ", part)]
    texts = dict.fromkeys(re.sub(r"\s+", " ", text).strip() for text in found)
    return [Meaning(text, language) for text in texts if settled(text, language)]


def _outside_brackets(gloss: str) -> list[str]:
    """Cut a gloss at the signs between synonyms that stand in no brackets."""
    pieces, depth = [""], 0
    for sign in gloss:
        depth = max(depth + (sign == "(") - (sign == ")"), 0)
        if sign in ";,/" and not depth:
            pieces.append("")
        else:
            pieces[-1] += sign
    return pieces


def settled(text: str, language: str) -> str:
    """Return a text as it is compared: no capitals, no signs, single blanks; in English no article or “to”."""
    words = plain(_SIGNS.sub(" ", plain(text)))
    return _ENGLISH_START.sub("", words) if language == "en" else words


def grade_meaning(
    answer: str, meanings: Mapping[str, str], accepted: Collection[str] = (), asked: Asked | None = None
) -> Grade:
    """Judge a meaning in any of the languages in which it is known.

    Args:
        answer: what was written; several synonyms may be given, all of them must be right.
        meanings: the glosses by language.
        accepted: further meanings that count here, in Latvian.
        asked: what counts in this exercise.
    """
    asked = asked or Asked()
    written = plain(answer)
    excluded = {settled(text, "lv") for text in asked.excluded}
    wanted = [one for language, gloss in meanings.items() for one in synonyms(gloss, language)]
    wanted += [Meaning(text, "lv") for text in accepted]
    wanted = [one for one in wanted if settled(one.text, "lv") not in excluded]
    facts: dict[str, Any] = {"written": written, "matched": "", "variety": ""}
    pieces = [piece for piece in _BETWEEN.split(written) if piece.strip()]
    if not pieces:
        return Grade("wrong", 0.0, facts | {"feedback": "wrong.empty"})
    verdict, more = _judge(written, wanted)
    if len(pieces) <= MOST_PIECES:
        weakest = max((_judge(piece, wanted) for piece in pieces), key=_rank)
        verdict, more = min((verdict, more), weakest, key=_rank)
    facts |= {"feedback": verdict} | more
    does_count = verdict in STEPS and STEPS.index(verdict) <= STEPS.index(asked.counts)  # type: ignore[arg-type]
    known = None if does_count else _known(written, asked)
    if known is not None:
        facts |= {"known": known, "feedback": f"{verdict}.known"}
    return Grade(verdict, float(does_count), facts)


Found = tuple[Verdict, dict[str, Any]]


def _rank(found: Found) -> int:
    return VERDICTS.index(found[0])


def _judge(piece: str, wanted: list[Meaning]) -> Found:
    return min((_compare(piece, one) for one in wanted), key=_rank, default=("wrong", {}))


def _compare(piece: str, one: Meaning) -> Found:
    mine, ours = settled(piece, one.language), settled(one.text, one.language)
    facts = {"written": plain(piece), "matched": one.text, "language": one.language}
    if not mine:
        return "wrong", {}
    if mine.replace(" ", "") == ours.replace(" ", ""):
        return "exact", facts
    if _lacks_marks(mine, ours):
        return "spelling", facts
    if is_near(_bare(mine), _bare(ours)):
        slip = slip_in(facts["written"], one.text)
        return "near", facts | ({"slip": list(slip), "feedback": f"near.{slip.kind}"} if slip else {})
    return "wrong", {}


def _lacks_marks(written: str, wanted: str) -> bool:
    """Say whether every letter is the wanted one, or that letter without its mark; never one with a mark too many."""
    mine, ours = written.replace(" ", ""), wanted.replace(" ", "")
    return len(mine) == len(ours) and all(a == b or a == _bare(b) for a, b in zip(mine, ours, strict=True))


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _known(written: str, asked: Asked) -> int | None:
    forms = [settled(form, "lv") for form in asked.known]
    mine = settled(written, "lv")
    return forms.index(mine) if mine in forms else None

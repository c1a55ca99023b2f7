"""Judge an answer. Pure: no database, no request; plain values in, plain values out.

A typed Romani answer is judged in steps, because Romani spelling is not settled:
*exact* → *variant* (another listed form; its variety is named) → is it another word? → *spelling*
(the same form in another accepted spelling) → *wrong*. A form that is itself another word of the
dictionary never passes as a spelling.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from dictionary.spelling import answer_keys, keys, plain

Verdict = Literal["exact", "variant", "spelling", "other", "wrong"]
RIGHT: frozenset[str] = frozenset({"exact", "variant", "spelling"})
"""Verdicts that count as a right answer."""


@dataclass(frozen=True)
class Expected:
    """One form that counts: the headword first, then its listed variants."""

    form: str
    variety: str = ""
    is_headword: bool = True


@dataclass(frozen=True)
class Grade:
    """What became of an answer: the verdict, its share of a point (0–1) and facts for the feedback."""

    verdict: Verdict
    score: float
    facts: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def grade_text(answer: str, expected: Sequence[Expected], others: Mapping[str, str]) -> Grade:
    """Judge a typed form.

    Args:
        answer: what was written, of any length and script.
        expected: the forms that count, the headword first.
        others: other forms of the dictionary that a spelling of `expected` could mean, each with the
            code of its entry; from `dictionary.querysets.confusable`.
    """
    written = plain(answer)
    facts: dict[str, Any] = {"written": written, "matched": expected[0].form, "variety": expected[0].variety}
    if not written:
        return Grade("wrong", 0.0, facts)
    for one in expected:
        if written == plain(one.form):
            facts |= {"matched": one.form, "variety": one.variety}
            return Grade("exact" if one.is_headword else "variant", 1.0, facts)
    wanted = {plain(one.form) for one in expected}
    foreign = {plain(form): code for form, code in others.items() if plain(form) not in wanted}
    if written in foreign:
        return Grade("other", 0.0, facts | {"other": foreign[written], "other_form": written})
    readings = answer_keys(written)
    for one in expected:
        if readings & keys(one.form):
            # One spelling, two words: only the diacritic tells them apart, so it must be written.
            rival = next((form for form in foreign if readings & keys(form)), None)
            if rival is not None and _as_close(written, rival, one.form):
                return Grade("other", 0.0, facts | {"other": foreign[rival], "other_form": rival, "ambiguous": True})
            facts |= {"matched": one.form, "variety": one.variety}
            return Grade("spelling", 1.0, facts)
    return Grade("wrong", 0.0, facts)


def _as_close(written: str, rival: str, wanted: str) -> bool:
    """Say whether `written` may as well be `rival`: it is no nearer to the wanted form, letter by letter."""
    return _agreement(written, rival) >= _agreement(written, plain(wanted))


def _agreement(a: str, b: str) -> int:
    from difflib import SequenceMatcher

    return sum(block.size for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())


def grade_choice(chosen: Collection[str], correct: Collection[str]) -> Grade:
    """Judge picked options. With several right ones each counts its share, and a wrong pick takes one away."""
    picked, right = set(chosen), set(correct)
    hits, misses = len(picked & right), len(picked - right)
    score = max(0.0, (hits - misses) / len(right)) if right else 0.0
    facts = {"chosen": sorted(picked), "correct": sorted(right)}
    return Grade("exact" if picked == right else "wrong", round(score, 4), facts)


def grade_pairs(pairs: Mapping[str, str], correct: Mapping[str, str]) -> Grade:
    """Judge a match: each right pair counts its share."""
    right = sorted(left for left, other in correct.items() if pairs.get(left) == other)
    score = len(right) / len(correct)
    return Grade("exact" if len(right) == len(correct) else "wrong", round(score, 4), {"right": right})


def grade_order(order: Sequence[str], correct: Sequence[Sequence[str]]) -> Grade:
    """Judge the order of parts against every right order; parts are compared by what they say."""
    is_right = any(list(order) == list(one) for one in correct)
    return Grade("exact" if is_right else "wrong", float(is_right), {"order": list(order)})


def combine(parts: Sequence[Grade]) -> Grade:
    """Return one grade for several gaps: the weakest verdict, the mean score."""
    rank: dict[str, int] = {"exact": 0, "variant": 1, "spelling": 2, "other": 3, "wrong": 4}
    worst = max(parts, key=lambda grade: rank[grade.verdict])
    score = round(sum(grade.score for grade in parts) / len(parts), 4)
    facts = {"parts": [{"verdict": grade.verdict, **grade.facts} for grade in parts]}
    return Grade(worst.verdict, score, facts)

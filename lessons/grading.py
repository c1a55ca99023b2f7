"""Judge an answer. Pure: no database, no request; plain values in, plain values out.

A typed Romani answer is judged in steps, because Romani spelling is not settled:
*exact* → *variant* (another listed form; its variety is named) → is it another word? → *spelling*
(the same form in another accepted spelling) → *near* (one slip in a longer word) → *wrong*. A form that
is itself another word of the dictionary, in whatever spelling, never passes.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from dictionary.spelling import DEFAULT, Rules, answer_keys, is_spelling, keys, plain

from .alignment import align, has_the_same_words, in_order_of, is_near, slip_in

Verdict = Literal["exact", "variant", "spelling", "near", "other", "wrong"]
STEPS: tuple[Verdict, ...] = ("exact", "variant", "spelling", "near")
"""The verdicts that an exercise may count, each with all before it."""
RIGHT: frozenset[str] = frozenset({"exact", "variant", "spelling"})
"""Verdicts that count as a right answer unless an exercise says otherwise; whether one did, its score says."""
VERDICTS: tuple[Verdict, ...] = (*STEPS, "other", "wrong")


@dataclass(frozen=True)
class Expected:
    """One form that counts: the headword first, then its listed variants."""

    form: str
    variety: str = ""
    is_headword: bool = True


@dataclass(frozen=True)
class Asked:
    """How an exercise is judged. The default is what every exercise had before authors could choose."""

    rules: Rules = DEFAULT
    counts: str = "spelling"
    """The last verdict of `STEPS` that counts."""
    knows_neighbours: bool = False
    """Whether `others` holds the words one slip away too; without them nothing can be called near."""
    any_order: bool = False
    excluded: Collection[str] = ()
    """Forms that do not count here."""
    known: Sequence[str] = ()
    """Wrong answers that the author has something to say about."""
    own: str = ""
    """The code of the entry asked for: others of this code are its own forms."""


@dataclass(frozen=True)
class Grade:
    """What became of an answer: the verdict, its share of a point (0–1) and facts for the feedback.

    The facts of a typed answer: `written`; the form that it `matched` and its `variety`; `steps`, how the
    words written become the form's; `feedback`, the key of what there is to say.
    """

    verdict: Verdict
    score: float
    facts: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def grade_text(
    answer: str, expected: Sequence[Expected], others: Mapping[str, str], asked: Asked | None = None
) -> Grade:
    """Judge a typed form.

    Args:
        answer: what was written, of any length and script.
        expected: the forms that count, the headword first.
        others: other forms of the dictionary that a spelling of `expected` could mean, each with the
            code of its entry; from `dictionary.querysets.confusable`.
        asked: what counts in this exercise.
    """
    asked = asked or Asked()
    written = plain(answer)
    facts: dict[str, Any] = {"written": written, "matched": expected[0].form, "variety": expected[0].variety}
    if not written:
        return Grade("wrong", 0.0, facts | {"feedback": "wrong.empty"})
    judge = _Judge(written, expected, others, asked)
    verdict, more = judge.verdict()
    facts |= {"feedback": verdict} | more
    does_count = verdict in STEPS and STEPS.index(verdict) <= STEPS.index(asked.counts)  # type: ignore[arg-type]
    if not does_count:
        known = judge.known_wrong()
        if known is not None:
            facts |= {"known": known, "feedback": f"{verdict}.known"}
    return Grade(verdict, float(does_count), facts)


Found = tuple[Verdict, dict[str, Any]]


class _Judge:
    """One answer before the forms that count."""

    def __init__(self, written: str, expected: Sequence[Expected], others: Mapping[str, str], asked: Asked) -> None:
        self.asked, self.rules = asked, asked.rules
        excluded = {plain(form) for form in asked.excluded}
        self.expected = [one for one in expected if one.is_headword or plain(one.form) not in excluded]
        self.excluded = excluded
        self.wanted = {plain(one.form) for one in self.expected}
        self.foreign = {plain(form): code for form, code in others.items() if plain(form) not in self.wanted}
        self.first = expected[0]
        if asked.any_order:
            written = next(
                (
                    in_order_of(written, one.form, self.rules)
                    for one in self.expected
                    if has_the_same_words(written, one.form, self.rules)
                ),
                written,
            )
        self.written = written
        self.readings = answer_keys(written, self.rules)

    def verdict(self) -> Found:
        return self._itself() or self._another_word() or self._spelling() or self._slip() or self._wrong()

    def _itself(self) -> Found | None:
        for one in self.expected:
            if self.written == plain(one.form):
                return "exact" if one.is_headword else "variant", {"matched": one.form, "variety": one.variety}
        return None

    def _another_word(self) -> Found | None:
        return self._named(self.written) if self.written in self.foreign else None

    def _named(self, form: str, **more: Any) -> Found:
        code = self.foreign[form]
        key = "other.marks" if more else "other.form" if code and code == self.asked.own else "other"
        return "other", {"other": code, "other_form": form, "feedback": key, **more}

    def _spelling(self) -> Found | None:
        if self.written in self.excluded:
            return "wrong", {"feedback": "wrong.excluded"}
        for one in self.expected:
            if self.readings & keys(one.form, self.rules):
                # One spelling, two words: only the diacritic tells them apart, so it must be written.
                rival = self._rival(self.readings)
                if rival is not None and _as_close(self.written, rival, one.form):
                    return self._named(rival, ambiguous=True)
                return "spelling", {"matched": one.form, "variety": one.variety, **self._steps(one)}
        return None

    def _rival(self, readings: Collection[str]) -> str | None:
        return next((form for form in self.foreign if not keys(form, self.rules).isdisjoint(readings)), None)

    def _slip(self) -> Found | None:
        if not self.asked.knows_neighbours:
            return None
        rival = self._rival(self.readings)
        if rival is not None:
            return self._named(rival)
        for one in self.expected:
            near = any(is_near(reading, key) for reading in self.readings for key in keys(one.form, self.rules))
            if near and not self._holds_another_word(one):
                slip = slip_in(self.written, one.form)
                place = {"slip": list(slip), "feedback": f"near.{slip.kind}"} if slip else {}
                return "near", {"matched": one.form, "variety": one.variety, **self._steps(one), **place}
        return None

    def _holds_another_word(self, one: Expected) -> bool:
        """Say whether a word of the answer that the form has not is another word of the dictionary."""
        strange = [
            step.written for step in align(self.written, one.form, self.rules) if step.op in ("changed", "extra")
        ]
        return any(self._rival(answer_keys(word, self.rules)) is not None for word in strange)

    def _wrong(self) -> Found:
        for one in self.expected:
            if has_the_same_words(self.written, one.form, self.rules):
                return "wrong", {"matched": one.form, "variety": one.variety, "feedback": "wrong.order"}
        steps = self._steps(self.first)
        return "wrong", {**steps, "feedback": "wrong.words"} if steps else {}

    def _steps(self, one: Expected) -> dict[str, Any]:
        """Return the way from the words written to those of a form; nothing for a single word."""
        steps = align(self.written, one.form, self.rules)
        return {"steps": [list(step) for step in steps]} if len(plain(one.form).split()) > 1 else {}

    def known_wrong(self) -> int | None:
        """Return which of the known wrong answers this is: the very one, or else a spelling of one."""
        forms = [plain(form) for form in self.asked.known]
        if self.written in forms:
            return forms.index(self.written)
        return next((i for i, form in enumerate(forms) if is_spelling(self.written, form, self.rules)), None)


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
    worst = max(parts, key=lambda grade: VERDICTS.index(grade.verdict))
    score = round(sum(grade.score for grade in parts) / len(parts), 4)
    facts = {"parts": [{"verdict": grade.verdict, **grade.facts} for grade in parts]}
    return Grade(worst.verdict, score, facts)

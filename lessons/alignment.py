"""Where an answer differs from a form: the slip in a word, the words of a phrase. Pure: plain values in and out."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from dictionary.spelling import DEFAULT, Rules, answer_keys, is_spelling, keys, plain

LONG_ENOUGH = 6
"""Letters of a word from which a slip in it may be a near miss: below, too many words are one letter apart."""
MOST_WORDS = 40
"""Words of an answer that are compared; no phrase of the course comes near."""

_ASPIRATED = frozenset("kptc")


class Slip(NamedTuple):
    """One letter missing, extra or changed, or two neighbours that changed places; counted in the written word."""

    kind: Literal["missing", "extra", "changed", "swapped"]
    place: int


class Step(NamedTuple):
    """One step from an answer to a form: a word that is the same, spelt otherwise, changed, missing or extra."""

    op: Literal["same", "spelt", "changed", "missing", "extra"]
    written: str
    course: str


def slip_between(written: str, course: str) -> Slip | None:
    """Return the one slip that makes `written` of `course`; None if they are equal or further apart.

    >>> slip_between("dukel", "dzukel")
    Slip(kind='missing', place=1)
    """
    start = 0
    while start < min(len(written), len(course)) and written[start] == course[start]:
        start += 1
    a, b = written[start:], course[start:]
    if len(a) == len(b):
        if a and a[1:] == b[1:]:
            return Slip("changed", start)
        if len(a) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:]:
            return Slip("swapped", start)
    if a == b[1:]:
        return Slip("missing", start) if b else None
    if a[1:] == b:
        return Slip("extra", start)
    return None


def is_near(written: str, course: str) -> bool:
    """Say whether one key is a near miss of another: one slip in one of its longer words.

    Never in a word's first letter or its last (they carry the root, gender and number), never an
    aspiration: a breath more or less is another word.
    """
    mine, ours = written.split(" "), course.split(" ")
    if len(mine) != len(ours):
        return False
    apart = [(one, other) for one, other in zip(mine, ours, strict=True) if one != other]
    return len(apart) == 1 and _is_slip(*apart[0])


def _is_slip(written: str, course: str) -> bool:
    if sum(letter.isalpha() for letter in course) < LONG_ENOUGH or written[:1] != course[:1]:
        return False
    slip = slip_between(written, course)
    if slip is None or written[-1:] != course[-1:] or _breaths(written) != _breaths(course):
        return False
    # The last letter doubled or halved is a slip in the last letter too.
    return slip.place < min(len(written), len(course))


def _breaths(word: str) -> list[str]:
    """Return the letters that an h follows: where a word is aspirated."""
    return [before for before, after in pairwise(word) if after == "h" and before in _ASPIRATED]


def distance(a: str, b: str) -> int:
    """Return how many letters must be put in, left out, changed or swapped with their neighbour to get from a to b."""
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


def slip_in(written: str, course: str) -> Slip | None:
    """Return the slip between two forms as they are written, counted in `written`; None if there are several.

    Letters that only lack their marks do not count as slips.
    """
    from unicodedata import combining, normalize

    def bare(text: str) -> str:
        letters = ("".join(c for c in normalize("NFKD", letter) if not combining(c)) for letter in plain(text))
        return "".join(letter[:1] or "\ue001" for letter in letters)

    return slip_between(bare(written), bare(course))


def align(written: str, course: str, rules: Rules = DEFAULT) -> list[Step]:
    """Return the cheapest steps from an answer to a form, word by word."""
    mine, ours = plain(written).split()[:MOST_WORDS], plain(course).split()[:MOST_WORDS]
    costs = [[0.0] * (len(ours) + 1) for _ in range(len(mine) + 1)]
    pairs = [[_pair(a, b, rules) for b in ours] for a in mine]
    for i in range(len(mine) + 1):
        for j in range(len(ours) + 1):
            if i or j:
                costs[i][j] = min(cost for cost, _step in _choices(costs, pairs, i, j))
    return _way_back(mine, ours, costs, pairs)


Pair = tuple[float, Literal["same", "spelt", "changed"]]


def _choices(
    costs: list[list[float]], pairs: list[list[Pair]], i: int, j: int
) -> list[tuple[float, Literal["same", "spelt", "changed", "missing", "extra"]]]:
    found: list[tuple[float, Literal["same", "spelt", "changed", "missing", "extra"]]] = []
    if i and j:
        cost, op = pairs[i - 1][j - 1]
        found.append((costs[i - 1][j - 1] + cost, op))
    if j:
        found.append((costs[i][j - 1] + 1, "missing"))
    if i:
        found.append((costs[i - 1][j] + 1, "extra"))
    return found


def _way_back(mine: list[str], ours: list[str], costs: list[list[float]], pairs: list[list[Pair]]) -> list[Step]:
    steps: list[Step] = []
    i, j = len(mine), len(ours)
    while i or j:
        _cost, op = min(_choices(costs, pairs, i, j), key=lambda choice: choice[0])
        steps.append(Step(op, "" if op == "missing" else mine[i - 1], "" if op == "extra" else ours[j - 1]))
        i, j = i - (op != "missing"), j - (op != "extra")
    return steps[::-1]


def _pair(written: str, course: str, rules: Rules) -> Pair:
    """Return what it costs to take one word for another: less where they have much in common."""
    if written == course:
        return 0.0, "same"
    if is_spelling(written, course, rules):
        return 0.1, "spelt"
    common = len(set(written) & set(course)) / max(len(set(written) | set(course)), 1)
    return (1.0 if common >= 0.5 else 1.9), "changed"


def in_order_of(written: str, course: str, rules: Rules = DEFAULT) -> str:
    """Return the words of an answer in the order of a form, as far as they are the form's; the others follow."""
    left = plain(written).split()[:MOST_WORDS]
    found = []
    for word in plain(course).split():
        match = next((one for one in left if one == word), None) or next(
            (one for one in left if answer_keys(one, rules) & keys(word, rules)), None
        )
        if match is not None:
            left.remove(match)
            found.append(match)
    return " ".join([*found, *left])


def has_the_same_words(written: str, course: str, rules: Rules = DEFAULT) -> bool:
    """Say whether an answer has all the words of a form and no other, in whatever order."""
    if not 1 < len(plain(course).split()) == len(plain(written).split()):
        return False
    steps = align(in_order_of(written, course, rules), course, rules)
    return all(step.op in ("same", "spelt") for step in steps)


def differing(steps: Sequence[Step]) -> list[Step]:
    """Return the steps at which an answer is not the form."""
    return [step for step in steps if step.op not in ("same", "spelt")]

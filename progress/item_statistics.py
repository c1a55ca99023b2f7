"""How an exercise works as a test item. Pure: plain numbers in, plain values out; nobody is named.

The classical figures of Crocker and Algina, *Introduction to Classical and Modern Test Theory* (1986), chapter 14.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

FEWEST_ATTEMPTS = 20
"""Below this the figures say more about who happened to come by than about the exercise."""

FEWEST_IN_A_GROUP = 5
"""A wrong answer that fewer people gave is not shown: it could point at one of them."""

MOST_ANSWERS_SHOWN = 10


@dataclass(frozen=True)
class Taken:
    """A result at one exercise: its share of a point, and the mean share of the attempt's other exercises."""

    score: float
    rest: float | None


@dataclass(frozen=True)
class WrongAnswer:
    """A wrong answer and how many learners gave it."""

    answer: str
    learners: int


def difficulty(taken: Sequence[Taken]) -> float:
    """Return the item's difficulty index *p*: the mean share of a point, 0 (nobody) to 1 (everybody).

    p = Σ x / n, which for right or wrong is the proportion right. A high number is an easy item.
    """
    return sum(one.score for one in taken) / len(taken)


def discrimination(taken: Sequence[Taken]) -> float | None:
    """Return how well the item tells strong from weak: the corrected item–total correlation *r*, −1 to 1.

    Pearson's r between the item's score x and the score y of the attempt's other items,

        r = Σ (x − x̄)(y − ȳ) / √(Σ (x − x̄)² · Σ (y − ȳ)²),

    which for right or wrong is the point-biserial correlation. The item itself is left out of y, for else it
    would correlate with itself. From 0.2 upwards an item is useful; below 0 its key is worth a look.
    None where everybody did alike, or the attempts ask nothing else.
    """
    pairs = [(one.score, one.rest) for one in taken if one.rest is not None]
    if len(pairs) < FEWEST_ATTEMPTS:
        return None
    mean_x = sum(x for x, _ in pairs) / len(pairs)
    mean_y = sum(y for _, y in pairs) / len(pairs)
    spread_x = sum((x - mean_x) ** 2 for x, _ in pairs)
    spread_y = sum((y - mean_y) ** 2 for _, y in pairs)
    if spread_x < 1e-9 or spread_y < 1e-9:
        return None
    together = sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    return together / sqrt(spread_x * spread_y)


def frequent(answers: Iterable[tuple[int, str]]) -> list[WrongAnswer]:
    """Return the wrong answers that most learners gave, the most frequent first.

    `answers` are pairs (learner, answer as people read it); a learner counts once for each answer. Groups of
    fewer than five are left out.
    """
    counts = Counter(answer for _learner, answer in set(answers) if answer)
    shown = [WrongAnswer(answer, count) for answer, count in counts.items() if count >= FEWEST_IN_A_GROUP]
    return sorted(shown, key=lambda one: (-one.learners, one.answer))[:MOST_ANSWERS_SHOWN]

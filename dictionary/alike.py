"""Words that sound alike, for “did you mean”. Pure: no database, no request.

Finding forgives spelling; this forgives the ear. A learner who heard *bal* may look for *pal*, and one who heard a
breath after a k does not know whether to write k, kh, x or h. So voice, breath and length fall away here, which tells
far too little apart for judging an answer: nothing but proposals may be built on it.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from .alphabet import ROMANI
from .spelling import search_fold

MOST = 6
"""Proposals that help; more of them is a list to read."""
NEXT_BEST = 2
"""How much farther than the nearest word another may be, in halves of a slip."""
LONGEST = 40
VOWELS = "aeiou"

_HEARD_AS = str.maketrans("bdghxqvzyj", "ptkkkkfsii")
_ONE_SOUND = (("uo", "o"), ("ie", "e"), ("dz", "c"), ("bh", "b"), ("dh", "d"), ("gh", "g"), ("lj", "l"), ("nj", "n"))
_DOUBLE = re.compile(r"(.)\1+")


class Word(NamedTuple):
    """One word that could be meant: what it belongs to, how it is written, how it sounds, in which language."""

    key: int
    text: str
    sound: str
    language: str = ROMANI


def sound(text: str) -> str:
    """Return how a word sounds to an ear that does not know the language.

    >>> sound("khēr") == sound("ger"), sound("lačho") == sound("lacho"), sound("pal") == sound("pel")
    (True, True, False)
    """
    heard = search_fold(text).replace(" ", "")[:LONGEST]
    for pair, one in _ONE_SOUND:
        heard = heard.replace(pair, one)
    return _DOUBLE.sub(r"\1", heard.translate(_HEARD_AS))


def nearest(query: str, words: Iterable[Word], most: int = MOST) -> list[Word]:
    """Return the words that sound most like the query, the nearest first, one for each key.

    Of equally near ones Romani comes first, for that is what one looks up by ear. What is clearly farther away than
    the nearest is left out: a list of chance neighbours helps nobody.
    """
    asked = sound(query)
    far = slips_allowed(asked)
    best: dict[int, tuple[tuple[int, int, str], Word]] = {}
    for word in words:
        if abs(len(word.sound) - len(asked)) > far:
            continue
        slips = distance(asked, word.sound)
        if slips <= far:
            rank = (2 * slips + (word.language != ROMANI), abs(len(word.text) - len(query)), word.text)
            if word.key not in best or rank < best[word.key][0]:
                best[word.key] = (rank, word)
    ranked = sorted(best.values())
    return [word for rank, word in ranked if rank[0] <= ranked[0][0][0] + NEXT_BEST][:most]


def slips_allowed(heard: str) -> int:
    """Return how far a word may be from what was heard; see `distance`. Short words have too many neighbours."""
    return 0 if len(heard) < 2 else 1 if len(heard) < 4 else 2 if len(heard) < 7 else 3


def distance(one: str, other: str) -> int:
    """Return how many slips lie between two sounds: a vowel for a vowel is one, two letters changed about are one,
    anything else is two, but for a letter too many or too few, which is one at the end of a word.

    >>> distance("pal", "pel"), distance("pal", "pals"), distance("pal", "kal"), distance("pal", "apl")
    (1, 1, 2, 1)
    """
    before: list[int] = []
    row = [2 * place for place in range(len(other) + 1)]
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [2 * i]
        for j, b in enumerate(other, 1):
            cost = min(
                before[j - 1] + (0 if a == b else 1 if a in VOWELS and b in VOWELS else 2),
                before[j] + (1 if j == len(other) else 2),
                row[j - 1] + (1 if i == len(one) else 2),
            )
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b and a != b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]

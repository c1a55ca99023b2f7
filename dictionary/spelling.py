"""What counts as another spelling of the same Romani form. Pure: no database, no request.

Romani in Latvia has no settled spelling. The equivalences below are those that are safe as a
default; their numbers are the rows of docs/spelling.md, which names the evidence for each.
They give each written form one or more *keys*; two forms that share a key are spellings of each
other, unless they are two different words (protected pairs, other headwords), which only the
caller can know. Which equivalences hold is a plain value, `Rules`: authors switch rows off and add
letters, and what a learner was judged by is kept with the exercise.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

LONGEST = 200
"""Longer input is cut: no word or phrase of the course comes near, and work must stay bounded."""

_SPACES = re.compile(r"\s+")
_EDGES = re.compile(r"^[\s!?.,;:…\"'«»„”“()\[\]]+|[\s!?.,;:…\"'«»„”“()\[\]]+$")
_HYPHENS = re.compile(r"[-‐‑–—]+")
_UNDECOMPOSED = str.maketrans({"ʒ": "z", "ǯ": "z", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "ø": "o", "æ": "ae"})
_DOUBLE_VOWEL = re.compile(r"([aeiou])\1+")
_PALATAL_MARK = re.compile(r"(?<=[lnkgtd])['’ʼ]+")
_HARD_X = re.compile(r"(?<![kptc])x")
_VERB = re.compile(r".{2,}(el|al|ol)a?$")
_ARTICLE_END = re.compile(r"-[oe]( |$)")
_POLISH_Z = re.compile(r"(?<=[cs])z+")
_SOFT_H = re.compile(r"(?<=[kptcsz])h+")
_WORD = re.compile(r"[^\W_]+")
_SURE_H = re.compile(r"(?<=[čšž])h")
_KEPT_H = "\ue000"
_MOST_SPOTS = 4


SWITCHABLE = frozenset({1, 2, 3, 7, 10, 12, 13, 14, 15, 16, 18, 19})
"""Rows that are on unless authors switch them off."""
MARKS = frozenset({1, 2, 3, 12, 13, 14})
"""Rows that forgive a missing mark. They make no two words one: whoever writes the mark is taken at their word."""
NEVER = frozenset({5, 8, 17})
"""Rows that nobody can switch on: gender and number, aspiration, the article."""

_ANYWHERE, _START, _END = PLACES = ("anywhere", "start", "end")
_MACRON, _CIRCUMFLEX, _CARON, _CEDILLA = "\u0304", "\u0302", "\u030c", "\u0327"
_STRESS, _PALATAL, _LETTER_MARKS = "\u0300\u0301", "\u030c\u0327\u0326", "\u030c\u0301"


class Letters(NamedTuple):
    """Letters that authors let stand for others: `written` for the course's, at a place in the word."""

    row: int
    written: str
    course: str
    place: str = _ANYWHERE


@dataclass(frozen=True)
class Rules:
    """Which equivalences hold: rows of the table that are off, and letters that authors added."""

    off: frozenset[int] = frozenset()
    letters: tuple[Letters, ...] = ()

    def without(self, row: int) -> "Rules":
        """Return the same rules without one row."""
        return replace(
            self, off=self.off | {row}, letters=tuple(letters for letters in self.letters if letters.row != row)
        )

    @property
    def rows(self) -> list[int]:
        """Return the rows that are on."""
        return sorted((SWITCHABLE - self.off) | {letters.row for letters in self.letters})

    def as_dict(self) -> dict[str, Any]:
        """Return the rules as JSON can keep them; nothing at all for the default."""
        found: dict[str, Any] = {"off": sorted(self.off & SWITCHABLE)} if self.off & SWITCHABLE else {}
        return found | ({"letters": [list(letters) for letters in self.letters]} if self.letters else {})

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "Rules":
        """Return the rules that `as_dict` kept."""
        return cls(frozenset(kept.get("off", ())), tuple(Letters(*letters) for letters in kept.get("letters", ())))


DEFAULT = Rules()


def plain(text: str) -> str:
    """Return `text` as it is compared for *exact*: composed, lower case, blanks and outer signs settled (row 22)."""
    text = unicodedata.normalize("NFC", text[:LONGEST]).replace("\x00", "").casefold()
    return _EDGES.sub("", _SPACES.sub(" ", text)).strip()


def _bare(text: str, off: frozenset[int] = frozenset()) -> str:
    """Drop every mark: length, caron, cedilla, grave (rows 2, 3, 12, 14), and write x as h (row 7)."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_UNDECOMPOSED))
    kept = _marked(decomposed, off) if off & MARKS else "".join(c for c in decomposed if not unicodedata.combining(c))
    letters = kept.casefold().translate(_UNDECOMPOSED)
    if 13 not in off:
        letters = _PALATAL_MARK.sub(_CEDILLA if 14 in off else "", letters)
    if 1 not in off:
        letters = _DOUBLE_VOWEL.sub(r"\1" + _MACRON if 2 in off else r"\1", letters)
    # Some characters come apart into blanks and signs: settle those again, so that folding twice is folding once.
    return plain(letters if 7 in off else _HARD_X.sub("h", letters))


def _marked(decomposed: str, off: frozenset[int]) -> str:
    """Drop the marks of the rows that are on and keep those of the rows that are off."""
    kept, base = [], ""
    for c in decomposed:
        if not unicodedata.combining(c):
            base = c.casefold()
            kept.append(c)
        elif base in "lnkgtdr" and c in _PALATAL:
            foreign = c == _CARON and 13 in off
            if foreign or 14 in off:
                kept.append(c if foreign else _CEDILLA)
        elif off & _rows_of(c, base):
            kept.append(c)
    return "".join(kept)


def _rows_of(mark: str, base: str) -> set[int]:
    """Return the row that forgives a mark over a letter; none for marks that mean nothing here."""
    if base in "aeiou":
        return {2} if mark == _MACRON else {1} if mark == _CIRCUMFLEX else {3} if mark in _STRESS else set()
    return {12} if mark in _LETTER_MARKS else set()


def _joined(text: str, off: frozenset[int] = frozenset()) -> set[str]:
    """Settle hyphens and joined particles (rows 15, 16, 18, 19): return each way of writing the words."""
    spaced = _HYPHENS.sub(" ", text)
    has_article = bool(_ARTICLE_END.search(text))
    if spaced != text and (16 if has_article else 18 if text.startswith("te-") else 19) in off:
        return {_HYPHENS.sub("-", text)}
    words = spaced.split(" ")
    ways = {spaced}
    if words[0] == "te" and len(words) > 1 and 18 not in off:
        ways.add("te" + " ".join(words[1:]))
    if words[0] == "na" and len(words) > 1 and _VERB.match(words[1]) and 15 not in off:
        ways.add("na" + " ".join(words[1:]))
    if spaced != text and not has_article:
        ways.add(_HYPHENS.sub("", text))
    return ways


@lru_cache(maxsize=8192)
def keys(form: str, rules: Rules = DEFAULT) -> frozenset[str]:
    """Return the keys of a form that the dictionary knows, in its own spelling."""
    return frozenset(_joined(_bare(plain(form), rules.off), rules.off))


def key(form: str) -> str:
    """Return the first key of a form, the one that is stored beside it for look-ups."""
    return plain(_HYPHENS.sub(" ", _bare(plain(form))))


def answer_keys(answer: str, rules: Rules = DEFAULT) -> frozenset[str]:
    """Return the keys that somebody's spelling may stand for.

    The letters ch, sh, zh may be digraphs for č, š, ž (row 10) or two sounds (čh, s+h), so each gives
    two readings; so do letters that authors added. The number of readings is bounded. After a letter
    with its caron, h is h.
    """
    return _answer_keys(plain(answer), rules)


@lru_cache(maxsize=8192)
def _answer_keys(answer: str, rules: Rules) -> frozenset[str]:
    bare = _bare(_SURE_H.sub(_KEPT_H, answer), rules.off)
    readings = _each_way(bare, *_signs(rules))
    return frozenset(way for reading in readings for way in _joined(reading.replace(_KEPT_H, "h"), rules.off))


Signs = tuple[re.Pattern[str] | None, tuple[tuple[str, ...], ...]]
"""A pattern with one group for each kind of place that can be read otherwise, and its other readings."""


@lru_cache(maxsize=64)
def _signs(rules: Rules) -> Signs:
    """Return what can be read in more than one way under these rules."""
    found: dict[str, list[str]] = {}
    if 10 not in rules.off:
        caron = _CARON if 12 in rules.off else ""
        found = {mark + "h": [unicodedata.normalize("NFC", mark + caron)] for mark in "csz"}
    for letters in rules.letters:
        written, course = (_bare(plain(side), rules.off) for side in (letters.written, letters.course))
        if written and written != course:
            found.setdefault(_at(letters.place, written), []).append(course)
    return _ways(found)


def _at(place: str, letters: str) -> str:
    """Return the pattern of letters at a place in a word."""
    before = r"(?<![^\W_])" if place == _START else ""
    after = r"(?![^\W_])" if place == _END else ""
    return before + re.escape(letters) + after


def _ways(found: Mapping[str, list[str]]) -> Signs:
    patterns = sorted(found, key=len, reverse=True)
    whole = re.compile("|".join(f"({pattern})" for pattern in patterns)) if patterns else None
    return whole, tuple(tuple(found[pattern]) for pattern in patterns)


def _each_way(text: str, pattern: re.Pattern[str] | None, others: tuple[tuple[str, ...], ...]) -> set[str]:
    """Return every reading of a text; the text alone where too much of it could be read otherwise."""
    spots = list(pattern.finditer(text)) if pattern else []
    if not spots or len(spots) > _MOST_SPOTS:
        return {text}
    ends = [0, *(spot.end() for spot in spots)]
    pieces = [text[end : spot.start()] for end, spot in zip(ends, spots, strict=False)]
    choices = [(spot.group(), *others[(spot.lastindex or 1) - 1]) for spot in spots]
    return {
        "".join(piece + sign for piece, sign in zip(pieces, signs, strict=True)) + text[ends[-1] :]
        for signs in product(*choices)
    }


@lru_cache(maxsize=8192)
def neighbour_keys(form: str, rules: Rules = DEFAULT) -> frozenset[str]:
    """Return every key under which another word could be mistaken for `form` in somebody's spelling.

    Keys as the dictionary stores them, of the default rows: a row that is off only makes fewer words meet.
    """
    found = set(keys(form))
    for one in tuple(found):
        found |= answer_keys(one)
        found.add(re.sub(r"([csz])(?!h)", r"\1h", one))
    if rules.letters:
        backwards: dict[str, list[str]] = {}
        for letters in rules.letters:
            written, course = _bare(plain(letters.written)), _bare(plain(letters.course))
            if written != course and course:
                backwards.setdefault(_at(letters.place, course), []).append(written)
        for one in tuple(found):
            found |= _each_way(one, *_ways(backwards))
    return frozenset(found)


def is_spelling(written: str, form: str, rules: Rules = DEFAULT) -> bool:
    """Say whether `written` is one of the spellings of `form`."""
    return bool(answer_keys(written, rules) & keys(form, rules))


def merging_row(form_a: str, form_b: str, rules: Rules = DEFAULT) -> int | None:
    """Return the row that makes spellings of each other out of two forms that must stay apart, or None.

    Rows that only forgive a missing mark do not count: written with its marks, each form is itself.
    """

    def meet(some: Rules) -> bool:
        return is_spelling(form_a, form_b, some) or is_spelling(form_b, form_a, some)

    if not meet(rules):
        return None
    bold = [row for row in rules.rows if row not in MARKS]
    shy = rules
    for row in bold:
        shy = shy.without(row)
    if meet(shy):
        return None
    return next((row for row in bold if not meet(rules.without(row))), bold[0])


def differences(written: str, course: str) -> list[tuple[str, str]]:
    """Return how `written` becomes `course`: pairs (written piece, course piece), equal where they agree.

    >>> differences("lacho", "lačho")
    [('la', 'la'), ('c', 'č'), ('ho', 'ho')]
    """
    from difflib import SequenceMatcher

    a, b = written[:LONGEST], course[:LONGEST]
    matcher = SequenceMatcher(None, a.casefold(), b.casefold(), autojunk=False)
    return [(a[i1:i2], b[j1:j2]) for _, i1, i2, j1, j2 in matcher.get_opcodes()]


def search_fold(text: str) -> str:
    """Return `text` folded for finding: as `key`, and aspirated, h and digraphs fall together as well.

    Finding may be generous where grading may not: xačel, khačel and kacel find each other.
    """
    bare = _bare(plain(text)).replace("w", "v")
    generous = _SOFT_H.sub("", _POLISH_Z.sub("", bare))
    return " ".join(_WORD.findall(generous))

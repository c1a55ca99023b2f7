"""What counts as another spelling of the same Romani form. Pure: no database, no request.

Romani in Latvia has no settled spelling. The equivalences below are those that are safe as a
default; their numbers are the rows of docs/spelling.md, which names the evidence for each.
They give each written form one or more *keys*; two forms that share a key are spellings of each
other, unless they are two different words (protected pairs, other headwords), which only the
caller can know.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import product

LONGEST = 200
"""Longer input is cut: no word or phrase of the course comes near, and work must stay bounded."""

_SPACES = re.compile(r"\s+")
_EDGES = re.compile(r"^[\s!?.,;:…\"'«»„”“()\[\]]+|[\s!?.,;:…\"'«»„”“()\[\]]+$")
_HYPHENS = re.compile(r"[-‐‑–—]+")
_UNDECOMPOSED = str.maketrans({"ʒ": "z", "ǯ": "z", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "ø": "o", "æ": "ae"})
_DOUBLE_VOWEL = re.compile(r"([aeiou])\1+")
_PALATAL_MARK = re.compile(r"(?<=[lnkgtd])['’ʼ]+")
_HARD_X = re.compile(r"(?<![kptc])x")
_DIGRAPH = re.compile(r"ch|sh|zh")
_VERB = re.compile(r".{2,}(el|al|ol)a?$")
_ARTICLE_END = re.compile(r"-[oe]( |$)")
_POLISH_Z = re.compile(r"(?<=[cs])z+")
_SOFT_H = re.compile(r"(?<=[kptcsz])h+")
_WORD = re.compile(r"[^\W_]+")
_SURE_H = re.compile(r"(?<=[čšž])h")
_KEPT_H = "\ue000"
_MOST_DIGRAPHS = 4


def plain(text: str) -> str:
    """Return `text` as it is compared for *exact*: composed, lower case, blanks and outer signs settled (row 22)."""
    text = unicodedata.normalize("NFC", text[:LONGEST]).replace("\x00", "").casefold()
    return _EDGES.sub("", _SPACES.sub(" ", text)).strip()


def _bare(text: str) -> str:
    """Drop every mark: length, caron, cedilla, grave (rows 2, 3, 12, 14), and write x as h (row 7)."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_UNDECOMPOSED))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().translate(_UNDECOMPOSED)
    letters = _PALATAL_MARK.sub("", letters)
    # Some characters come apart into blanks and signs: settle those again, so that folding twice is folding once.
    return plain(_HARD_X.sub("h", _DOUBLE_VOWEL.sub(r"\1", letters)))


def _joined(text: str) -> set[str]:
    """Settle hyphens and joined particles (rows 15, 16, 18, 19): return each way of writing the words."""
    spaced = _HYPHENS.sub(" ", text)
    words = spaced.split(" ")
    ways = {spaced}
    if words[0] == "te" and len(words) > 1:
        ways.add("te" + " ".join(words[1:]))
    if words[0] == "na" and len(words) > 1 and _VERB.match(words[1]):
        ways.add("na" + " ".join(words[1:]))
    if spaced != text and not _ARTICLE_END.search(text):
        ways.add(_HYPHENS.sub("", text))
    return ways


@lru_cache(maxsize=8192)
def keys(form: str) -> frozenset[str]:
    """Return the keys of a form that the dictionary knows, in its own spelling."""
    return frozenset(_joined(_bare(plain(form))))


def key(form: str) -> str:
    """Return the first key of a form, the one that is stored beside it for look-ups."""
    return plain(_HYPHENS.sub(" ", _bare(plain(form))))


def answer_keys(answer: str) -> frozenset[str]:
    """Return the keys that somebody's spelling may stand for.

    The letters ch, sh, zh may be digraphs for č, š, ž (row 10) or two sounds (čh, s+h), so
    each gives two readings; the number of readings is bounded. After a letter with its caron, h is h.
    """
    bare = _bare(_SURE_H.sub(_KEPT_H, plain(answer)))
    pieces = _DIGRAPH.split(bare)
    marks = _DIGRAPH.findall(bare)
    if len(marks) > _MOST_DIGRAPHS:
        readings = {bare}
    else:
        choices = [(mark, mark[0]) for mark in marks]
        readings = {
            "".join(piece + mark for piece, mark in zip(pieces, (*combination, ""), strict=True))
            for combination in product(*choices)
        }
    return frozenset(way for reading in readings for way in _joined(reading.replace(_KEPT_H, "h")))


def neighbour_keys(form: str) -> frozenset[str]:
    """Return every key under which another word could be mistaken for `form` in somebody's spelling."""
    found = set(keys(form))
    for one in tuple(found):
        found |= answer_keys(one)
        found.add(re.sub(r"([csz])(?!h)", r"\1h", one))
    return frozenset(found)


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

"""Which entry a file belongs to, told from its name, and in which order files come. Pure: no database, no request."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dictionary.spelling import DEFAULT, Rules, answer_keys, keys, plain

LONGEST_NAME = 120
NORMAL, SLOW = "normal", "slow"
CODE, TEXT, ASK, NONE = "code", "text", "ask", ""
"""How a file found its entry: by the code, by the text; ASK: it might be several or another word; NONE: not at all."""

_SLOW = frozenset({"slow", "slowly", "lēni", "leni", "lēns", "lens"})
_NORMAL = frozenset({"normal", "normāli", "normali"})
_PARTS = re.compile(r"[\s_.,()\[\]]+|(?<=\s)-+(?=\s)|(?<=\d)-(?=\D)|-(?=(?:slow|l[eē]n[is])\b)", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,4}")
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Known:
    """An entry as far as matching needs it: its id, its code, and every form that it is written in."""

    pk: int
    code: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """What a name says: the entry or none, how that was found, the pace, and whom to ask about (at most five)."""

    entry: int | None
    how: str
    pace: str = ""
    candidates: tuple[int, ...] = ()


def safe_name(name: str) -> str:
    """Return a file's name as it may be shown and kept: no folders, no signs that control or turn the text, bounded.

    Only for people to know the file by; no stored file is ever named by it.

    >>> safe_name("../../etc/x.wav")
    'x.wav'
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(" .")
    if len(kept) <= LONGEST_NAME:
        return kept or "?"
    stem, dot, suffix = kept.rpartition(".")
    if not dot or len(suffix) > 5:
        return kept[:LONGEST_NAME]
    return stem[: LONGEST_NAME - len(suffix) - 2] + "…." + suffix


def natural_order(name: str) -> list[tuple[int, int, str]]:
    """Return what names sort by, as people count: 2 before 10."""
    parts = _DIGITS.split(name.casefold())
    return [(0, int(part[:18]), "") if part.isdecimal() and part.isascii() else (1, 0, part) for part in parts if part]


def split_name(name: str) -> tuple[list[str], str]:
    """Return the parts of a name without its ending and its pace, and the pace ("" where it says none).

    >>> split_name("ph0011_slow.mp3")
    (['ph0011'], 'slow')
    """
    stem, dot, suffix = name.rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{2,5}", suffix):
        stem = name
    parts = [part for part in _PARTS.split(unicodedata.normalize("NFC", stem)) if part]
    pace = ""
    while len(parts) > 1 and (said := _pace(parts[-1])):
        pace, parts = pace or said, parts[:-1]
    return parts, pace


def _pace(part: str) -> str:
    low = part.casefold()
    return SLOW if low in _SLOW else NORMAL if low in _NORMAL else ""


def readings(parts: list[str]) -> list[str]:
    """Return the texts that a name may hold: all of it, then without a number before or after it."""
    found = [" ".join(parts)]
    inner = list(parts)
    if len(inner) > 1 and _NUMBER.fullmatch(inner[0]):
        inner = inner[1:]
        found.append(" ".join(inner))
    if len(inner) > 1 and _NUMBER.fullmatch(inner[-1]):
        found.append(" ".join(inner[:-1]))
    return [text for text in found if plain(text)]


class Matcher:
    """Finds the entries of a list by file name. Made once for many names.

    `others` are forms of the dictionary that are not in the list: a name that is exactly one of them means that one.
    `pairs` are the protected pairs: a name that is exactly one half never means the other, and one that could be
    either is asked about.
    """

    def __init__(
        self,
        entries: Iterable[Known],
        *,
        pairs: Sequence[tuple[str, str]] = (),
        others: Iterable[str] = (),
        rules: Rules = DEFAULT,
    ) -> None:
        self.rules = rules
        self.entries = {known.pk: known for known in entries}
        self.by_code = {known.code.casefold(): known.pk for known in self.entries.values()}
        self.exact: dict[str, set[int]] = {}
        self.by_key: dict[str, set[int]] = {}
        for known in self.entries.values():
            for form in known.forms:
                self.exact.setdefault(plain(form), set()).add(known.pk)
                for one in keys(form, rules):
                    self.by_key.setdefault(one, set()).add(known.pk)
        self.others = {plain(form) for form in others} - set(self.exact)
        self.partners: dict[str, set[str]] = {}
        for a, b in pairs:
            self.partners.setdefault(plain(a), set()).add(plain(b))
            self.partners.setdefault(plain(b), set()).add(plain(a))

    def match(self, name: str) -> Match:
        """Return what the file's name says."""
        parts, pace = split_name(name)
        by_code = self._code(parts)
        if by_code is not None:
            return Match(by_code, CODE, pace)
        for text in readings(parts):
            found = self.text(text)
            if found.how:
                return Match(found.entry, found.how, pace, found.candidates)
        return Match(None, NONE, pace)

    def _code(self, parts: list[str]) -> int | None:
        for text in ("-".join(parts), *parts[:2]):
            if (pk := self.by_code.get(text.casefold())) is not None:
                return pk
        return None

    def text(self, text: str) -> Match:
        """Return which entry a text in somebody's spelling means."""
        written = plain(text)
        exact = self.exact.get(written, set())
        if exact:
            return self._decided(exact)
        found = {pk for one in answer_keys(text, self.rules) for pk in self.by_key.get(one, ())}
        if written in self.others:
            # It is another word of the dictionary, exactly: at most asked about, never taken for one of these.
            return self._asked(found)
        barred = self.partners.get(written, set())
        found = {pk for pk in found if not barred & {plain(form) for form in self.entries[pk].forms}}
        if any(self._is_half(pk) for pk in found):
            return self._asked(found)
        return self._decided(found)

    def _is_half(self, pk: int) -> bool:
        """Say whether the other half of a protected pair would be found by the same spelling as this entry."""
        for form in self.entries[pk].forms:
            mine = keys(form, self.rules)
            if any(mine & keys(other, self.rules) for other in self.partners.get(plain(form), ())):
                return True
        return False

    def _decided(self, found: set[int]) -> Match:
        if len(found) == 1:
            return Match(next(iter(found)), TEXT)
        return self._asked(found)

    @staticmethod
    def _asked(found: set[int]) -> Match:
        return Match(None, ASK, "", tuple(sorted(found)[:5])) if found else Match(None, NONE)

"""The order of letters in the dictionary. Pure: a word in, its letter and its place out.

The order is the Latvian alphabet's, as learners know it from any dictionary of theirs: long vowels stand with the
short ones, č ģ ķ ļ ņ š ž are letters. Romani adds čh dž kh ph th, each after the letter it begins with, and x after v.
English words go by the same order, which leaves theirs untouched.
"""

import re
import unicodedata

LETTERS = (
    "a", "b", "c", "č", "čh", "d", "dž", "e", "f", "g", "ģ", "h", "i", "j", "k", "kh", "ķ", "l", "ļ", "m", "n", "ņ",
    "o", "p", "ph", "q", "r", "s", "š", "t", "th", "u", "v", "w", "x", "y", "z", "ž",
)  # fmt: skip
DIGRAPHS = frozenset(letter for letter in LETTERS if len(letter) > 1)
"""Letters of Romani that are written with two signs. In other languages the two are two letters."""

ROMANI = "rml"
LONGEST = 60

_PLACE = {letter: f"{place:02d}" for place, letter in enumerate(LETTERS, 1)}
_END_OF_WORD = "00"
_ROMANI_LETTER = re.compile("|".join(sorted(LETTERS, key=len, reverse=True)) + "| ")
_LETTER = re.compile("|".join(sorted(set(LETTERS) - DIGRAPHS)) + "| ")


def letters_of(text: str, language: str = ROMANI) -> list[str]:
    """Return the letters of a text, blanks among them; signs, digits and other marks are dropped.

    >>> letters_of("Čhāvo"), letters_of("Kheops", "lv")[:2]
    (['čh', 'a', 'v', 'o'], ['k', 'h'])
    """
    pattern = _ROMANI_LETTER if language == ROMANI else _LETTER
    bare = "".join(_known(letter) for letter in unicodedata.normalize("NFC", text.casefold()))
    return pattern.findall(" ".join(bare.split()))


def letter_of(text: str, language: str = ROMANI) -> str:
    """Return the letter under which a word stands, or nothing where it has none.

    >>> [letter_of(one) for one in ("Ābeca", "dževel", "phen", "112")]
    ['a', 'dž', 'ph', '']
    """
    return next((letter for letter in letters_of(text, language) if letter != " "), "")


def order_of(text: str, language: str = ROMANI) -> str:
    """Return a text of digits that sorts as the word does, on every database and in every locale of its."""
    return "".join(_PLACE.get(letter, _END_OF_WORD) for letter in letters_of(text, language)[:LONGEST])


def place_of(letter: str) -> str:
    """Return what a letter sorts by among letters."""
    return _PLACE.get(letter, _END_OF_WORD)


def _known(letter: str) -> str:
    """Return a letter as the alphabet has it: without marks that make no letter of their own."""
    if letter in _PLACE or letter == " ":
        return letter
    bare = "".join(one for one in unicodedata.normalize("NFD", letter) if not unicodedata.combining(one))
    return bare if bare in _PLACE else "" if letter.isalnum() else " " if letter in "-–/" else ""

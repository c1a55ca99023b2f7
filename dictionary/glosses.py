"""Meanings taken apart into the words that one looks up. Pure."""

import re

_IN_BRACKETS = re.compile(r"\([^)]*\)")
_BEFORE_THE_WORD = re.compile(r"^(?:a|an|the|to)\s+(?=\S)")
_MARKS = " !?.,;:…\"„“”'«»"


def split_gloss(text: str) -> list[str]:
    """Return the single meanings of a gloss without what stands in brackets.

    >>> split_gloss("roms; vīrs (romu)")
    ['roms', 'vīrs']
    """
    without = _IN_BRACKETS.sub("", text)
    return [part.strip() for part in re.split(r"[;,]", without) if part.strip()]


def headword_of(meaning: str, language: str) -> str:
    """Return the word under which a meaning stands in a list.

    >>> headword_of("the whole", "en"), headword_of("paldies!", "lv"), headword_of("a", "en")
    ('whole', 'paldies', 'a')
    """
    bare = meaning.strip(_MARKS)
    return _BEFORE_THE_WORD.sub("", bare) if language == "en" else bare

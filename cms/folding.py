"""One spelling for finding: letters without their marks, case and rare forms. Pure.

SQLite's full-text search ignores diacritics and PostgreSQL's does not, and nobody types `ļ` on a
phone. So what is searched and what is typed both pass through `fold`, and both databases agree.
"""

import unicodedata

# Letters that Unicode does not take apart into a base and a mark.
WHOLE = str.maketrans({"ʒ": "z", "ł": "l", "ı": "i", "ø": "o", "đ": "d", "ħ": "h", "ǝ": "e", "ə": "e"})


def fold(text: str) -> str:
    """Return `text` in lower case, without diacritics, with every run of blanks as one.

    Folding twice gives the same as folding once.
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(bare.casefold().translate(WHOLE).split())

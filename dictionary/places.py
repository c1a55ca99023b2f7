"""The place in a source, said in the reader's language. Pure: the stored text in, the same text in words out.

Places are stored as they were noted, in English. The few expressions that nearly all of them are made
of are said in the language of the page; whatever else an author wrote stays as it is.
"""

import re

from django.utils.translation import gettext as _


def place_in_words(place: str) -> str:
    """Return the place with its fixed expressions in the active language; quoted forms are not touched."""
    parts = re.split(r"(«[^»]*»)", place)
    return "".join(part if part.startswith("«") else _reword(part) for part in parts)


def _reword(text: str) -> str:
    for english, words in _expressions():
        # Words of a translation are no pattern: a backslash in them means itself.
        text = re.sub(rf"(?<!\w){re.escape(english)}", words.replace("\\", r"\\"), text)
    return text


def _expressions() -> list[tuple[str, str]]:
    """Return (as noted, as said), the longer ones first."""
    return [
        ("ROMLEX roml (Latvian Romani)", _("ROMLEX, Latvian Romani")),
        ("ROMLEX roml", _("ROMLEX, Latvian Romani")),
        ("ROMLEX romt", _("ROMLEX, Lithuanian Romani")),
        ("ROMLEX romr", _("ROMLEX, North Russian Romani")),
        ("variants as headwords:", _("variants as headwords:")),
        ("variant as headword", _("variant as headword")),
        ("quoted in the entry", _("quoted in the entry")),
        ("not found for Latvian Romani as a phrase", _("not found for Latvian Romani as a phrase")),
        ("no roml headword found", _("no headword found for Latvian Romani")),
        ("roml headword is", _("the headword for Latvian Romani is")),
        ("headword", _("headword")),
        ("no.", _("no.")),
    ]

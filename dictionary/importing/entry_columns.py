"""The columns of words and phrases: what authors read about each, and which field of an entry holds it."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from ..models import Entry
from .tables import Column

HELP = {
    "id": gettext_lazy("The entry's code. Leave it empty in a new row: the site gives one."),
    "romani": gettext_lazy("The word or phrase as the course writes it."),
    "variants": gettext_lazy("Other forms, divided by semicolons; in brackets their variety if it is another one."),
    "pos": gettext_lazy("Part of speech: noun, verb, adjective …"),
    "gender": gettext_lazy("Grammatical gender: m, f, pl, m pl, f pl."),
    "english": gettext_lazy("Meaning in English."),
    "latvian": gettext_lazy("Meaning in Latvian. Synonyms by comma, different meanings by semicolon."),
    "theme": gettext_lazy("Key or name of a theme that is in the dictionary."),
    "variety": gettext_lazy("Code or name of a variety."),
    "source": gettext_lazy("Key or short name of a source that is in the dictionary."),
    "source_ref": gettext_lazy("Page, headword or number in the source."),
    "confidence": gettext_lazy("high, medium or low. Left empty in a new row: medium."),
    "review_state": gettext_lazy("unreviewed or reviewed. Only native reviewers and administrators bring in reviewed."),
    "reviewed_on": gettext_lazy("The day of the review, such as 2027-05-28."),
    "note": gettext_lazy("Shown to learners on the entry page."),
    "romlex_form": gettext_lazy("Spelling in the source."),
    "situation": gettext_lazy("Where the phrase is said."),
    "words": gettext_lazy("Codes of the phrase's words, divided by blanks. Empty in a new row: they are looked up."),
}  # fmt: skip
FIELDS = {
    "romani": "text",
    "pos": "part_of_speech",
    "gender": "gender",
    "romlex_form": "source_form",
    "situation": "situation",
    "source_ref": "source_ref",
    "confidence": "confidence",
    "review_state": "review_state",
    "note": "note",
}
CHOICES = {
    "pos": Entry.PARTS_OF_SPEECH,
    "gender": Entry.GENDERS,
    "confidence": Entry.CONFIDENCE,
    "review_state": Entry.REVIEW_STATES,
}
NEVER_EMPTY = ("romani", "theme", "variety", "confidence", "review_state")
SIGNED = ("romani", "latvian", "english", "variety")
"""What a native reviewer signs of an entry."""
LONGEST = {"latvian": 255, "english": 255} | {
    column: Entry._meta.get_field(field).max_length or 5000 for column, field in FIELDS.items()
}


def columns_named(names: Sequence[str]) -> list[Column]:
    """Return the columns of a table of entries."""
    return [Column(name, HELP[name], is_needed=name in ("id", "romani")) for name in names]

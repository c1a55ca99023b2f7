"""An entry as one row of a table: how its meanings, variants and words are written in a cell, and read from it.

The course files and the tables of the CMS write the same cells, so that a row can go from the one to the other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from .models import Entry, Variant

WORD_COLUMNS = [
    "id", "romani", "variants", "pos", "gender", "english", "latvian", "theme", "variety", "source", "source_ref",
    "confidence", "review_state", "reviewed_on", "note",
]  # fmt: skip
PHRASE_COLUMNS = [
    "id", "romani", "romlex_form", "english", "latvian", "situation", "theme", "words", "variety", "source",
    "source_ref", "confidence", "review_state", "reviewed_on", "note",
]  # fmt: skip


@dataclass(frozen=True)
class VariantCell:
    """One variant as a cell says it; `variety` is a code, empty where it is the entry's own."""

    form: str
    variety: str = ""
    origin: str = ""
    told_on: date | None = None


def gloss(entry: Entry, language: str) -> str:
    """Return an entry's meaning in exactly this language; nothing if it has none."""
    return next((one.text for one in entry.glosses.all() if one.language == language), "")


def split_cell(text: str) -> list[str]:
    """Return what stands between the semicolons of a cell."""
    return [part.strip() for part in text.split(";") if part.strip()]


def variants_cell(variants: Iterable[Variant]) -> str:
    """Return variants as one cell: `form [variety, native_reviewer, 2027-05-28]`, each fact where it is known."""
    return "; ".join(_variant_text(one) for one in variants)


def _variant_text(variant: Variant) -> str:
    facts = [variant.variety.code] if variant.variety else []
    if variant.is_told and variant.told_on:
        facts += [variant.origin, variant.told_on.isoformat()]
    return f"{variant.form} [{', '.join(facts)}]" if facts else variant.form


def read_variant(text: str) -> VariantCell:
    """Return the variant that a part of a cell says. Raises ValueError where the day of a reviewer's is missing."""
    form, _, inside = text.rstrip("]").partition(" [")
    facts = [fact.strip() for fact in inside.split(",") if fact.strip()]
    origin, told_on = "", None
    if Variant.NATIVE_REVIEWER in facts:
        place = facts.index(Variant.NATIVE_REVIEWER)
        try:
            origin, told_on = facts[place], date.fromisoformat(facts[place + 1])
        except (IndexError, ValueError):
            raise ValueError(text) from None
        del facts[place : place + 2]
    return VariantCell(form.strip(), facts[0] if facts else "", origin, told_on)


def entry_row(entry: Entry, words: Iterable[str] = ()) -> dict[str, str]:
    """Return an entry as the row of its table; `words` are the codes of a phrase's words, in their order.

    Needs variety, theme, source, glosses and variants with their variety.
    """
    row = {
        "id": entry.code,
        "romani": entry.text,
        "english": gloss(entry, "en"),
        "latvian": gloss(entry, "lv"),
        "theme": entry.theme.key,
        "variety": entry.variety.code,
        "source": entry.source.key if entry.source else "",
        "source_ref": entry.source_ref,
        "confidence": entry.confidence,
        "review_state": entry.review_state,
        "reviewed_on": entry.reviewed_on.isoformat() if entry.reviewed_on else "",
        "note": entry.note,
        "variants": variants_cell(entry.variants.all()),
    }
    if entry.kind == Entry.PHRASE:
        return row | {
            "romlex_form": entry.source_form,
            "situation": entry.situation,
            "words": " ".join(words),
        }
    return row | {"pos": entry.part_of_speech, "gender": entry.gender}


def ordered(row: Mapping[str, str], columns: Iterable[str]) -> dict[str, str]:
    """Return the row's cells in the order of the columns."""
    return {column: row.get(column, "") for column in columns}

"""Grammatical features of a form, said in words. Pure: tags in, words of the active language out."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

WORD_CLASSES = {"N", "ADJ", "ADV", "PRO", "NUM", "ADP", "INTJ", "V"}
"""Said by the entry already; shown only where a form has no other feature."""

CITATION = WORD_CLASSES | {"NOM", "SG", "PRS", "3", "LONG"}
"""Features of the form under which a dictionary lists a word."""


def is_citation(features: str) -> bool:
    """Say whether a form says the same as its headword: a variant of it, not another case, number or gender."""
    tags = {tag.strip() for tag in features.split(";") if tag.strip()}
    return "VAR" in tags or (bool(tags) and tags <= CITATION)


def describe(features: str) -> str:
    """Return features such as `N;GEN;SG;AGR=MASC` in words, separated by commas.

    A tag that is not known here stays as it is: nothing that a source says is dropped.
    """
    tags = [tag.strip() for tag in features.split(";") if tag.strip()]
    names = _names()
    shown = [tag for tag in tags if tag not in WORD_CLASSES] or tags
    return ", ".join(names.get(tag, tag) for tag in shown)


def _names() -> dict[str, str]:
    return {
        "N": _("noun"),
        "ADJ": _("adjective"),
        "ADV": _("adverb"),
        "PRO": _("pronoun"),
        "NUM": _("numeral"),
        "ADP": _("preposition"),
        "INTJ": _("interjection"),
        "V": _("verb"),
        "V.PTCP": pgettext("grammar", "participle"),
        "V.CVB": pgettext("grammar", "converb"),
        "NOM": pgettext("grammar", "nominative"),
        "GEN": pgettext("grammar", "genitive"),
        "DAT": pgettext("grammar", "dative"),
        "ACC": pgettext("grammar", "accusative"),
        "INS": pgettext("grammar", "instrumental"),
        "LOC": pgettext("grammar", "locative"),
        "ABL": pgettext("grammar", "ablative"),
        "OBL": pgettext("grammar", "oblique case"),
        "SG": pgettext("grammar", "singular"),
        "PL": pgettext("grammar", "plural"),
        "PL/OBL": pgettext("grammar", "plural or oblique case"),
        "MASC": pgettext("grammar", "masculine"),
        "FEM": pgettext("grammar", "feminine"),
        "1": pgettext("grammar", "first person"),
        "2": pgettext("grammar", "second person"),
        "3": pgettext("grammar", "third person"),
        "PRS": pgettext("grammar", "present"),
        "PST": pgettext("grammar", "past"),
        "FUT": pgettext("grammar", "future"),
        "IMP": pgettext("grammar", "imperative"),
        "CMPR": pgettext("grammar", "comparative"),
        "SPRL": pgettext("grammar", "superlative"),
        "DEM": pgettext("grammar", "demonstrative"),
        "REFL": pgettext("grammar", "reflexive"),
        "POSS": pgettext("grammar", "possessive"),
        "LONG": pgettext("grammar", "long form"),
        "VAR": pgettext("grammar", "variant"),
        "AGR=MASC": pgettext("grammar", "with a masculine word"),
        "AGR=FEM": pgettext("grammar", "with a feminine word"),
        "AGR=PL": pgettext("grammar", "with a word in the plural"),
        "AGR=PL/OBL": pgettext("grammar", "with a word in the plural or in an oblique case"),
        "ART=MASC": pgettext("grammar", "with the masculine article"),
        "ART=FEM": pgettext("grammar", "with the feminine article"),
    }

"""Type: write what you hear, translate into Romani, or say what a word means."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail import blocks

from dictionary.blocks import EntryChooserBlock

from ..grading import Expected, grade_text
from ..meanings import grade_meaning, synonyms
from .answers import (
    asked_of,
    clean_forms,
    clean_hints,
    counts_field,
    forms_field,
    hints_field,
    kept_options,
    known_wrong_field,
    shown_options,
)
from .base import Definition, ExerciseBlock, ExerciseType, can_be_heard, in_language, need, need_text

MODES = [
    ("dictation", gettext_lazy("Write what you hear")),
    ("translate", gettext_lazy("Translate into Romani")),
    ("meaning", gettext_lazy("Translate into Latvian")),
]
LONGEST_ANSWER = 500


class TypeBlock(ExerciseBlock):
    item = EntryChooserBlock(label=gettext_lazy("Word or phrase"))
    mode = blocks.ChoiceBlock(choices=MODES, default="dictation", label=gettext_lazy("How it is asked"))
    counts = counts_field()
    any_order = blocks.BooleanBlock(label=gettext_lazy("The words may stand in any order"), required=False)
    accept = forms_field(
        gettext_lazy("Also right here"),
        gettext_lazy("Variants and attested forms of the dictionary count anyway."),
    )
    exclude = forms_field(gettext_lazy("Not right here"))
    known_wrong = known_wrong_field()
    hints = hints_field()

    class Meta:
        label = pgettext_lazy("exercise", "Type")
        icon = "edit"

    def check_whole(self, cleaned: Any) -> Any:
        item = cleaned["item"]
        errors = clean_forms(cleaned, _right_forms(item, cleaned["mode"])) | clean_hints(cleaned)
        if cleaned["mode"] == "dictation" and not can_be_heard(item):
            errors["mode"] = ValidationError(_("“%(word)s” has no recording to hear yet.") % {"word": item.text})
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned


def _right_forms(item: Any, mode: str) -> list[str]:
    """Return what is right whatever the author says: the course's form, or each synonym of the meaning."""
    if mode != "meaning":
        return [item.text]
    return [one.text for gloss in item.glosses.all() for one in synonyms(gloss.text, gloss.language)]


class Type(ExerciseType):
    name = "type"
    block = TypeBlock

    def entries(self, value):
        return [value["item"]] if value.get("item") else []

    def define(self, value, words):
        item = words[value["item"]]
        # A word that has lost its recording cannot be dictated.
        mode = "translate" if value["mode"] == "dictation" and not item["audio"] else value["mode"]
        found = {"item": item, "mode": mode, **kept_options(value)}
        return found if mode == "meaning" else found | {"others": {}, "accepted": []}

    def texts(self, definition):
        return () if definition["mode"] == "meaning" else [one.form for one in expected_of(definition)]

    def payload(self, definition, language, seed):
        return self._asked(definition, language) | shown_options(definition, language)

    def _asked(self, definition, language):
        item, mode = definition["item"], definition["mode"]
        if mode == "dictation":
            return {"question": _("Write what you hear"), "audio": item["audio"], "lang": "rml"}
        if mode == "meaning":
            return {
                "question": _("Write what it means"),
                "romani": item["text"],
                "audio": item["audio"],
                "lang": language,
            }
        meaning = in_language(item["meaning"], language)
        return {"question": _("Write in Romani: “%(meaning)s”") % {"meaning": meaning}, "audio": None, "lang": "rml"}

    def silent(self, definition):
        return {**definition, "mode": "translate"} if definition["mode"] == "dictation" else None

    def read(self, answer):
        return need_text(need(answer, "text", str), "text", LONGEST_ANSWER)

    def grade(self, definition, content):
        asked = asked_of(definition)
        if definition["mode"] == "meaning":
            return grade_meaning(content, definition["item"]["meaning"], definition.get("accept", ()), asked)
        return grade_text(content, expected_of(definition), definition["others"], asked)

    def form_answer(self, data):
        return {"text": data.get("text", "")}

    def said(self, definition, content, language):
        return content["text"], language if definition["mode"] == "meaning" else "rml"

    def answer_from_line(self, definition, line):
        return {"text": line}

    def solution(self, definition):
        item = definition["item"]
        return {"romani": item["text"], "meaning": item["meaning"], "audio": item["audio"]}


def expected_of(definition: Definition) -> list[Expected]:
    """Return the forms that count: the course's, the dictionary's others, the author's."""
    item = definition["item"]
    others = [*item["variants"], *definition.get("accepted", ())]
    others += [{"form": form, "variety": ""} for form in definition.get("accept", ())]
    return [
        Expected(item["text"], item["variety"]),
        *(Expected(one["form"], one["variety"], is_headword=False) for one in others),
    ]


TYPE = Type()

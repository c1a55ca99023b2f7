"""Type: write what you hear, or translate into Romani."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail import blocks

from dictionary.blocks import EntryChooserBlock

from ..grading import Expected, grade_text
from .base import ExerciseType, in_language, need, need_text

MODES = [("dictation", gettext_lazy("Write what you hear")), ("translate", gettext_lazy("Translate into Romani"))]
LONGEST_ANSWER = 500


class TypeBlock(blocks.StructBlock):
    item = EntryChooserBlock(label=gettext_lazy("Word or phrase"))
    mode = blocks.ChoiceBlock(choices=MODES, default="dictation", label=gettext_lazy("How it is asked"))

    class Meta:
        label = pgettext_lazy("exercise", "Type")
        icon = "edit"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["mode"] == "dictation" and cleaned["item"].recording_id is None:
            error = ValidationError(_("“%(word)s” has no recording to hear yet.") % {"word": cleaned["item"].text})
            raise blocks.StructBlockValidationError(block_errors={"mode": error})
        return cleaned


class Type(ExerciseType):
    name = "type"
    block = TypeBlock

    def entries(self, value):
        return [value["item"]] if value.get("item") else []

    def define(self, value, words):
        item = words[value["item"]]
        # A word that has lost its recording cannot be dictated.
        return {"item": item, "mode": value["mode"] if item["audio"] else "translate", "others": {}}

    def texts(self, definition):
        item = definition["item"]
        return [item["text"], *(variant["form"] for variant in item["variants"])]

    def payload(self, definition, language, seed):
        meaning = in_language(definition["item"]["meaning"], language)
        if definition["mode"] == "dictation":
            return {"question": _("Write what you hear"), "audio": definition["item"]["audio"], "lang": "rml"}
        return {"question": _("Write in Romani: “%(meaning)s”") % {"meaning": meaning}, "audio": None, "lang": "rml"}

    def silent(self, definition):
        return {**definition, "mode": "translate"} if definition["mode"] == "dictation" else None

    def read(self, answer):
        return need_text(need(answer, "text", str), "text", LONGEST_ANSWER)

    def grade(self, definition, content):
        item = definition["item"]
        expected = [Expected(item["text"], item["variety"])]
        expected += [Expected(variant["form"], variant["variety"], is_headword=False) for variant in item["variants"]]
        return grade_text(content, expected, definition["others"])

    def form_answer(self, data):
        return {"text": data.get("text", "")}

    def said(self, definition, content, language):
        return content["text"], "rml"

    def answer_from_line(self, definition, line):
        return {"text": line}

    def solution(self, definition):
        item = definition["item"]
        return {"romani": item["text"], "meaning": item["meaning"], "audio": item["audio"]}


TYPE = Type()

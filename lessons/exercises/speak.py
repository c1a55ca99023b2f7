"""Speak: hear a word or phrase, say it, compare the two and judge yourself. The recording never leaves the device."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail import blocks

from dictionary.blocks import EntryChooserBlock

from ..grading import Grade
from .base import ExerciseBlock, ExerciseType, can_be_heard, in_language, need, need_text

CLOSE, AGAIN = "close", "again"
LIMIT_SECONDS = 15


class SpeakBlock(ExerciseBlock):
    item = EntryChooserBlock(
        label=gettext_lazy("Word or phrase"),
        help_text=gettext_lazy("It needs a recording: the learner compares their own voice with it."),
    )
    tip_lv = blocks.CharBlock(
        label=gettext_lazy("What to listen for, in Latvian"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("One sentence, such as which sound is not there in Latvian."),
    )
    tip_en = blocks.CharBlock(label=gettext_lazy("What to listen for, in English"), required=False, max_length=200)

    class Meta:
        label = pgettext_lazy("exercise", "Speak")
        icon = "media"

    def check_whole(self, cleaned: Any) -> Any:
        if not can_be_heard(cleaned["item"]):
            error = ValidationError(_("“%(word)s” has no recording to hear yet.") % {"word": cleaned["item"].text})
            raise blocks.StructBlockValidationError(block_errors={"item": error})
        return cleaned


class Speak(ExerciseType):
    name = "speak"
    block = SpeakBlock
    is_self_judged = True
    is_fetched = True
    empty_text = gettext_lazy("Say it aloud, then choose how it sounded.")

    def entries(self, value):
        return [value["item"]] if value.get("item") else []

    def define(self, value, words):
        tip = {"lv": value.get("tip_lv") or "", "en": value.get("tip_en") or ""}
        return {"item": words[value["item"]], "tip": tip}

    def payload(self, definition, language, seed):
        item = definition["item"]
        return {
            # A word that has lost its recording is read aloud.
            "question": _("Listen and say it aloud") if item["audio"] else _("Read it and say it aloud"),
            "romani": item["text"],
            "meaning": in_language(item["meaning"], language),
            "audio": item["audio"],
            "tip": in_language(definition["tip"], language),
            "limit_seconds": LIMIT_SECONDS,
            "options": [
                {"id": CLOSE, "text": _("It sounds alike"), "lang": language},
                {"id": AGAIN, "text": _("I need more practice"), "lang": language},
            ],
        }

    def read(self, answer):
        judged = need_text(need(answer, "judged", str), "judged", 20)
        if judged not in (CLOSE, AGAIN):
            raise ValidationError({"answer.judged": _("Say “close” or “again”.")})
        return judged

    def grade(self, definition, content):
        is_close = content == CLOSE
        return Grade("exact" if is_close else "wrong", float(is_close), {"judged": content})

    def told(self, definition, grade, language):
        if grade["facts"].get("judged") == CLOSE:
            return {"title": _("It sounds alike")}
        return {"title": _("Practise it once more")}

    def form_answer(self, data):
        return {"judged": data.get("judged", "")}

    def said(self, definition, content, language):
        said = {CLOSE: _("It sounds alike"), AGAIN: _("I need more practice")}
        return said.get(content["judged"], ""), language

    def solution(self, definition):
        item = definition["item"]
        return {"romani": item["text"], "meaning": item["meaning"], "audio": item["audio"]}


TYPE = Speak()

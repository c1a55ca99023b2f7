"""Order: put the words of an attested phrase into their order."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from dictionary.blocks import EntryChooserBlock

from ..grading import grade_order
from .base import ExerciseType, in_language, need, need_texts, plain_list, shuffled, token


class OrderBlock(blocks.StructBlock):
    item = EntryChooserBlock(label=gettext_lazy("Phrase"))
    parts = blocks.ListBlock(
        blocks.CharBlock(label=gettext_lazy("Part"), max_length=60),
        label=gettext_lazy("Parts in the right order"),
        default=[],
        help_text=gettext_lazy("Left empty, the phrase is cut at its blanks."),
    )

    class Meta:
        label = gettext_lazy("Order")
        icon = "order"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        parts, phrase = list(cleaned["parts"]), cleaned["item"].text
        if parts and " ".join(parts) != phrase:
            error = ValidationError(_("The parts must add up to the phrase “%(phrase)s”.") % {"phrase": phrase})
            raise blocks.StructBlockValidationError(block_errors={"parts": error})
        if len(parts or phrase.split()) < 2:
            error = ValidationError(_("A phrase to put in order needs at least two parts."))
            raise blocks.StructBlockValidationError(block_errors={"item": error})
        return cleaned


class Order(ExerciseType):
    name = "order"
    block = OrderBlock
    empty_text = gettext_lazy("Put every part into its place or choose “I don't know”.")

    def entries(self, value):
        return [value["item"]] if value.get("item") else []

    def define(self, value, words):
        item = words[value["item"]]
        texts = plain_list(value.get("parts")) or item["text"].split()
        parts = [{"id": token(str(place), text, item["code"]), "text": text} for place, text in enumerate(texts)]
        return {"item": item, "parts": parts}

    def payload(self, definition, language, seed):
        parts = definition["parts"]
        mixed = shuffled(parts, seed)
        if len({part["text"] for part in parts}) > 1 and [p["text"] for p in mixed] == [p["text"] for p in parts]:
            mixed = mixed[1:] + mixed[:1]  # an exercise that is solved already is none
        meaning = in_language(definition["item"]["meaning"], language)
        return {
            "question": _("Put the words in order: “%(meaning)s”") % {"meaning": meaning},
            "audio": None,
            "parts": [{"id": part["id"], "text": part["text"], "lang": "rml"} for part in mixed],
        }

    def read(self, answer):
        return need_texts(need(answer, "order", list), "order", 40)

    def grade(self, definition, content):
        texts = {part["id"]: part["text"] for part in definition["parts"]}
        if set(content) - set(texts) or len(set(content)) != len(content):
            raise ValidationError({"answer.order": _("Use each part of the question once.")})
        return grade_order([texts[one] for one in content], [[part["text"] for part in definition["parts"]]])

    def form_answer(self, data):
        places = [
            (int(value), name.removeprefix("place-"))
            for name, value in data.items()
            if name.startswith("place-") and value.isdecimal() and len(value) < 4
        ]
        return {"order": [name for _place, name in sorted(places, key=lambda pair: pair[0])]}

    def missing(self, definition, answer):
        return "" if len(answer["order"]) == len(definition["parts"]) else str(self.empty_text)

    def said(self, definition, content, language):
        texts = {part["id"]: part["text"] for part in definition["parts"]}
        return " ".join(texts[one] for one in content["order"]), "rml"

    def solution(self, definition):
        item = definition["item"]
        return {"romani": item["text"], "meaning": item["meaning"], "audio": item["audio"]}


TYPE = Order()

"""Order: put the words of an attested phrase into their order."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from dictionary.blocks import EntryChooserBlock

from ..grading import grade_order
from .base import Definition, ExerciseBlock, ExerciseType, in_language, need, need_texts, plain_list, shuffled, token


class OrderBlock(ExerciseBlock):
    item = EntryChooserBlock(label=gettext_lazy("Phrase"))
    parts = blocks.ListBlock(
        blocks.CharBlock(label=gettext_lazy("Part"), max_length=60),
        label=gettext_lazy("Parts in the right order"),
        default=[],
        help_text=gettext_lazy("Left empty, the phrase is cut at its blanks."),
    )
    orders = blocks.ListBlock(
        blocks.CharBlock(label=gettext_lazy("Whole phrase"), max_length=250),
        label=gettext_lazy("Other orders that are right as well"),
        default=[],
        max_num=10,
        help_text=gettext_lazy("The same parts in another order that a source or a native speaker vouches for."),
    )

    class Meta:
        label = gettext_lazy("Order")
        icon = "order"

    def check_whole(self, cleaned: Any) -> Any:
        parts, phrase = list(cleaned["parts"]), cleaned["item"].text
        if parts and " ".join(parts) != phrase:
            error = ValidationError(_("The parts must add up to the phrase “%(phrase)s”.") % {"phrase": phrase})
            raise blocks.StructBlockValidationError(block_errors={"parts": error})
        if len(parts or phrase.split()) < 2:
            error = ValidationError(_("A phrase to put in order needs at least two parts."))
            raise blocks.StructBlockValidationError(block_errors={"item": error})
        for other in cleaned["orders"]:
            if message := _not_an_order(other, parts or phrase.split()):
                raise blocks.StructBlockValidationError(block_errors={"orders": ValidationError(message)})
        return cleaned


def _not_an_order(text: str, parts: list[str]) -> str:
    """Say why a phrase is no other order of the parts."""
    found = cut(text, parts)
    if found is None:
        return _("“%(phrase)s” is not made of the same parts.") % {"phrase": text}
    return _("“%(phrase)s” is the order that is right already.") % {"phrase": text} if found == parts else ""


def cut(text: str, parts: list[str]) -> list[str] | None:
    """Return the parts in the order in which they make up the text, or None if they do not.

    Longer parts are tried first: “lačho dīs” before “lačho”.
    """
    rest = " ".join(text.split())
    if not parts:
        return [] if not rest else None
    for part in sorted(set(parts), key=lambda one: (-len(one), one)):
        if f"{rest} ".startswith(f"{part} "):
            left = list(parts)
            left.remove(part)
            found = cut(rest[len(part) :], left)
            if found is not None:
                return [part, *found]
    return None


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
        others = [found for text in plain_list(value.get("orders")) if (found := cut(text, texts))]
        return {"item": item, "parts": parts} | ({"orders": others} if others else {})

    def payload(self, definition, language, seed):
        parts = definition["parts"]
        mixed = shuffled(parts, seed)
        right = _right_orders(definition)
        for _turn in parts:
            if [part["text"] for part in mixed] not in right:
                break
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
        return grade_order([texts[one] for one in content], _right_orders(definition))

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


def _right_orders(definition: Definition) -> list[list[str]]:
    return [[part["text"] for part in definition["parts"]], *definition.get("orders", [])]


TYPE = Order()

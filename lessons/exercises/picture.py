"""Picture: hear or read a word and tap its place in a picture. A list of the places says the same in words."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from dictionary.blocks import EntryChooserBlock
from dictionary.spelling import plain

from ..grading import Grade
from ..parts import closed, rom
from ..pictures import shown_picture
from .base import (
    Definition,
    ExerciseBlock,
    ExerciseType,
    can_be_heard,
    in_language,
    need,
    need_text,
    plain_list,
    shuffled,
    token,
)

MODES = [("listen", gettext_lazy("Hear it, find it")), ("read", gettext_lazy("See and hear it, find it"))]
SIDES = ("x", "y", "width", "height")
MOST_AREAS = 12
SMALLEST = 8
"""Per cent of the picture: less, and a finger on a phone misses it."""


def _per_cent(label: Any, smallest: int = 0, **kwargs: Any) -> blocks.IntegerBlock:
    return blocks.IntegerBlock(label=label, min_value=smallest, max_value=100, **kwargs)


class AreaBlock(ExerciseBlock):
    """A rectangle on the picture, in per cent of its width and height."""

    text_lv = blocks.CharBlock(
        label=gettext_lazy("What is there, in Latvian"),
        max_length=120,
        help_text=gettext_lazy("For those who cannot see the picture. It must not name the Romani word."),
    )
    text_en = blocks.CharBlock(label=gettext_lazy("What is there, in English"), max_length=120, required=False)
    x = _per_cent(gettext_lazy("From the left, %"), default=10)
    y = _per_cent(gettext_lazy("From the top, %"), default=10)
    width = _per_cent(gettext_lazy("Width, %"), SMALLEST, default=20)
    height = _per_cent(gettext_lazy("Height, %"), SMALLEST, default=20)
    is_right = blocks.BooleanBlock(label=gettext_lazy("This is the right place"), required=False)

    class Meta:
        label = pgettext_lazy("picture", "Place")
        icon = "crosshairs"
        form_classname = "struct-block picture-area"

    def check_whole(self, cleaned: Any) -> Any:
        errors = {
            size: ValidationError(_("The place must end inside the picture: at most %(most)d.") % {"most": 100 - at})
            for at, size in ((cleaned["x"], "width"), (cleaned["y"], "height"))
            if at + cleaned[size] > 100
        }
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned


class PictureBlock(ExerciseBlock):
    image = ImageChooserBlock(
        label=gettext_lazy("Image"),
        help_text=gettext_lazy("You draw the places on it below."),
    )
    item = EntryChooserBlock(label=gettext_lazy("Word or phrase to find"))
    mode = blocks.ChoiceBlock(choices=MODES, default="listen", label=gettext_lazy("How it is asked"))
    description_en = blocks.CharBlock(
        label=gettext_lazy("What the picture shows, in English"),
        required=False,
        max_length=255,
        help_text=gettext_lazy("In Latvian it is the picture's own description."),
    )
    areas = blocks.ListBlock(AreaBlock(), label=gettext_lazy("Places in the picture"), min_num=2, max_num=MOST_AREAS)

    class Meta:
        label = pgettext_lazy("exercise", "Picture")
        icon = "image"

    def check_whole(self, cleaned: Any) -> Any:
        item, areas = cleaned["item"], list(cleaned["areas"])
        errors: dict[str, Any] = {}
        if cleaned["mode"] == "listen" and not can_be_heard(item):
            errors["mode"] = ValidationError(_("“%(word)s” has no recording to hear yet.") % {"word": item.text})
        if not item.is_taught_variety:
            message = _("“%(word)s” belongs to a neighbouring variety: it may be shown, not asked for.")
            errors["item"] = ValidationError(message % {"word": item.text})
        if message := _complaint(areas):
            errors["areas"] = ValidationError(message)
        elif naming := {place: error for place, area in enumerate(areas) if (error := _naming(area, item.text))}:
            errors["areas"] = blocks.list_block.ListBlockValidationError(block_errors=naming)
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned


def _complaint(areas: list[Any]) -> str:
    """Say why these places cannot be chosen between; nothing if they can."""
    right = [area for area in areas if area["is_right"]]
    if not right:
        return _("Mark at least one place as right.")
    if len(right) == len(areas):
        return _("At least one place must be wrong.")
    if len({tuple(area[side] for side in SIDES) for area in areas}) < len(areas):
        return _("Two places cover each other.")
    if len({area["text_lv"].casefold() for area in areas}) < len(areas):
        return _("Two places are described alike.")
    return ""


def _naming(area: Any, word: str) -> blocks.StructBlockValidationError | None:
    """Return the error of a description that gives the Romani word away."""
    errors = {
        field: ValidationError(_("The description must not name the Romani word."))
        for field in ("text_lv", "text_en")
        if f" {plain(word)} " in f" {plain(area[field] or '')} "
    }
    return blocks.StructBlockValidationError(block_errors=errors) if errors else None


class PictureType(ExerciseType):
    name = "picture"
    block = PictureBlock
    is_fetched = True
    empty_text = gettext_lazy("Choose a place in the picture, or “I don't know”.")

    def entries(self, value):
        return [value["item"]] if value.get("item") else []

    def images(self, value):
        return [value["image"]] if value.get("image") else []

    def define(self, value, words):
        item, image = words[value["item"]], words.picture(value.get("image"), "large")
        if image is None:
            raise LookupError("The picture is gone.")
        areas = [_area(one) for one in plain_list(value.get("areas"))]
        return {
            "item": item,
            # A word that has lost its recording is read instead of heard.
            "mode": value["mode"] if item["audio"] else "read",
            "image": image,
            "description_en": value.get("description_en") or "",
            "areas": sorted(areas, key=lambda area: -area["width"] * area["height"]),
        }

    def silent(self, definition):
        return {**definition, "mode": "read"} if definition["mode"] == "listen" else None

    def payload(self, definition, language, seed):
        item, is_heard = definition["item"], definition["mode"] == "listen"
        shown = [_shown(area, language) for area in definition["areas"]]
        return {
            "question": _("Listen and find it in the picture") if is_heard else _("Find it in the picture"),
            "romani": "" if is_heard else item["text"],
            "audio": item["audio"],
            "image": shown_picture(definition["image"], definition["description_en"] if language == "en" else ""),
            # In the picture the smaller lies over the larger; the list has an order of its own.
            "areas": shown,
            "options": shuffled([{"id": one["id"], "text": one["text"]} for one in shown], seed),
        }

    def read(self, answer):
        return need_text(need(answer, "area", str), "area", 40)

    def grade(self, definition, content) -> Grade:
        right = {area["id"]: area["right"] for area in definition["areas"]}
        if content not in right:
            raise ValidationError({"answer.area": _("This option is not one of the question's.")})
        return Grade("exact" if right[content] else "wrong", float(right[content]), {"area": content})

    def told(self, definition, grade, language):
        item, picked = definition["item"], grade["facts"].get("area")
        message = [rom(item["text"]), {"text": f" – {closed(in_language(item['meaning'], language))}"}]
        if grade["score"] == 0:
            right = ", ".join(in_language(a["text"], language) for a in definition["areas"] if a["right"])
            message.append({"text": " " + _("The right place: %(place)s.") % {"place": right}})
            if picked:
                message.append(
                    {"text": " " + _("You chose: %(place)s.") % {"place": _name(definition, picked, language)}}
                )
        return {"message": message}

    def form_answer(self, data):
        return {"area": data.get("area", "")}

    def said(self, definition, content, language):
        return _name(definition, content["area"], language), language

    def solution(self, definition):
        item = definition["item"]
        right = [area["text"] for area in definition["areas"] if area["right"]]
        return {"romani": item["text"], "meaning": item["meaning"], "audio": item["audio"], "all": right}


def _area(value: Any) -> Definition:
    sides = {side: value[side] for side in SIDES}
    return {
        "id": token(*map(str, sides.values()), value["text_lv"]),
        "text": {"lv": value["text_lv"], "en": value.get("text_en") or ""},
        "right": bool(value.get("is_right")),
        **sides,
    }


def _shown(area: Definition, language: str) -> dict[str, Any]:
    return {"id": area["id"], "text": in_language(area["text"], language), **{side: area[side] for side in SIDES}}


def _name(definition: Definition, area_id: str, language: str) -> str:
    return next((in_language(area["text"], language) for area in definition["areas"] if area["id"] == area_id), "")


TYPE = PictureType()

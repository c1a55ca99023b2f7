"""Choice: hear, see or read a word and pick its meaning, or the other way round, or the author's own question."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from dictionary.blocks import EntryChooserBlock

from ..grading import Grade, grade_choice
from ..pictures import shown_picture
from .base import (
    Definition,
    ExerciseBlock,
    ExerciseType,
    Words,
    can_be_heard,
    in_language,
    need,
    need_texts,
    plain_list,
    shuffled,
    token,
)

MODES = [
    ("listen", gettext_lazy("Hear it, pick the meaning")),
    ("meaning", gettext_lazy("See and hear it, pick the meaning")),
    ("form", gettext_lazy("See the meaning, pick the Romani")),
    ("picture", gettext_lazy("See a picture, pick the Romani")),
]
ROMANI = ("form", "picture")
"""Ways of asking for the Romani."""
OPTIONS = [
    ("", gettext_lazy("to read")),
    ("picture", gettext_lazy("pictures: each word's own")),
    ("sound", gettext_lazy("to hear: each word's recording")),
]


class OptionBlock(ExerciseBlock):
    text_lv = blocks.CharBlock(label=gettext_lazy("Text in Latvian"), max_length=200, required=False)
    text_en = blocks.CharBlock(label=gettext_lazy("Text in English"), max_length=200, required=False)
    image = ImageChooserBlock(
        label=gettext_lazy("Picture"),
        required=False,
        help_text=gettext_lazy(
            "Shown instead of the text. The text is then for those who cannot see it; left empty, they get the "
            "picture's description, so write a neutral text where the description would give the answer away."
        ),
    )
    is_correct = blocks.BooleanBlock(label=gettext_lazy("This is right"), required=False)

    class Meta:
        label = gettext_lazy("Option")
        icon = "list-ul"

    def check_whole(self, cleaned: Any) -> Any:
        if not cleaned["text_lv"] and not cleaned["image"]:
            error = ValidationError(_("Write a text or choose a picture."))
            raise blocks.StructBlockValidationError(block_errors={"text_lv": error})
        return cleaned


class ChoiceBlock(ExerciseBlock):
    item = EntryChooserBlock(label=gettext_lazy("Word or phrase"), required=False)
    mode = blocks.ChoiceBlock(choices=MODES, default="listen", label=gettext_lazy("How it is asked"))
    options_as = blocks.ChoiceBlock(
        choices=OPTIONS, default="", required=False, label=gettext_lazy("The options from the dictionary are")
    )
    distractors = blocks.ListBlock(
        EntryChooserBlock(label=gettext_lazy("Wrong option")),
        label=gettext_lazy("Wrong options from the dictionary"),
        default=[],
        max_num=7,
    )
    picture = ImageChooserBlock(
        label=gettext_lazy("Picture in the question"),
        required=False,
        help_text=gettext_lazy("Left empty where a picture is asked about, it is the word's own."),
    )
    picture_text_lv = blocks.CharBlock(
        label=gettext_lazy("In place of the picture, in Latvian"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "For those who cannot see it, where the picture's own description would give the answer away."
        ),
    )
    picture_text_en = blocks.CharBlock(
        label=gettext_lazy("In place of the picture, in English"), required=False, max_length=200
    )
    question_lv = blocks.CharBlock(label=gettext_lazy("Own question in Latvian"), required=False, max_length=250)
    question_en = blocks.CharBlock(label=gettext_lazy("Own question in English"), required=False, max_length=250)
    options = blocks.ListBlock(
        OptionBlock(),
        label=gettext_lazy("Own options"),
        default=[],
        max_num=8,
        help_text=gettext_lazy("Only for a question of your own. Mark one or several as right."),
    )

    class Meta:
        label = gettext_lazy("Choice")
        icon = "radio-full"

    def check_whole(self, cleaned: Any) -> Any:
        errors: dict[str, ValidationError] = {}
        own, item = cleaned["options"], cleaned["item"]
        if own:
            right = [option for option in own if option["is_correct"]]
            if not right:
                errors["options"] = ValidationError(_("Mark at least one option as right."))
            elif len(right) == len(own):
                errors["options"] = ValidationError(_("At least one option must be wrong."))
            if not cleaned["question_lv"]:
                errors["question_lv"] = ValidationError(_("Own options need a question."))
        elif item is None:
            errors["item"] = ValidationError(
                _("Choose a word or phrase, or write a question with options of your own.")
            )
        elif not cleaned["distractors"]:
            errors["distractors"] = ValidationError(_("Choose at least one wrong option."))
        elif message := _same_meaning(item, list(cleaned["distractors"]), cleaned["mode"]):
            errors["distractors"] = ValidationError(message)
        elif message := _unfit(cleaned["options_as"] or "", cleaned["mode"], [item, *cleaned["distractors"]]):
            errors["options_as"] = ValidationError(message)
        if message := _not_askable(item, cleaned):
            errors["mode"] = ValidationError(message)
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned


def _same_meaning(item: Any, distractors: list[Any], mode: str) -> str:
    """Name a wrong option that would be right as well."""
    shown = (lambda entry: entry.text) if mode in ROMANI else (lambda entry: entry.gloss_in("lv"))
    for other in distractors:
        if other.pk == item.pk or shown(other) == shown(item) or other.gloss_in("lv") == item.gloss_in("lv"):
            return _("“%(word)s” means the same as the right answer.") % {"word": other.text}
    return ""


def _unfit(options_as: str, mode: str, entries: list[Any]) -> str:
    """Say why the options cannot be pictures, or sounds."""
    if options_as == "picture":
        if mode in ROMANI:
            return _("Pictures show a meaning; here the Romani is to be picked.")
        lacking = next((entry for entry in entries if entry.image_id is None), None)
        return _("“%(word)s” has no picture yet.") % {"word": lacking.text} if lacking else ""
    if options_as == "sound":
        if mode not in ROMANI:
            return _("Sounds are Romani; here the meaning is to be picked.")
        lacking = next((entry for entry in entries if not can_be_heard(entry)), None)
        return _("“%(word)s” has no recording to hear yet.") % {"word": lacking.text} if lacking else ""
    return ""


def _not_askable(item: Any, cleaned: Any) -> str:
    """Say what the word lacks to be asked in this way."""
    if item is None:
        return ""
    if cleaned["mode"] == "listen" and not can_be_heard(item):
        return _("“%(word)s” has no recording to hear yet.") % {"word": item.text}
    if cleaned["mode"] == "picture" and not cleaned["options"] and not cleaned["picture"] and item.image_id is None:
        return _("“%(word)s” has no picture yet.") % {"word": item.text}
    return ""


class Choice(ExerciseType):
    name = "choice"
    block = ChoiceBlock
    empty_text = gettext_lazy("Choose an answer or “I don't know”.")

    def entries(self, value):
        return [pk for pk in [value.get("item"), *plain_list(value.get("distractors"))] if pk]

    def images(self, value):
        own = [option.get("image") for option in plain_list(value.get("options"))]
        return [pk for pk in [value.get("picture"), *own] if pk]

    def pictured(self, value):
        if value.get("options_as") == "picture":
            return self.entries(value)
        return [value["item"]] if value.get("mode") == "picture" and value.get("item") else []

    def define(self, value, words):
        item = words.get(value.get("item"))
        picture = _prompt(value, words)
        mode = _mode(value["mode"], item, picture)
        if plain_list(value.get("options")):
            options = [_own_option(option, words) for option in plain_list(value["options"])]
        else:
            options = _entry_options(value, words, mode)
        options = _distinct(options)
        if len({option["right"] for option in options}) < 2:
            raise LookupError("Nothing is left to choose between.")
        question = {"lv": value.get("question_lv") or "", "en": value.get("question_en") or ""}
        found = {"item": item, "mode": mode, "question": question, "options": options}
        return found | ({"picture": picture} if picture else {})

    def payload(self, definition, language, seed):
        options = [_shown_option(option, language) for option in shuffled(definition["options"], seed)]
        picture = definition.get("picture")
        shown = {
            "question": self._question(definition, language),
            "romani": _shown(definition),
            "audio": None if not definition["item"] or definition["mode"] in ROMANI else definition["item"]["audio"],
            "options": options,
            "several": sum(option["right"] for option in definition["options"]) > 1,
        }
        if picture:
            shown["picture"] = shown_picture(picture, in_language(picture["text"], language))
        return shown

    def silent(self, definition):
        if definition["mode"] != "listen" and not any(option.get("audio") for option in definition["options"]):
            return None
        mode = "meaning" if definition["mode"] == "listen" else definition["mode"]
        options = [{**option, "audio": None} if "audio" in option else option for option in definition["options"]]
        return {**definition, "mode": mode, "options": options}

    @staticmethod
    def _question(definition: Definition, language: str) -> str:
        own = in_language(definition["question"], language)
        if own:
            return own
        if definition["mode"] == "form":
            meaning = in_language(definition["item"]["meaning"], language)
            return _("How is “%(meaning)s” said in Romani?") % {"meaning": meaning}
        if definition["mode"] == "picture":
            return _("How is what you see said in Romani?")
        return _("What do you hear?") if definition["mode"] == "listen" else _("What does it mean?")

    def read(self, answer):
        return need_texts(need(answer, "chosen", list), "chosen", 40)

    def grade(self, definition, content) -> Grade:
        known = {option["id"]: option["right"] for option in definition["options"]}
        unknown = [one for one in content if one not in known]
        if unknown:
            raise ValidationError({"answer.chosen": _("This option is not one of the question's.")})
        return grade_choice(content, [one for one, right in known.items() if right])

    def form_answer(self, data):
        return {"chosen": data.getlist("chosen")}

    def said(self, definition, content, language):
        picked = [option for option in definition["options"] if option["id"] in content["chosen"]]
        is_romani = bool(picked) and "rml" in picked[0]["text"]
        return ", ".join(_text(option, language) for option in picked), "rml" if is_romani else language

    def solution(self, definition):
        right = [option for option in definition["options"] if option["right"]]
        item = definition["item"]
        return {
            "romani": item["text"] if item else "",
            "meaning": item["meaning"] if item and "rml" in right[0]["text"] else right[0]["text"],
            "audio": item["audio"] if item else None,
            "all": [option["text"] for option in right],
        }


def _mode(mode: str, item: dict[str, Any] | None, picture: dict[str, Any] | None) -> str:
    """Return how it is asked: a word that has lost its recording is shown, one without its picture is put in words."""
    if mode == "listen" and not (item and item["audio"]):
        return "meaning"
    return "form" if mode == "picture" and item and not picture else mode


def _prompt(value: dict[str, Any], words: Words) -> dict[str, Any] | None:
    """Return the picture in the question with its text alternative: what the author wrote, or what the picture says."""
    own = words.picture(value.get("picture"))
    texts = {"lv": value.get("picture_text_lv") or "", "en": value.get("picture_text_en") or ""}
    if own:
        return {**own, "text": texts if texts["lv"] else {"lv": own["description"]}}
    if value["mode"] != "picture" or plain_list(value.get("options")):
        return None
    found, item = words.picture_of(value.get("item")), words.get(value.get("item") or 0)
    # What the word means says as much as its picture does, in the learner's language.
    return {**found, "text": texts if texts["lv"] else item["meaning"]} if found and item else None


def _own_option(option: dict[str, Any], words: Words) -> dict[str, Any]:
    picture = words.picture(option.get("image"))
    text = {"lv": option["text_lv"] or "", "en": option.get("text_en") or ""}
    names = [text["lv"], ""]
    if option.get("image"):
        names.append(str(option["image"]))
        text = text if text["lv"] else {"lv": picture["description"] if picture else "–"}
    made = {"text": text, "right": bool(option.get("is_correct")), "id": token(*names)}
    return made | ({"picture": picture} if picture else {})


def _entry_options(value: dict[str, Any], words: Words, mode: str) -> list[dict[str, Any]]:
    """Return the options from the dictionary. Where one has lost its picture or sound, all are there to read."""
    pks = [value.get("item"), *plain_list(value.get("distractors"))]
    options = [_entry_option(words[pk], pk == value.get("item"), mode) for pk in pks if pk in words]
    for option in options:
        option["id"] = token(option["text"].get("lv", ""), option["text"].get("rml", ""))
    kept = [pk for pk in pks if pk in words]
    if value.get("options_as") == "picture" and mode not in ROMANI:
        extra = [("picture", words.picture_of(pk)) for pk in kept]
    elif value.get("options_as") == "sound" and mode in ROMANI:
        extra = [("audio", words[pk]["audio"]) for pk in kept]
    else:
        return options
    if not all(found for _name, found in extra):
        return options
    return [{**option, name: found} for option, (name, found) in zip(options, extra, strict=True)]


def _entry_option(facts: dict[str, Any], right: bool, mode: str) -> dict[str, Any]:
    text = {"rml": facts["text"]} if mode in ROMANI else dict(facts["meaning"])
    return {"text": text, "right": right, "entry": facts["code"], "romani": facts["text"], "meaning": facts["meaning"]}


def _distinct(options: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out options that read alike; a right one stays. Meanings may have become equal in the dictionary since."""
    found: dict[str, dict[str, Any]] = {}
    for option in sorted(options, key=lambda option: not option["right"]):
        found.setdefault(option["id"], option)
    return [option for option in options if found[option["id"]] is option]


def _shown_option(option: dict[str, Any], language: str) -> dict[str, Any]:
    """Return an option without its key. What is only heard says nothing; the text of a picture stands in for it."""
    shown = {
        "id": option["id"],
        "text": "" if option.get("audio") else _text(option, language),
        "lang": "rml" if "rml" in option["text"] else language,
    }
    if option.get("audio"):
        shown["audio"] = option["audio"]
    if option.get("picture"):
        shown["picture"] = shown_picture(option["picture"], shown["text"])
    return shown


def _text(option: dict[str, Any], language: str) -> str:
    return option["text"].get("rml") or in_language(option["text"], language)


def _shown(definition: Definition) -> str:
    """Return the Romani that stands in the question: none where it is only heard, or is what is asked for."""
    return definition["item"]["text"] if definition["item"] and definition["mode"] == "meaning" else ""


TYPE = Choice()

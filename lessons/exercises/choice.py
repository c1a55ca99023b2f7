"""Choice: hear or read a word and pick its meaning, see a meaning and pick the word, or the author's own question."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from dictionary.blocks import EntryChooserBlock

from ..grading import Grade, grade_choice
from .base import Definition, ExerciseType, in_language, need, need_texts, plain_list, shuffled, token

MODES = [
    ("listen", gettext_lazy("Hear it, pick the meaning")),
    ("meaning", gettext_lazy("See and hear it, pick the meaning")),
    ("form", gettext_lazy("See the meaning, pick the Romani")),
]


class OptionBlock(blocks.StructBlock):
    text_lv = blocks.CharBlock(label=gettext_lazy("Text in Latvian"), max_length=200)
    text_en = blocks.CharBlock(label=gettext_lazy("Text in English"), max_length=200, required=False)
    is_correct = blocks.BooleanBlock(label=gettext_lazy("This is right"), required=False)

    class Meta:
        label = gettext_lazy("Option")
        icon = "list-ul"


class ChoiceBlock(blocks.StructBlock):
    item = EntryChooserBlock(label=gettext_lazy("Word or phrase"), required=False)
    mode = blocks.ChoiceBlock(choices=MODES, default="listen", label=gettext_lazy("How it is asked"))
    distractors = blocks.ListBlock(
        EntryChooserBlock(label=gettext_lazy("Wrong option")),
        label=gettext_lazy("Wrong options from the dictionary"),
        default=[],
        max_num=7,
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

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
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
        if cleaned["mode"] == "listen" and item is not None and item.recording_id is None:
            errors["mode"] = ValidationError(_("“%(word)s” has no recording to hear yet.") % {"word": item.text})
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned


def _same_meaning(item: Any, distractors: list[Any], mode: str) -> str:
    """Name a wrong option that would be right as well."""
    shown = (lambda entry: entry.text) if mode == "form" else (lambda entry: entry.gloss_in("lv"))
    for other in distractors:
        if other.pk == item.pk or shown(other) == shown(item) or other.gloss_in("lv") == item.gloss_in("lv"):
            return _("“%(word)s” means the same as the right answer.") % {"word": other.text}
    return ""


class Choice(ExerciseType):
    name = "choice"
    block = ChoiceBlock
    empty_text = gettext_lazy("Choose an answer or “I don't know”.")

    def entries(self, value):
        return [pk for pk in [value.get("item"), *plain_list(value.get("distractors"))] if pk]

    def define(self, value, words):
        item = words.get(value.get("item"))
        own = plain_list(value.get("options"))
        # A word that has lost its recording is shown instead of heard.
        mode = "meaning" if value["mode"] == "listen" and not (item and item["audio"]) else value["mode"]
        if own:
            options: list[dict[str, Any]] = [
                {"text": {"lv": o["text_lv"], "en": o.get("text_en") or ""}, "right": bool(o.get("is_correct"))}
                for o in own
            ]
        else:
            picked = [(item, True)] + [(words[pk], False) for pk in plain_list(value.get("distractors")) if pk in words]
            options = [_entry_option(facts, right, mode) for facts, right in picked if facts]
        for option in options:
            option["id"] = token(option["text"].get("lv", ""), option["text"].get("rml", ""))
        options = _distinct(options)
        if len({option["right"] for option in options}) < 2:
            raise LookupError("Nothing is left to choose between.")
        question = {"lv": value.get("question_lv") or "", "en": value.get("question_en") or ""}
        return {"item": item, "mode": mode, "question": question, "options": options}

    def payload(self, definition, language, seed):
        options = [
            {
                "id": option["id"],
                "text": _text(option, language),
                "lang": "rml" if "rml" in option["text"] else language,
            }
            for option in shuffled(definition["options"], seed)
        ]
        return {
            "question": self._question(definition, language),
            "romani": _shown(definition),
            "audio": definition["item"]["audio"] if definition["item"] and definition["mode"] != "form" else None,
            "options": options,
            "several": sum(option["right"] for option in definition["options"]) > 1,
        }

    def silent(self, definition):
        return {**definition, "mode": "meaning"} if definition["mode"] == "listen" else None

    @staticmethod
    def _question(definition: Definition, language: str) -> str:
        own = in_language(definition["question"], language)
        if own:
            return own
        if definition["mode"] == "form":
            meaning = in_language(definition["item"]["meaning"], language)
            return _("How is “%(meaning)s” said in Romani?") % {"meaning": meaning}
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


def _distinct(options: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out options that read alike; a right one stays. Meanings may have become equal in the dictionary since."""
    found: dict[str, dict[str, Any]] = {}
    for option in sorted(options, key=lambda option: not option["right"]):
        found.setdefault(option["id"], option)
    return [option for option in options if found[option["id"]] is option]


def _entry_option(facts: dict[str, Any], right: bool, mode: str) -> dict[str, Any]:
    text = {"rml": facts["text"]} if mode == "form" else dict(facts["meaning"])
    return {"text": text, "right": right, "entry": facts["code"], "romani": facts["text"], "meaning": facts["meaning"]}


def _text(option: dict[str, Any], language: str) -> str:
    return option["text"].get("rml") or in_language(option["text"], language)


def _shown(definition: Definition) -> str:
    """Return the Romani that stands in the question: none where it is only heard, or is what is asked for."""
    return definition["item"]["text"] if definition["item"] and definition["mode"] == "meaning" else ""


TYPE = Choice()

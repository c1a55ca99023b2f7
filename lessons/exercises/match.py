"""Match: pair each word with its meaning."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from dictionary.blocks import EntryChooserBlock

from ..grading import grade_pairs
from ..pictures import shown_picture
from .base import MOST_PARTS, ExerciseBlock, ExerciseType, can_be_heard, in_language, need, plain_list, shuffled, token

MODES = [
    ("meaning", gettext_lazy("See and hear the words")),
    ("listen", gettext_lazy("Hear the words only")),
]
SIDES = [("", gettext_lazy("its meaning")), ("picture", gettext_lazy("its own picture"))]


class MatchBlock(ExerciseBlock):
    items = blocks.ListBlock(
        EntryChooserBlock(label=gettext_lazy("Word or phrase")),
        label=gettext_lazy("Words and phrases"),
        min_num=2,
        max_num=8,
    )
    mode = blocks.ChoiceBlock(choices=MODES, default="meaning", label=gettext_lazy("How it is asked"))
    pair_with = blocks.ChoiceBlock(
        choices=SIDES, default="", required=False, label=gettext_lazy("What each word is put beside")
    )

    class Meta:
        label = gettext_lazy("Match")
        icon = "list-ol"

    def check_whole(self, cleaned: Any) -> Any:
        seen: dict[str, str] = {}
        for entry in cleaned["items"]:
            meaning = entry.gloss_in("lv")
            if meaning in seen:
                message = _("“%(first)s” and “%(second)s” mean the same; their pairs could not be told apart.")
                error = ValidationError(message % {"first": seen[meaning], "second": entry.text})
                raise blocks.StructBlockValidationError(block_errors={"items": error})
            seen[meaning] = entry.text
        if cleaned["pair_with"] == "picture" and (bare := [one.text for one in cleaned["items"] if not one.image_id]):
            error = ValidationError(_("“%(word)s” has no picture yet.") % {"word": bare[0]})
            raise blocks.StructBlockValidationError(block_errors={"pair_with": error})
        if cleaned["mode"] == "listen" and (mute := [one.text for one in cleaned["items"] if not can_be_heard(one)]):
            error = ValidationError(_("“%(word)s” has no recording to hear yet.") % {"word": mute[0]})
            raise blocks.StructBlockValidationError(block_errors={"mode": error})
        return cleaned


class Match(ExerciseType):
    name = "match"
    block = MatchBlock
    empty_text = gettext_lazy("Match at least one word or choose “I don't know”.")

    def entries(self, value):
        return [pk for pk in plain_list(value.get("items")) if pk]

    def pictured(self, value):
        return self.entries(value) if value.get("pair_with") == "picture" else ()

    def define(self, value, words):
        kept = [pk for pk in self.entries(value) if pk in words]
        facts = [words[pk] for pk in kept]
        if len(facts) < 2:
            raise LookupError("Nothing is left to match.")
        pairs = [{"left": token("l", f["code"]), "right": token("r", f["code"], f["text"]), "item": f} for f in facts]
        pictures = [words.picture_of(pk) for pk in kept] if value.get("pair_with") == "picture" else []
        if pictures and all(pictures):  # where one is lost, the meanings stand there instead
            pairs = [{**pair, "picture": picture} for pair, picture in zip(pairs, pictures, strict=True)]
        return {"mode": value["mode"], "pairs": pairs}

    def payload(self, definition, language, seed):
        pairs = definition["pairs"]
        hidden = definition["mode"] == "listen"
        left = [
            {
                "id": pair["left"],
                "romani": "" if hidden and pair["item"]["audio"] else pair["item"]["text"],
                "audio": pair["item"]["audio"],
            }
            for pair in shuffled(pairs, seed + "l")
        ]
        right = [_right(pair, language) for pair in shuffled(pairs, seed + "r")]
        question = _("Which meaning belongs to which word?")
        if "picture" in pairs[0]:
            question = _("Which picture belongs to which word?")
        return {"question": question, "left": left, "right": right}

    def silent(self, definition):
        return {**definition, "mode": "meaning"} if definition["mode"] == "listen" else None

    def read(self, answer):
        pairs = need(answer, "pairs", dict)
        if len(pairs) > MOST_PARTS or not all(
            isinstance(v, str) and len(k) <= 40 and len(v) <= 40 for k, v in pairs.items()
        ):
            raise ValidationError(
                {"answer.pairs": _("Each pair must join the name of a word with the name of a meaning.")}
            )
        return pairs

    def grade(self, definition, content):
        lefts = {pair["left"] for pair in definition["pairs"]}
        rights = {pair["right"] for pair in definition["pairs"]} | {""}
        if set(content) - lefts or set(content.values()) - rights:
            raise ValidationError({"answer.pairs": _("This pair is not one of the question's.")})
        return grade_pairs(content, {pair["left"]: pair["right"] for pair in definition["pairs"]})

    def form_answer(self, data):
        return {
            "pairs": {
                name.removeprefix("pair-"): value for name, value in data.items() if name.startswith("pair-") and value
            }
        }

    def solution(self, definition):
        items = [(pair["left"], pair["item"]) for pair in definition["pairs"]]
        return {
            "romani": "",
            "meaning": {},
            "audio": None,
            "pairs": [
                {"id": left, "romani": item["text"], "meaning": item["meaning"], "audio": item["audio"]}
                for left, item in items
            ],
        }


def _right(pair: dict[str, Any], language: str) -> dict[str, Any]:
    """Return the meaning of a pair; where it is a picture, the words stand in for it."""
    meaning = in_language(pair["item"]["meaning"], language)
    shown: dict[str, Any] = {"id": pair["right"], "text": meaning, "lang": language}
    if "picture" in pair:
        shown["picture"] = shown_picture(pair["picture"], meaning)
    return shown


TYPE = Match()

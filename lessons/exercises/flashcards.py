"""Flashcards: see or hear a word, turn the card, judge yourself; what was not known comes again.

The learner alone says how it went, so nothing of it may count: this type is for practice (`is_self_judged`).
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from dictionary.blocks import EntryChooserBlock
from dictionary.models import TaughtEntry

from ..grading import grade_pairs
from ..pictures import shown_picture
from .base import ExerciseBlock, ExerciseType, can_be_heard, in_language, need, need_texts, plain_list, shuffled, token

MOST_CARDS = 30
MODES = [
    ("romani", gettext_lazy("See and hear the Romani, recall the meaning")),
    ("listen", gettext_lazy("Hear the Romani, recall the meaning")),
    ("meaning", gettext_lazy("See the meaning, recall the Romani")),
]


class FlashcardsBlock(ExerciseBlock):
    lesson = blocks.PageChooserBlock(
        page_type="lessons.LessonPage",
        label=gettext_lazy("Take the words of a lesson"),
        required=False,
        help_text=gettext_lazy("When you save, the words of the published lesson are added to the list below."),
    )
    items = blocks.ListBlock(
        EntryChooserBlock(label=gettext_lazy("Word or phrase")),
        label=gettext_lazy("Words and phrases"),
        default=[],
        max_num=MOST_CARDS,
    )
    mode = blocks.ChoiceBlock(choices=MODES, default="romani", label=gettext_lazy("What the card shows first"))

    class Meta:
        label = gettext_lazy("Flashcards")
        icon = "copy"

    def check_whole(self, cleaned: Any) -> Any:
        items = {entry.pk: entry for entry in [*cleaned["items"], *_words_of(cleaned["lesson"])] if entry}
        mute = [entry.text for entry in items.values() if not can_be_heard(entry)]
        if cleaned["mode"] == "listen" and mute:
            error = ValidationError(_("“%(word)s” has no recording to hear yet.") % {"word": mute[0]})
            raise blocks.StructBlockValidationError(block_errors={"mode": error})
        if len(items) < 2:
            error = ValidationError(_("Choose at least two words, or a published lesson that teaches some."))
            raise blocks.StructBlockValidationError(block_errors={"items": error})
        if len(items) > MOST_CARDS:
            error = ValidationError(_("At most %(most)d cards; a lesson may be split.") % {"most": MOST_CARDS})
            raise blocks.StructBlockValidationError(block_errors={"items": error})
        # The list is what is asked from now on: a lesson that changes later does not change it unseen.
        cleaned["items"], cleaned["lesson"] = list(items.values()), None
        return self.normalize(cleaned)


def _words_of(lesson: Any) -> list[Any]:
    """Return the entries that a published lesson teaches, in its order."""
    if lesson is None:
        return []
    taught = TaughtEntry.objects.filter(page_key=lesson.translation_key).select_related("entry")
    return [one.entry for one in taught]


class Flashcards(ExerciseType):
    name = "flashcards"
    block = FlashcardsBlock
    is_self_judged = True
    is_fetched = True

    def entries(self, value):
        return [pk for pk in plain_list(value.get("items")) if pk]

    def pictured(self, value):
        return self.entries(value)

    def define(self, value, words):
        kept = [pk for pk in dict.fromkeys(self.entries(value)) if pk in words]
        if not kept:
            raise LookupError("No card is left.")
        return {"mode": value["mode"], "cards": [_card(words[pk], words.picture_of(pk)) for pk in kept]}

    def payload(self, definition, language, seed):
        cards = [_shown_card(card, definition["mode"], language) for card in shuffled(definition["cards"], seed)]
        return {"question": _("Turn each card and see whether you knew it"), "cards": cards}

    def silent(self, definition):
        return {**definition, "mode": "romani"} if definition["mode"] == "listen" else None

    def read(self, answer):
        return need_texts(need(answer, "known", list), "known", 40)

    def grade(self, definition, content):
        cards = {card["id"] for card in definition["cards"]}
        if set(content) - cards:
            raise ValidationError({"answer.known": _("This card is not one of the exercise's.")})
        return grade_pairs({one: one for one in content}, {one: one for one in cards})

    def form_answer(self, data):
        return {"known": data.getlist("known")}

    def solution(self, definition):
        return {
            "romani": "",
            "meaning": {},
            "audio": None,
            "pairs": [
                {"id": card["id"], "romani": item["text"], "meaning": item["meaning"], "audio": item["audio"]}
                for card in definition["cards"]
                for item in (card["item"],)
            ],
        }


def _card(item: dict[str, Any], picture: dict[str, Any] | None) -> dict[str, Any]:
    """Return a card. One without a picture has no place for it, so that definitions made before are equal."""
    card = {"id": token("card", item["code"]), "item": item}
    return card | ({"picture": picture} if picture else {})


def _shown_card(card: dict[str, Any], mode: str, language: str) -> dict[str, Any]:
    """Return both sides of a card. A word without a recording is shown instead of heard."""
    item = card["item"]
    meaning: dict[str, Any] = {"meaning": in_language(item["meaning"], language)}
    if card.get("picture"):
        # It goes with the meaning, never with the Romani that is to be recalled, and says nothing beside it.
        meaning["picture"] = {**(shown_picture(card["picture"]) or {}), "alt": ""}
    romani = {"romani": item["text"], "audio": item["audio"]}
    if mode == "meaning":
        return {"id": card["id"], "front": meaning, "back": romani}
    if mode == "listen" and item["audio"]:
        return {"id": card["id"], "front": {"audio": item["audio"]}, "back": {"romani": item["text"], **meaning}}
    return {"id": card["id"], "front": romani, "back": meaning}


TYPE = Flashcards()

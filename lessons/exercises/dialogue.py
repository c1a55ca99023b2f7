"""Dialogue: choose what to say or do next in a situation at work; each choice has its consequence."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail import blocks

from dictionary.blocks import EntryChooserBlock

from ..grading import Grade
from ..parts import closed, rom
from .base import (
    Definition,
    ExerciseBlock,
    ExerciseType,
    Facts,
    in_language,
    need,
    need_texts,
    plain_list,
    shuffled,
    token,
)

MOST_TURNS = 6


class ReplyBlock(ExerciseBlock):
    """One thing to say, from the dictionary, or to do, told in the learner's language."""

    entry = EntryChooserBlock(
        label=gettext_lazy("What the learner says"),
        required=False,
        help_text=gettext_lazy("A phrase or word of the dictionary; nothing else is said in Romani."),
    )
    action_lv = blocks.CharBlock(
        label=gettext_lazy("Or what the learner does, in Latvian"), required=False, max_length=150
    )
    action_en = blocks.CharBlock(
        label=gettext_lazy("Or what the learner does, in English"), required=False, max_length=150
    )
    is_fitting = blocks.BooleanBlock(label=gettext_lazy("This fits the situation"), required=False)
    consequence_lv = blocks.TextBlock(label=gettext_lazy("What happens then, in Latvian"), max_length=300, rows=2)
    consequence_en = blocks.TextBlock(
        label=gettext_lazy("What happens then, in English"), required=False, max_length=300, rows=2
    )
    respect_lv = blocks.TextBlock(
        label=gettext_lazy("A note on respect, in Latvian"),
        required=False,
        max_length=300,
        rows=2,
        help_text=gettext_lazy("Why it matters to the people one speaks with. Only what has a source."),
    )
    respect_en = blocks.TextBlock(
        label=gettext_lazy("A note on respect, in English"), required=False, max_length=300, rows=2
    )

    class Meta:
        label = gettext_lazy("Choice")
        icon = "comment"

    def check_whole(self, cleaned: Any) -> Any:
        entry, action = cleaned["entry"], cleaned["action_lv"]
        if bool(entry) == bool(action):
            message = (
                _("Choose what is said or write what is done, not both.")
                if entry
                else _("Choose what is said, or write what is done.")
            )
            raise _at("entry", message)
        if cleaned["is_fitting"] and entry is not None and not entry.is_taught_variety:
            message = _("“%(word)s” belongs to a neighbouring variety: it may be shown, not asked for.")
            raise _at("entry", message % {"word": entry.text})
        return cleaned


class TurnBlock(ExerciseBlock):
    """What the other person says or what happens, and what the learner may do about it."""

    told_lv = blocks.TextBlock(label=gettext_lazy("What happens, in Latvian"), required=False, max_length=300, rows=2)
    told_en = blocks.TextBlock(label=gettext_lazy("What happens, in English"), required=False, max_length=300, rows=2)
    line = EntryChooserBlock(
        label=gettext_lazy("What the other person says"),
        required=False,
        help_text=gettext_lazy("A phrase or word of the dictionary. It can be heard if it has a recording."),
    )
    replies = blocks.ListBlock(ReplyBlock(), label=gettext_lazy("What the learner may choose"), min_num=2, max_num=5)

    class Meta:
        label = pgettext_lazy("dialogue", "Turn")
        icon = "comment"

    def check_whole(self, cleaned: Any) -> Any:
        if not cleaned["line"] and not cleaned["told_lv"]:
            raise _at("told_lv", _("Tell what happens, or choose what the other person says."))
        fitting = [reply["is_fitting"] for reply in cleaned["replies"]]
        if not any(fitting):
            raise _at("replies", _("Mark at least one choice as fitting."))
        if all(fitting):
            raise _at("replies", _("At least one choice must not fit."))
        if message := _same(list(cleaned["replies"])):
            raise _at("replies", message)
        return cleaned


class DialogueBlock(blocks.StructBlock):
    scene_lv = blocks.TextBlock(
        label=gettext_lazy("The scene in Latvian"),
        max_length=500,
        rows=3,
        help_text=gettext_lazy("Where you are, with whom, and what for."),
    )
    scene_en = blocks.TextBlock(label=gettext_lazy("The scene in English"), required=False, max_length=500, rows=3)
    turns = blocks.ListBlock(TurnBlock(), label=gettext_lazy("Turns, in order"), min_num=1, max_num=MOST_TURNS)

    class Meta:
        label = pgettext_lazy("exercise", "Dialogue")
        icon = "comment"


def _at(field: str, message: str) -> blocks.StructBlockValidationError:
    return blocks.StructBlockValidationError(block_errors={field: ValidationError(message)})


def _same(replies: list[Any]) -> str:
    """Name a choice that stands twice, or means the same as another."""
    seen: set[str] = set()
    for reply in replies:
        entry, action = reply["entry"], reply["action_lv"]
        for text in {entry.text, entry.gloss_in("lv")} if entry else {action}:
            if text in seen:
                return _("“%(choice)s” stands here twice, or means the same as another choice.") % {
                    "choice": entry.text if entry else action
                }
        seen |= {entry.text, entry.gloss_in("lv")} if entry else {action}
    return ""


class Dialogue(ExerciseType):
    name = "dialogue"
    block = DialogueBlock
    is_fetched = True
    empty_text = gettext_lazy("Choose what to do in each turn, or “I don't know”.")

    def entries(self, value):
        turns = plain_list(value.get("turns"))
        lines = [turn.get("line") for turn in turns]
        said = [reply.get("entry") for turn in turns for reply in plain_list(turn.get("replies"))]
        return [pk for pk in [*lines, *said] if pk]

    def define(self, value, words):
        turns = [_turn(place, turn, words) for place, turn in enumerate(plain_list(value.get("turns"))[:MOST_TURNS])]
        if not turns:
            raise LookupError("There is nothing to choose.")
        return {"scene": _texts(value, "scene"), "turns": turns}

    def payload(self, definition, language, seed):
        return {
            "question": _("What do you say or do?"),
            "scene": in_language(definition["scene"], language),
            "turns": [
                {
                    "told": in_language(turn["told"], language),
                    "romani": turn["line"]["text"] if turn["line"] else "",
                    "audio": turn["line"]["audio"] if turn["line"] else None,
                    "options": [
                        {"id": one["id"], "text": _text(one, language), "lang": _lang(one, language)}
                        for one in shuffled(turn["replies"], f"{seed}{place}")
                    ],
                }
                for place, turn in enumerate(definition["turns"])
            ],
        }

    def read(self, answer):
        return need_texts(need(answer, "chosen", list), "chosen", 40)

    def grade(self, definition, content) -> Grade:
        """Judge the choices, turn by turn; turns that have none yet count as not fitting."""
        turns = definition["turns"]
        known = [{one["id"]: one["fits"] for one in turn["replies"]} for turn in turns]
        if len(content) > len(turns) or any(one not in turn for one, turn in zip(content, known, strict=False)):
            raise ValidationError({"answer.chosen": _("This option is not one of the question's.")})
        fits = [turn[one] for one, turn in zip(content, known, strict=False)]
        share = sum(fits) / len(turns)
        return Grade("exact" if share == 1 else "wrong", round(share, 4), {"chosen": content, "fits": fits})

    def told(self, definition, grade, language):
        whole, chosen = len(definition["turns"]), grade["facts"].get("chosen")
        right = sum(grade["facts"].get("fits", []))
        if chosen is None:
            lines = [_line(turn, None, language) for turn in definition["turns"]]
            return {"message": [{"text": _("This would have fitted:")}], "lines": lines}
        lines = [_line(turn, one, language) for turn, one in zip(definition["turns"], chosen, strict=False)]
        said = _("%(right)d of %(whole)d choices fit the situation.") % {"right": right, "whole": whole}
        title = _("Well chosen") if right == whole else _("Partly well chosen") if right else ""
        return {"title": title, "message": [{"text": said}], "lines": lines}

    def form_answer(self, data):
        # Radio buttons of which none is picked send nothing: choices count up to the first turn without one.
        chosen: list[str] = []
        while len(chosen) < MOST_TURNS and data.get(f"turn-{len(chosen)}"):
            chosen.append(data[f"turn-{len(chosen)}"])
        return {"chosen": chosen}

    def missing(self, definition, answer):
        return "" if len(answer["chosen"]) >= len(definition["turns"]) else str(self.empty_text)

    def said(self, definition, content, language):
        chosen = [_reply(turn, one) for turn, one in zip(definition["turns"], content["chosen"], strict=False)]
        # Where Romani and what is done stand side by side, the lines of the verdict say which is which.
        if not all(one["entry"] for one in chosen):
            return "", language
        return ", ".join(_text(one, language) for one in chosen), "rml"

    def solution(self, definition):
        fitting = [_reply(turn, None) for turn in definition["turns"]]
        texts = [{"rml": one["entry"]["text"]} if one["entry"] else one["action"] for one in fitting]
        return {"romani": "", "meaning": {}, "audio": None, "all": texts}


def _texts(value: Any, name: str) -> dict[str, str]:
    return {language: value.get(f"{name}_{language}") or "" for language in ("lv", "en")}


def _turn(place: int, value: Any, words: Any) -> Definition:
    """Resolve one turn. Raises LookupError if what is said in it is gone, or nothing is left to choose between."""
    line = words[value["line"]] if value.get("line") else None
    replies = []
    for one in plain_list(value.get("replies")):
        entry = words.get(one["entry"]) if one.get("entry") else None
        action = _texts(one, "action")
        if entry is None and not action["lv"]:
            continue
        said: Facts | None = entry and {key: entry[key] for key in ("text", "meaning", "audio")}
        replies.append(
            {
                "id": token(str(place), entry["text"] if entry else action["lv"]),
                "entry": said,
                "action": action,
                "fits": bool(one.get("is_fitting")),
                "consequence": _texts(one, "consequence"),
                "respect": _texts(one, "respect"),
            }
        )
    if len({one["fits"] for one in replies}) < 2:
        raise LookupError("Nothing is left to choose between.")
    return {"told": _texts(value, "told"), "line": line, "replies": replies}


def _text(reply: Definition, language: str) -> str:
    return reply["entry"]["text"] if reply["entry"] else in_language(reply["action"], language)


def _lang(reply: Definition, language: str) -> str:
    return "rml" if reply["entry"] else language


def _reply(turn: Definition, chosen: str | None) -> Definition:
    """Return the chosen reply, or the first that fits."""
    fitting = next(one for one in turn["replies"] if one["fits"])
    return next((one for one in turn["replies"] if one["id"] == chosen), fitting)


def _line(turn: Definition, chosen: str | None, language: str) -> dict[str, Any]:
    """Return what became of one choice; where it does not fit, also what would."""
    reply = _reply(turn, chosen)
    better = _reply(turn, None)
    parts = [*_named(reply, language), {"text": f" {closed(in_language(reply['consequence'], language))}"}]
    if note := in_language(reply["respect"], language):
        parts.append({"text": f" {closed(note)}"})
    if not reply["fits"]:
        parts += [{"text": " " + _("This would fit:") + " "}, *_named(better, language)]
    heard = better["entry"] or {"text": "", "audio": None}
    return {"is_right": reply["fits"], "parts": parts, "romani": heard["text"], "audio": heard["audio"]}


def _named(reply: Definition, language: str) -> list[dict[str, Any]]:
    if not reply["entry"]:
        return [{"text": closed(_text(reply, language))}]
    meaning = in_language(reply["entry"]["meaning"], language)
    return [rom(reply["entry"]["text"]), {"text": f" – {closed(meaning)}"}]


TYPE = Dialogue()

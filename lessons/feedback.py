"""Say what became of an answer, in words that teach. Pure but for the translations.

A message is a list of parts `{"text", "lang"?, "mark"?}`, so that a page can mark Romani and the
letters that differ without ever putting text into HTML by hand.
"""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dictionary.spelling import differences

from .exercises import types
from .exercises.base import Definition, in_language
from .grading import RIGHT
from .parts import Part, closed, rom

VARIETY_NAMES = {
    "latvian": lambda: _("Latvian Romani"),
    "lithuanian": lambda: _("Lithuanian Romani"),
    "north-russian": lambda: _("North Russian Romani"),
    "baltic": lambda: _("Baltic Romani"),
}


def titles() -> dict[str, str]:
    """Return the first words of each verdict."""
    return {
        "exact": _("Right"),
        "variant": _("Right, another variant"),
        "spelling": _("Right, only spelt differently"),
        "other": _("That is another word"),
        "wrong": _("Not yet"),
    }


def result(
    definition: Definition, grade: dict[str, Any], language: str, authors: dict[str, str] | None = None
) -> dict[str, Any]:
    """Return the verdict as the API and the pages show it, in `language`.

    `grade` is a stored `Grade` (see `grading`); `authors` the author's own feedback by language.
    """
    with translation.override(language):
        return _result(definition, grade, language, authors or {})


def _result(definition: Definition, grade: dict[str, Any], language: str, authors: dict[str, str]) -> dict[str, Any]:
    solution = types()[definition["type"]].solution(definition)
    verdict, score = grade["verdict"], grade["score"]
    partly = verdict not in RIGHT and score > 0
    told = types()[definition["type"]].told(definition, grade, language)
    title = told.get("title") or (pgettext("verdict", "Partly right") if partly else titles()[verdict])
    message = told["message"] if "message" in told else _message(definition, grade, solution, language)
    own = in_language(authors, language)
    if own and verdict not in RIGHT:
        message += [{"text": " " + own}]
    return {
        "verdict": verdict,
        "is_right": verdict in RIGHT,
        "score": score,
        "title": title,
        "message": message,
        "solution": _shown_solution(solution, grade, language) | _lines(told),
        "audio": solution.get("audio"),
    }


def _message(definition: Definition, grade: dict[str, Any], solution: dict[str, Any], language: str) -> list[Part]:
    verdict = grade["verdict"]
    facts = _telling(grade)
    if verdict == "spelling" and "written" in facts:
        return _spelling(facts["written"], facts["matched"])
    if verdict == "variant" and "matched" in facts:
        return _variant(facts, solution, language)
    if "pairs" in solution:
        right, whole = len(facts.get("right", [])), len(solution["pairs"])
        return [{"text": _("%(right)d of %(whole)d pairs are right.") % {"right": right, "whole": whole}}]
    if verdict == "other" and "other_form" in facts:
        return [*_other(facts, definition, language), *_right(solution, language)]
    if verdict == "wrong" and "chosen" in facts:
        return [*_right(solution, language), *_picked(facts, definition, language)]
    return _right(solution, language)


def _telling(grade: dict[str, Any]) -> dict[str, Any]:
    """Return the facts behind the verdict: of several gaps those of the first that has it."""
    facts = grade["facts"]
    return next((part for part in facts.get("parts", []) if part["verdict"] == grade["verdict"]), facts)


def _other(facts: dict[str, Any], definition: Definition, language: str) -> list[Part]:
    """Say what the word means that was written instead."""
    meaning = in_language(definition.get("other_meanings", {}).get(facts["other"], {}), language)
    if facts.get("ambiguous"):
        lead = [{"text": _("Without its marks this may as well be") + " "}, rom(facts["other_form"])]
        return [*lead, {"text": f" – {closed(meaning)} " if meaning else ". "}]
    told = (
        _("means “%(meaning)s”.") % {"meaning": meaning} if meaning else _("is a different word with its own meaning.")
    )
    return [rom(facts["other_form"]), {"text": f" {told} "}]


def _picked(facts: dict[str, Any], definition: Definition, language: str) -> list[Part]:
    """Say which words the picked meanings belong to, or what the picked words mean."""
    picked = [option for option in definition["options"] if option["id"] in facts["chosen"] and not option["right"]]
    parts: list[Part] = []
    for option in picked[:2]:
        if option.get("romani"):
            meaning = in_language(option["meaning"], language)
            parts += [{"text": " "}, rom(option["romani"]), {"text": f" – {closed(meaning)}"}]
    return parts


def _spelling(written: str, course: str) -> list[Part]:
    pieces = differences(written, course)
    yours = [rom(a, mark=a.casefold() != b.casefold()) for a, b in pieces if a]
    ours = [rom(b, mark=a.casefold() != b.casefold()) for a, b in pieces if b]
    return [
        {"text": _("You wrote") + " "},
        *yours,
        {"text": ". " + _("The course writes") + " "},
        *ours,
        {"text": ". " + _("It is the same word.")},
    ]


def _variant(facts: dict[str, Any], solution: dict[str, Any], language: str) -> list[Part]:
    name = VARIETY_NAMES.get(facts["variety"], lambda: facts["variety"])()
    meaning = in_language(solution["meaning"], language)
    both = _("both mean “%(meaning)s”") % {"meaning": meaning}
    return [
        rom(facts["matched"]),
        {"text": " " + _("and") + " "},
        rom(solution["romani"]),
        {"text": f" {both} ({name})."},
    ]


def _right(solution: dict[str, Any], language: str) -> list[Part]:
    """Say what is right: the Romani and its meaning, or the author's own right options."""
    options = [text for text in solution.get("all", []) if "rml" not in text]
    meaning = in_language(solution["meaning"], language)
    own = ", ".join(in_language(text, language) for text in options)
    if solution["romani"] and own and own != meaning:
        meaning = own
    if not solution["romani"]:
        return [{"text": own or meaning}]
    return [rom(solution["romani"]), {"text": f" – {closed(meaning)}"}]


def _shown_solution(solution: dict[str, Any], grade: dict[str, Any], language: str) -> dict[str, Any]:
    shown = {"romani": solution["romani"], "meaning": in_language(solution["meaning"], language)}
    if "pairs" in solution:
        right = set(grade["facts"].get("right", []))
        shown["pairs"] = [
            {
                "romani": pair["romani"],
                "meaning": in_language(pair["meaning"], language),
                "audio": pair.get("audio"),
                "is_right": pair["id"] in right,
            }
            for pair in solution["pairs"]
        ]
    return shown


def _lines(told: dict[str, Any]) -> dict[str, Any]:
    return {"lines": told["lines"]} if told.get("lines") else {}

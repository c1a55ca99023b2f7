"""Say what became of an answer, in words that teach. Pure but for the translations.

A message is a list of parts `{"text", "lang"?, "mark"?}`, so that a page can mark Romani and the
letters that differ without ever putting text into HTML by hand.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dictionary.spelling import differences

from .exercises import types
from .exercises.base import Definition, in_language
from .grading import RIGHT

Part = dict[str, Any]

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


def result(definition: Definition, grade: dict[str, Any], language: str, authors: dict[str, str] | None = None) -> dict[str, Any]:
    """Return the verdict as the API and the pages show it.

    `grade` is a stored `Grade` (see `grading`); `authors` the author's own feedback by language.
    """
    solution = types()[definition["type"]].solution(definition)
    verdict, score = grade["verdict"], grade["score"]
    partly = verdict not in RIGHT and score > 0
    title = pgettext("verdict", "Partly right") if partly else titles()[verdict]
    message = _message(definition, grade, solution, language)
    own = in_language(authors or {}, language)
    if own and verdict not in RIGHT:
        message += [{"text": " " + own}]
    return {
        "verdict": verdict,
        "is_right": verdict in RIGHT,
        "score": score,
        "title": title,
        "message": message,
        "solution": _shown_solution(solution, grade, language),
        "audio": solution.get("audio"),
    }


def _message(definition: Definition, grade: dict[str, Any], solution: dict[str, Any], language: str) -> list[Part]:
    facts, verdict = grade["facts"], grade["verdict"]
    if verdict == "spelling" and "written" in facts:
        return _spelling(facts["written"], facts["matched"])
    if verdict == "variant" and "matched" in facts:
        return _variant(facts, definition, solution, language)
    if verdict == "other" and "other_form" in facts:
        head = rom(facts["other_form"])
        return [head, {"text": " – " + _("a different word with its own meaning.") + " "}, *_right(solution, language)]
    if "pairs" in solution:
        right, whole = len(facts.get("right", [])), len(solution["pairs"])
        return [{"text": _("%(right)d of %(whole)d pairs are right.") % {"right": right, "whole": whole}}]
    return _right(solution, language)


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


def _variant(facts: dict[str, Any], definition: Definition, solution: dict[str, Any], language: str) -> list[Part]:
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
    return [rom(solution["romani"]), {"text": f" – {meaning}."}]


def _shown_solution(solution: dict[str, Any], grade: dict[str, Any], language: str) -> dict[str, Any]:
    shown = {"romani": solution["romani"], "meaning": in_language(solution["meaning"], language)}
    if "pairs" in solution:
        right = set(grade["facts"].get("right", []))
        shown["pairs"] = [
            {"romani": p["romani"], "meaning": in_language(p["meaning"], language), "is_right": p["id"] in right}
            for p in solution["pairs"]
        ]
    return shown


def rom(text: str, *, mark: bool = False) -> Part:
    """Return a Romani part of a message."""
    return {"text": text, "lang": "rml", "mark": True} if mark else {"text": text, "lang": "rml"}

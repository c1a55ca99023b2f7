"""Say what became of an answer, in words that teach. Pure but for the translations.

A message is a list of parts `{"text", "lang"?, "mark"?}`, so that a page can mark Romani and the
letters that differ without ever putting text into HTML by hand.
"""

import re
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dictionary.spelling import differences

from .alignment import Step, differing
from .exercises import types
from .exercises.base import Definition, in_language
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
        "near": _("Almost"),
        "other": _("That is another word"),
        "wrong": _("Not yet"),
    }


def slip_titles() -> dict[str, str]:
    """Return the first words of a near miss: what kind of slip it is, but not the letter."""
    return {
        "near.missing": _("Almost – one letter is missing"),
        "near.extra": _("Almost – one letter too many"),
        "near.changed": _("Almost – one letter is another"),
        "near.swapped": _("Almost – two letters have changed places"),
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
    kind, verdict, is_right = types()[definition["type"]], grade["verdict"], grade["score"] >= 1
    solution, facts, told = kind.solution(definition), _telling(grade), kind.told(definition, grade, language)
    message = told["message"] if "message" in told else _message(definition, grade, solution, language)
    known = _known(definition, facts, language)
    if known:
        message = [{"text": known + " "}, *message]
    own = in_language(authors, language)
    if own and not is_right and not known:
        message += [{"text": " " + own}]
    return {
        "verdict": verdict,
        "feedback": _key(grade, facts),
        "is_right": is_right,
        "score": grade["score"],
        "title": told.get("title") or _title(grade, facts),
        "message": message,
        "solution": _shown_solution(solution, grade, language) | _lines(told),
        "audio": solution.get("audio"),
    }


def _key(grade: dict[str, Any], facts: dict[str, Any]) -> str:
    """Return the name of what is said, finer than the verdict: for programs and for figures."""
    if grade["verdict"] in ("other", "wrong") and grade["score"] > 0:
        return "partly"
    return facts.get("feedback", grade["verdict"])


def _title(grade: dict[str, Any], facts: dict[str, Any]) -> str:
    verdict, is_right = grade["verdict"], grade["score"] >= 1
    if verdict == "variant" and not is_right:
        return _("Almost – another variant")
    if verdict == "spelling" and not is_right:
        return _("Almost – another spelling")
    if verdict == "near":
        kind = f"near.{facts['slip'][0]}" if facts.get("slip") else ""
        return slip_titles().get(kind) or titles()["near"]
    partly = not is_right and grade["score"] > 0
    return pgettext("verdict", "Partly right") if partly else titles()[verdict]


def _known(definition: Definition, facts: dict[str, Any], language: str) -> str:
    """Return the author's words for a known wrong answer; nothing where there are none."""
    known, place = definition.get("known", []), facts.get("known")
    return in_language(known[place]["text"], language) if place is not None and place < len(known) else ""


def _message(definition: Definition, grade: dict[str, Any], solution: dict[str, Any], language: str) -> list[Part]:
    verdict = grade["verdict"]
    facts = _telling(grade)
    if verdict == "spelling" and "written" in facts:
        return [*_spelling(facts), *_not_here(grade)]
    if verdict == "variant" and "matched" in facts:
        return [*_variant(facts, solution, language), *_not_here(grade)]
    if verdict == "near" and "written" in facts:
        return _near(facts)
    if "pairs" in solution:
        right, whole = len(facts.get("right", [])), len(solution["pairs"])
        return [{"text": _("%(right)d of %(whole)d pairs are right.") % {"right": right, "whole": whole}}]
    if verdict == "other" and "other_form" in facts:
        return [*_other(facts, definition, language), *_right(solution, language)]
    if verdict == "wrong" and "chosen" in facts:
        return [*_right(solution, language), *_picked(facts, definition, language)]
    if verdict == "wrong" and not facts.get("skipped"):
        return [*_wrong(facts), *_right(solution, language)]
    return _right(solution, language)


def _not_here(grade: dict[str, Any]) -> list[Part]:
    """Say why an answer that elsewhere is right does not count in this exercise."""
    return [] if grade["score"] >= 1 else [{"text": " " + _("Here only the course's own form counts.")}]


def _telling(grade: dict[str, Any]) -> dict[str, Any]:
    """Return the facts behind the verdict: of several gaps those of the first that has it."""
    facts = grade["facts"]
    return next((part for part in facts.get("parts", []) if part["verdict"] == grade["verdict"]), facts)


def _other(facts: dict[str, Any], definition: Definition, language: str) -> list[Part]:
    """Say what the word means that was written instead."""
    if facts.get("feedback") == "other.form":
        return said(_("{form} is another form of this word.") + " ", form=rom(facts["other_form"]))
    meanings = facts.get("other_meaning") or definition.get("other_meanings", {}).get(facts["other"], {})
    meaning = in_language(meanings, language)
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


def _spelling(facts: dict[str, Any]) -> list[Part]:
    """Show both spellings, with the letters that differ."""
    if "language" in facts:
        return said(
            _("You wrote {written}. With its marks it is {course}."),
            **_side_by_side(facts["written"], facts["matched"], facts["language"]),
        )
    parts = _side_by_side(facts["written"], facts["matched"])
    return [
        {"text": _("You wrote") + " "},
        *parts["written"],
        {"text": ". " + _("The course writes") + " "},
        *parts["course"],
        {"text": ". " + _("It is the same word.")},
    ]


def _side_by_side(written: str, course: str, lang: str = "rml") -> dict[str, list[Part]]:
    """Return two texts as parts, each with what the other has not marked."""
    pieces = differences(written, course)
    return {
        "written": [rom(a, mark=a.casefold() != b.casefold(), lang=lang) for a, b in pieces if a],
        "course": [rom(b, mark=a.casefold() != b.casefold(), lang=lang) for a, b in pieces if b],
    }


def _variant(facts: dict[str, Any], solution: dict[str, Any], language: str) -> list[Part]:
    name = VARIETY_NAMES.get(facts["variety"], lambda: facts["variety"])()
    meaning = in_language(solution["meaning"], language)
    both = _("both mean “%(meaning)s”") % {"meaning": meaning}
    return [
        rom(facts["matched"]),
        {"text": " " + _("and") + " "},
        rom(solution["romani"]),
        {"text": f" {both} ({name})." if name else f" {both}."},
    ]


def _near(facts: dict[str, Any]) -> list[Part]:
    """Show the place of the slip, not the letter: the learner finds it by hearing and looking again."""
    written, lang = facts["written"], facts.get("language", "rml")
    if not facts.get("slip"):
        return said(_("You wrote {written}. One letter in it is not right yet."), written=rom(written, lang=lang))
    kind, place = facts["slip"]
    end = place + {"missing": 0, "swapped": 2}.get(kind, 1)
    parts = [rom(written[:place], lang=lang), rom(written[place:end] or "_", mark=True, lang=lang)]
    shown = [*parts, rom(written[end:], lang=lang)]
    told = {
        "missing": _("You wrote {written}. After letter %(place)d one is missing.") % {"place": place},
        "extra": _("You wrote {written}. Letter %(place)d is one too many.") % {"place": place + 1},
        "changed": _("You wrote {written}. Letter %(place)d is another one.") % {"place": place + 1},
        "swapped": _("You wrote {written}. Letters %(place)d and %(next)d have changed places.")
        % {"place": place + 1, "next": place + 2},
    }[kind]
    return said(told, written=[part for part in shown if part["text"]])


MOST_DIFFERENCES = 4


def _wrong(facts: dict[str, Any]) -> list[Part]:
    """Say in which words an answer differs from the form, where it has any in common."""
    if facts.get("feedback", "").startswith("wrong.excluded"):
        return [{"text": _("This form does not count here.") + " "}]
    if facts.get("feedback", "").startswith("wrong.order"):
        return [{"text": _("All the words are right; their order is another.") + " "}]
    steps = [Step(*step) for step in facts.get("steps", ())]
    apart = differing(steps)
    if not apart or len(apart) == len(steps):
        return []
    return [part for step in apart[:MOST_DIFFERENCES] for part in _difference(step)]


def _difference(step: Step) -> list[Part]:
    if step.op == "missing":
        return said(_("Missing: {word}.") + " ", word=rom(step.course, mark=True))
    if step.op == "extra":
        return said(_("Too many: {word}.") + " ", word=rom(step.written, mark=True))
    return said(_("Instead of {written}: {course}.") + " ", **_side_by_side(step.written, step.course))


def said(pattern: str, **values: Part | list[Part]) -> list[Part]:
    """Return a sentence as parts, with each {name} in it replaced by the parts of that name."""
    found: list[Part] = []
    for place, piece in enumerate(re.split(r"\{(\w+)\}", pattern)):
        if place % 2:
            value = values[piece]
            found += value if isinstance(value, list) else [value]
        elif piece:
            found.append({"text": piece})
    return found


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

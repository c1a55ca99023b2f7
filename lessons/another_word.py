"""Which word was written instead: the grader knows the words near the one asked for, the dictionary all of them."""

from collections.abc import Sequence
from dataclasses import replace

from dictionary.models import Gloss
from dictionary.spelling import key, plain

from .exercises.base import Definition
from .grading import Grade

NOT_KNOWN = ("wrong", "wrong.words")
Found = dict[str, tuple[str, str, dict[str, str]]]


def with_other_words(definition: Definition, grades: Sequence[Grade]) -> list[Grade]:
    """Return grades of typed answers, each with the word that was written if it is another of the dictionary.

    One query for all of them, and only if one is wrong and nothing else is known about it. What is found stays
    with the answer, its meaning too, so that the verdict is for ever what the learner read.
    """
    wrong = {grade.facts["written"] for grade in grades if _is_open(definition, grade)}
    found = _words(wrong) if wrong else {}
    return [_named(grade, found) if _is_open(definition, grade) else grade for grade in grades]


def _is_open(definition: Definition, grade: Grade) -> bool:
    return "others" in definition and grade.verdict == "wrong" and grade.facts.get("feedback") in NOT_KNOWN


def _words(written: set[str]) -> Found:
    """Return text, code and meaning of the words that are written so, the first entry of each."""
    found: Found = {}
    rows = Gloss.objects.filter(entry__key__in={key(form) for form in written}).order_by("entry__code")
    for text, code, language, meaning in rows.values_list("entry__text", "entry__code", "language", "text"):
        _text, first, meanings = found.setdefault(plain(text), (text, code, {}))
        if code == first:
            meanings[language] = meaning
    return found


def _named(grade: Grade, found: Found) -> Grade:
    word = found.get(grade.facts["written"])
    if word is None:
        return grade
    text, code, meaning = word
    facts = {"other": code, "other_form": text, "other_meaning": meaning, "feedback": "other"}
    return replace(grade, verdict="other", facts=grade.facts | facts)

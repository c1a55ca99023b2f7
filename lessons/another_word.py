"""Which word was written instead: the grader knows the words near the one asked for, the dictionary all of them."""

from dataclasses import replace

from dictionary.models import Gloss
from dictionary.spelling import key, plain

from .exercises.base import Definition
from .grading import Grade

NOT_KNOWN = ("wrong", "wrong.words")


def with_another_word(definition: Definition, grade: Grade) -> Grade:
    """Return the grade of a typed answer, with the word that was written if it is another of the dictionary.

    One query, and only for an answer that is wrong and about which nothing else is known. What is found is kept
    with the answer, its meaning too, so that the verdict stays as the learner read it.
    """
    if "others" not in definition or grade.verdict != "wrong" or grade.facts.get("feedback") not in NOT_KNOWN:
        return grade
    written = grade.facts["written"]
    rows = Gloss.objects.filter(entry__key=key(written)).order_by("entry__code")
    found = [
        row for row in rows.values_list("entry__text", "entry__code", "language", "text") if plain(row[0]) == written
    ]
    if not found:
        return grade
    text, code = found[0][:2]
    meaning = {language: gloss for _text, other, language, gloss in found if other == code}
    word = {"other": code, "other_form": text, "other_meaning": meaning, "feedback": "other"}
    return replace(grade, verdict="other", facts=grade.facts | word)

"""Answering a question, and what an editor makes of an answer."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Answer
from .questions import Question

LONGEST_TEXT = 2000
LONGEST_FORM = 120
LONGEST_NAME = 150
LONGEST_REASON = 300


class AnswerDecidedMeanwhile(Exception):
    """Somebody else has decided about this answer; nothing was done."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.pk)
        self.answer = answer


@transaction.atomic
def answer_question(*, question: Question, by: Any, text: str, romani: str = "", signed_as: str = "") -> Answer:
    """Keep what a reviewer says to a question; what the same person said before and nobody decided about is replaced.

    Raises `ValidationError` by field.
    """
    values = {"text": _clean(text), "romani": " ".join(_clean(romani).split()), "signed_as": _clean(signed_as)}
    faults = {}
    if not values["text"] and not values["romani"]:
        faults["text"] = [_("Write how you say it, or choose “I do not know”.")]
    for name, longest in (("text", LONGEST_TEXT), ("romani", LONGEST_FORM), ("signed_as", LONGEST_NAME)):
        if len(values[name]) > longest:
            faults[name] = [_("At most %(count)d characters.") % {"count": longest}]
    if faults:
        raise ValidationError(faults)
    values["text"] = values["text"] or values["romani"]
    mine = Answer.objects.select_for_update().filter(by=by, lesson=question.lesson, digest=question.digest)
    kept = mine.filter(state=Answer.ANSWERED, place=question.place).first()
    if kept is None:
        kept = Answer(lesson=question.lesson, digest=question.digest, place=question.place, by=by)
    kept.kind, kept.question = question.kind, question.text[:500]
    kept.text, kept.romani, kept.signed_as = values["text"], values["romani"], values["signed_as"]
    kept.save()
    return kept


@transaction.atomic
def take_over(*, answer: Answer, by: Any) -> Answer:
    """Say that the lesson has it now, written there by hand. Raises AnswerDecidedMeanwhile."""
    return _decide(answer, by, Answer.TAKEN_OVER)


@transaction.atomic
def set_aside(*, answer: Answer, by: Any, reason: str) -> Answer:
    """Say why an answer is not taken over; who gave it reads that. Raises ValidationError, AnswerDecidedMeanwhile."""
    reason = _clean(reason)
    if not reason:
        raise ValidationError({"reason": _("Say why; the reviewer reads it.")})
    if len(reason) > LONGEST_REASON:
        raise ValidationError({"reason": _("At most %(count)d characters.") % {"count": LONGEST_REASON}})
    return _decide(answer, by, Answer.SET_ASIDE, reason=reason)


def still_waiting(answer: Answer) -> Answer:
    """Lock an answer and return it; raises AnswerDecidedMeanwhile if somebody has decided about it."""
    locked: Answer = Answer.objects.select_for_update(of=("self",)).select_related("by", "decided_by").get(pk=answer.pk)
    if locked.state != Answer.ANSWERED:
        raise AnswerDecidedMeanwhile(locked)
    return locked


def _decide(answer: Answer, by: Any, state: str, **values: Any) -> Answer:
    locked = still_waiting(answer)
    for name, value in values.items():
        setattr(locked, name, value)
    locked.state, locked.decided_by, locked.decided_at = state, by, timezone.now()
    locked.save()
    return locked


def mark_taken_over(*, answer: Answer, by: Any, entry: Any) -> Answer:
    """Say that an answer became a phrase of the dictionary. For use where the answer is locked already."""
    return _decide(answer, by, Answer.TAKEN_OVER, entry=entry)


def _clean(text: str) -> str:
    return text.replace("\x00", "").strip()

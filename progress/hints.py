"""Hints that cost: asking for one is kept with the attempt, and what it costs with each answer that follows."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lessons.hints import Hint, costs_of, steps

from .models import Answer, Attempt, AttemptItem, OpenedHint
from .querysets import answered_once, item_or_404, opened_hints


def open_hint(*, user: Any, attempt: UUID, exercise: UUID, number: int) -> tuple[AttemptItem, list[Hint]]:
    """Keep that the learner asks for a hint; return its exercise and all the hints as they stand now.

    Asking again changes nothing. Where no answer that could count may follow, all are free and nothing is kept.

    Raises:
        Http404: no such attempt of this learner, no such exercise in it, or no such hint.
        ValidationError: an earlier hint that costs has not been asked for.
    """
    item = item_or_404(user=user, attempt=attempt, exercise=exercise)
    costs = costs_of(item.version.definition)
    if not 1 <= number <= len(costs):
        raise Http404
    with transaction.atomic():
        # The same lock as an answer's: which of the two came first must be certain.
        current = Attempt.objects.select_for_update(no_key=True).filter(pk=item.attempt_id).first()
        if current is None:
            raise Http404
        opened = opened_hints([item]).get(item.pk, {})
        are_free = hints_are_free(current, _is_answered(current, exercise))
        if not are_free and costs[number - 1] and number not in opened:
            _refuse_leaps(costs, opened, number)
            OpenedHint.objects.create(item=item, number=number, cost=costs[number - 1])
            opened[number] = costs[number - 1]
    return item, shown_hints(item, opened, are_free=are_free)


def hints_are_free(attempt: Attempt, is_answered: bool) -> bool:
    """Say whether hints cost nothing any more: the attempt is over, or the answer that counts has been given."""
    return not attempt.is_open or attempt.is_over or (attempt.gives_feedback_at_once and is_answered)


def shown_hints(item: AttemptItem, opened: Collection[int], *, are_free: bool) -> list[Hint]:
    """Return an exercise's hints as the learner may see them now; nothing where all are free from the first."""
    return steps(item.version.definition, opened, get_language() or "lv", are_free=are_free)


def _is_answered(attempt: Attempt, exercise: UUID) -> bool:
    return answered_once(Answer.objects.filter(attempt=attempt, exercise_uuid=exercise).order_by("id")) is not None


def _refuse_leaps(costs: Sequence[int], opened: Collection[int], number: int) -> None:
    """Let nobody pay for a hint whose text an earlier one still hides."""
    missing = next((one for one in range(1, number) if costs[one - 1] and one not in opened), None)
    if missing:
        raise ValidationError({"number": _("Please open hint %(number)d first.") % {"number": missing}})


def hints_before(item: AttemptItem, last: Sequence[Answer], content: Any) -> dict[str, int]:
    """Return what an answer that comes now has to say of the hints opened before it; a query only where any costs.

    An answer that says once more what the last one said costs what that one cost: it owes the hint nothing.
    """
    if not costs_of(item.version.definition):
        return {}
    if last and last[0].content == content:
        return {"hints": last[0].hints, "hint_cost": last[0].hint_cost}
    opened = opened_hints([item]).get(item.pk, {})
    return {"hints": len(opened), "hint_cost": sum(opened.values())}

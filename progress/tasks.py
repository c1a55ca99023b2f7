"""Background work of this room. Tasks carry ids only and may run twice."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from lessons.models import Exercise
from media.background import task

from .letters import write_to_learners_of
from .models import AppealedForm
from .regrading import regrade, targets_of_exercise, targets_of_form


@task(backend="jobs")
def regrade_form(form_id: int) -> int:
    """Judge all answers again with a form that was accepted; return how many attempts gained."""
    form = AppealedForm.objects.filter(pk=form_id, status=AppealedForm.ACCEPTED).first()
    return regrade(targets=targets_of_form(form), made_by=form.decided_by) if form else 0


@task(backend="jobs")
def regrade_exercise(exercise_id: int, made_by_id: int | None) -> int:
    """Judge all answers to an exercise again by its published key; return how many attempts gained."""
    exercise: Any = Exercise.objects.filter(pk=exercise_id, live=True).first()
    made_by = get_user_model().objects.filter(pk=made_by_id).first() if made_by_id else None
    return regrade(targets=targets_of_exercise(exercise), made_by=made_by) if exercise else 0


PUT_TOGETHER = timedelta(minutes=10)
"""How long the first letter waits, so that what a reviewer decides in one sitting comes in one."""

MOST_TRIES = 12
LONGEST_PAUSE = timedelta(hours=6)


def later(one: Any, pause: timedelta = PUT_TOGETHER) -> Any:
    """Return the task to be begun after a while; at once where tasks cannot wait."""
    return one.using(run_after=timezone.now() + pause) if one.get_backend().supports_defer else one


@task(backend="jobs")
def write_decisions(form_id: int, tries: int = 1) -> int:
    """Write to all who appealed a form; return how many letters went out.

    A mail server that is away is tried again after minutes, then hours, for about two days; on the site the decision
    stands anyway.
    """
    form = AppealedForm.objects.filter(pk=form_id).exclude(status=AppealedForm.OPEN).first()
    if form is None:
        return 0
    sent, is_whole = write_to_learners_of(form)
    if not is_whole and tries < MOST_TRIES:
        later(write_decisions, min(PUT_TOGETHER * 2 ** (tries - 1), LONGEST_PAUSE)).enqueue(form_id, tries + 1)
    return sent

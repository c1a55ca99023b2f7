"""Background work of this room. Tasks carry ids only and may run twice."""

from typing import Any

from django.contrib.auth import get_user_model

from lessons.models import Exercise
from media.background import task

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

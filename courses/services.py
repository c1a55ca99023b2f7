"""Use-cases of courses that write."""

from typing import Any
from uuid import UUID

from .models import Enrollment


def enroll_learner(*, user: Any, course_key: UUID) -> Enrollment:
    """Return the learner's enrolment in the course; make it if there is none. Safe to repeat."""
    return Enrollment.objects.get_or_create(user=user, course_key=course_key)[0]

"""Everything that is derived from the log: lesson and course progress. Can be dropped and rebuilt with equal rows.

The rules, as learners read them: the best attempt counts; a lesson is complete when its quiz is passed
(without a quiz: when all its parts are done); a course is complete when all its lessons are complete
and all its tests passed.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from wagtail.models import Page

from courses.models import CoursePage
from courses.services import enroll_learner
from lessons.models import LessonPage, TestPage

from .models import Attempt, CourseProgress, LessonEvent, LessonProgress


def refresh_after_attempt(attempt: Attempt) -> None:
    """Bring up to date what a submitted attempt changes."""
    lesson = LessonPage.objects.filter(quiz__uuid=attempt.quiz_uuid).order_by("pk").first()
    if lesson is not None:
        refresh_lesson(user=attempt.user, lesson=lesson)
        return
    test = TestPage.objects.filter(quiz__uuid=attempt.quiz_uuid).order_by("pk").first()
    if test is not None:
        refresh_course(user=attempt.user, page=test)


def refresh_lesson(*, user: Any, lesson: LessonPage) -> LessonProgress:
    """Derive one learner's progress in one lesson, then in its course."""
    events = list(LessonEvent.objects.filter(user=user, lesson_key=lesson.translation_key).order_by("id"))
    reached = [event.block for event in events if event.kind == LessonEvent.REACHED]
    done = list(dict.fromkeys(event.block for event in events if event.kind == LessonEvent.DONE))
    attempts = _submitted(user, [lesson.quiz.uuid] if lesson.quiz else [])
    finished = _lesson_finished_at(lesson, events, attempts)
    moments = [event.created_at for event in events] + [a.submitted_at for a in attempts if a.submitted_at]
    progress, _made = LessonProgress.objects.update_or_create(
        user=user,
        lesson_key=lesson.translation_key,
        defaults={
            "block": reached[-1] if reached else "",
            "done": done,
            "best_score": max((a.score for a in attempts if a.score is not None), default=None),
            "completed_at": finished,
            "updated_at": max(moments) if moments else _now(),
        },
    )
    refresh_course(user=user, page=lesson)
    return progress


def _now() -> datetime:
    from django.utils import timezone

    return timezone.now()


def _submitted(user: Any, quizzes: list[UUID]) -> list[Attempt]:
    found = Attempt.objects.filter(user=user, quiz_uuid__in=quizzes, submitted_at__isnull=False)
    return list(found.order_by("submitted_at", "id"))


def _lesson_finished_at(lesson: LessonPage, events: list[LessonEvent], attempts: list[Attempt]) -> datetime | None:
    """Return when the lesson was first complete."""
    if lesson.quiz is not None:
        return next((attempt.submitted_at for attempt in attempts if attempt.passed), None)
    missing = {section.id for section in lesson.sections}
    for event in events:
        if event.kind == LessonEvent.DONE:
            missing.discard(event.block)
            if not missing:
                return event.created_at
    return None


def course_of(page: Page) -> CoursePage | None:
    """Return the course that a lesson or test belongs to."""
    return CoursePage.objects.ancestor_of(page).first()


def refresh_course(*, user: Any, page: Page) -> CourseProgress | None:
    """Derive one learner's progress in the course of `page`; enrol the learner if that is new."""
    course = course_of(page)
    if course is None:
        return None
    enroll_learner(user=user, course_key=course.translation_key)
    lessons = set(LessonPage.objects.live().descendant_of(course).values_list("translation_key", flat=True))
    tests = list(
        TestPage.objects.live().descendant_of(course).filter(quiz__isnull=False).values_list("quiz__uuid", flat=True)
    )
    finished = dict(
        LessonProgress.objects.filter(user=user, lesson_key__in=lessons, completed_at__isnull=False).values_list(
            "lesson_key", "completed_at"
        )
    )
    passed: dict[UUID, datetime] = {}
    for attempt in _submitted(user, tests):
        if attempt.passed and attempt.submitted_at:
            passed.setdefault(attempt.quiz_uuid, attempt.submitted_at)
    whole = bool(lessons) and len(finished) == len(lessons) and len(passed) == len(set(tests))
    progress, _made = CourseProgress.objects.update_or_create(
        user=user,
        course_key=course.translation_key,
        defaults={
            "lessons_done": len(finished),
            "tests_passed": len(passed),
            "completed_at": max([*finished.values(), *passed.values()]) if whole else None,
        },
    )
    return progress


def rebuild(*, user: Any) -> None:
    """Drop one learner's summaries and derive them again from the log."""
    from .services import score_of

    LessonProgress.objects.filter(user=user).delete()
    CourseProgress.objects.filter(user=user).delete()
    for attempt in Attempt.objects.filter(user=user, submitted_at__isnull=False):
        attempt.score, attempt.passed = score_of(attempt)
        attempt.save(update_fields=["score", "passed"])
        refresh_after_attempt(attempt)
    keys = LessonEvent.objects.filter(user=user).values_list("lesson_key", flat=True).distinct()
    for key in keys:
        lesson = LessonPage.objects.filter(translation_key=key).order_by("pk").first()
        if lesson is not None:
            refresh_lesson(user=user, lesson=lesson)

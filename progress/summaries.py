"""Everything that is derived from the log: lesson and course progress. Can be dropped and rebuilt with equal rows.

The rules, as learners read them: the best attempt counts; a lesson is complete when its quiz is passed
(without a quiz: when all its parts are done); a course is complete when all its lessons are complete
and all its tests passed. A lesson or course is the same one in every language.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from wagtail.models import Page

from courses.models import CoursePage
from courses.services import enroll_learner
from lessons.models import LessonPage, TestPage

from .models import Attempt, CourseProgress, LessonEvent, LessonProgress
from .querysets import score_of


def refresh_after_attempt(attempt: Attempt) -> None:
    """Bring up to date what a submitted attempt changes: the lessons or courses that its quiz belongs to."""
    lessons = LessonPage.objects.filter(quiz__uuid=attempt.quiz_uuid).order_by("translation_key")
    for key in lessons.values_list("translation_key", flat=True).distinct():
        refresh_lesson(user=attempt.user, key=key)
    for course in courses_of(TestPage.objects.filter(quiz__uuid=attempt.quiz_uuid)):
        refresh_course(user=attempt.user, course=course)


def refresh_lesson(*, user: Any, key: UUID) -> LessonProgress | None:
    """Derive one learner's progress in one lesson, then in its course; None without a lesson or a trace of it."""
    pages = list(LessonPage.objects.filter(translation_key=key).select_related("quiz").order_by("locale_id", "pk"))
    events = list(LessonEvent.objects.filter(user=user, lesson_key=key).order_by("id"))
    attempts = _submitted(user, {page.quiz.uuid for page in pages if page.quiz})
    moments = [event.created_at for event in events] + [a.submitted_at for a in attempts if a.submitted_at]
    if not pages or not moments:
        return None
    reached = [event.block for event in events if event.kind == LessonEvent.REACHED]
    finished = [moment for page in pages if (moment := _finished_at(page, events, attempts))]
    progress, _made = LessonProgress.objects.update_or_create(
        user=user,
        lesson_key=key,
        defaults={
            "block": reached[-1] if reached else "",
            "done": list(dict.fromkeys(event.block for event in events if event.kind == LessonEvent.DONE)),
            "best_score": max((a.score for a in attempts if a.score is not None), default=None),
            "completed_at": min(finished, default=None),
            "updated_at": max(moments),
        },
    )
    for course in courses_of(pages):
        refresh_course(user=user, course=course)
    return progress


def _submitted(user: Any, quizzes: Iterable[UUID]) -> list[Attempt]:
    found = Attempt.objects.filter(user=user, quiz_uuid__in=list(quizzes), submitted_at__isnull=False)
    return list(found.order_by("submitted_at", "id"))


def _finished_at(page: LessonPage, events: list[LessonEvent], attempts: list[Attempt]) -> datetime | None:
    """Return when the lesson was first complete by the rule of this language's page."""
    if page.quiz is not None:
        return next((a.submitted_at for a in attempts if a.passed and a.quiz_uuid == page.quiz.uuid), None)
    missing = {section.id for section in page.sections}
    for event in events:
        if event.kind == LessonEvent.DONE:
            missing.discard(event.block)
            if not missing:
                return event.created_at
    return None


def courses_of(pages: Iterable[Page]) -> list[CoursePage]:
    """Return the courses of the pages, each once, in the first language it exists in; at most two queries."""
    paths = {page.path[: page.steplen * depth] for page in pages for depth in range(1, page.depth)}
    if not paths:
        return []
    keys = CoursePage.objects.filter(path__in=paths).values("translation_key")
    first: dict[UUID, CoursePage] = {}
    for course in CoursePage.objects.filter(translation_key__in=keys).order_by("locale_id", "pk"):
        first.setdefault(course.translation_key, course)
    return list(first.values())


def refresh_course(*, user: Any, course: CoursePage) -> CourseProgress:
    """Derive one learner's progress in a course; enrol the learner if that is new."""
    enroll_learner(user=user, course_key=course.translation_key)
    lessons = set(LessonPage.objects.live().descendant_of(course).values_list("translation_key", flat=True))
    tests = set(
        TestPage.objects.live().descendant_of(course).filter(quiz__isnull=False).values_list("quiz__uuid", flat=True)
    )
    complete = LessonProgress.objects.filter(user=user, lesson_key__in=lessons, completed_at__isnull=False)
    finished = dict(complete.values_list("lesson_key", "completed_at"))
    passed: dict[UUID, datetime] = {}
    for attempt in _submitted(user, tests):
        if attempt.passed and attempt.submitted_at:
            passed.setdefault(attempt.quiz_uuid, attempt.submitted_at)
    moments = [moment for moment in (*finished.values(), *passed.values()) if moment]
    whole = bool(lessons) and len(finished) == len(lessons) and len(passed) == len(tests)
    progress, _made = CourseProgress.objects.update_or_create(
        user=user,
        course_key=course.translation_key,
        defaults={
            "lessons_done": len(finished),
            "tests_passed": len(passed),
            "completed_at": max(moments) if whole else None,
        },
    )
    return progress


@transaction.atomic
def rebuild(*, user: Any) -> None:
    """Drop one learner's summaries and derive them again from the log, which stays as it is."""
    type(user).objects.select_for_update(no_key=True).filter(pk=user.pk).first()
    LessonProgress.objects.filter(user=user).delete()
    CourseProgress.objects.filter(user=user).delete()
    attempts = list(Attempt.objects.filter(user=user, submitted_at__isnull=False).order_by("id"))
    for attempt in attempts:
        attempt.score, attempt.passed = score_of(attempt)
        attempt.save(update_fields=["score", "passed"])
    taken = {attempt.quiz_uuid for attempt in attempts}
    keys = set(LessonEvent.objects.filter(user=user).values_list("lesson_key", flat=True))
    keys |= set(LessonPage.objects.filter(quiz__uuid__in=taken).values_list("translation_key", flat=True))
    for key in sorted(keys):
        refresh_lesson(user=user, key=key)
    for course in courses_of(TestPage.objects.filter(quiz__uuid__in=taken)):
        refresh_course(user=user, course=course)

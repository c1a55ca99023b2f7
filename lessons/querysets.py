"""Who may see which lessons, exercises and quizzes."""

from typing import Any, NamedTuple

from django.db.models import QuerySet
from wagtail.models import Page

from courses.models import CoursePage

from .models import Exercise, LessonPage, Quiz, TestPage


def visible_lessons(language: str) -> QuerySet[LessonPage]:
    """Return the published, public lessons in one language."""
    return LessonPage.objects.live().public().filter(locale__language_code=language)


def visible_exercises() -> QuerySet[Exercise]:
    """Return the published exercises."""
    return Exercise.objects.filter(live=True)


def visible_quizzes() -> QuerySet[Quiz]:
    """Return the quizzes that a published page leads to."""
    lessons = LessonPage.objects.live().public().filter(quiz__isnull=False).values("quiz")
    tests = TestPage.objects.live().public().filter(quiz__isnull=False).values("quiz")
    return Quiz.objects.filter(pk__in=lessons) | Quiz.objects.filter(pk__in=tests)


def page_of_quiz(quiz: Quiz, language: str) -> Any:
    """Return the page that the quiz belongs to, in the language or in another one it is published in."""
    for model in (LessonPage, TestPage):
        pages = list(model.objects.live().public().filter(quiz=quiz).select_related("locale"))
        if pages:
            return next((page for page in pages if page.locale.language_code == language), pages[0])
    return None


def lesson_number(lesson: LessonPage) -> tuple[int, int]:
    """Return (which lesson of its course this is, of how many); one query."""
    course = lesson.get_ancestors().filter(depth=lesson.depth - 2).first()
    siblings = list(
        LessonPage.objects.live().public().descendant_of(course).order_by("path").values_list("pk", flat=True)
        if course
        else [lesson.pk]
    )
    return (siblings.index(lesson.pk) + 1 if lesson.pk in siblings else len(siblings) + 1, len(siblings))


class Place(NamedTuple):
    """Where a lesson or test stands: what comes before and after it, across modules, and the course of all three."""

    before: Page | None = None
    after: Page | None = None
    course: Page | None = None


def place_of(page: Page) -> Place:
    """Return a page's place in its course; at most two queries.

    Tests of the whole course come after all modules, wherever they stand in the tree.
    """
    course = page.get_ancestors().type(CoursePage).last()
    if course is None:
        return Place()
    found = Page.objects.live().public().descendant_of(course).type(LessonPage, TestPage).order_by("path")
    pages = sorted(found, key=lambda one: one.depth == course.depth + 1)
    at = next((i for i, other in enumerate(pages) if other.pk == page.pk), None)
    if at is None:
        return Place(course=course)
    return Place(pages[at - 1] if at else None, pages[at + 1] if at + 1 < len(pages) else None, course)

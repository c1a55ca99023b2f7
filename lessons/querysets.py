"""Who may see which lessons, exercises and quizzes."""

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page

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


def neighbours(page: Page) -> tuple[Page | None, Page | None]:
    """Return the lessons or tests before and after a page in its course, across modules; at most two queries."""
    module = page.get_parent()
    course = module.get_parent() if module else None
    if course is None:
        return None, None
    pages = list(
        Page.objects.live()
        .public()
        .descendant_of(course)
        .filter(depth=page.depth)
        .type(LessonPage, TestPage)
        .order_by("path")
    )
    place = next((i for i, other in enumerate(pages) if other.pk == page.pk), None)
    if place is None:
        return None, None
    return (pages[place - 1] if place else None, pages[place + 1] if place + 1 < len(pages) else None)

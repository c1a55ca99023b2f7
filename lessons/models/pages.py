"""Lesson pages and test pages."""

from functools import cached_property
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.models import BasePage

from ..blocks import LessonBodyBlock
from ..sections import Section, sections

ON_PAPER = "druka"
"""`?druka` after the address of a lesson or a test gives its exercises as they are printed."""
PAPER_TEMPLATE = "lessons/paper.html"


class LessonPage(BasePage):
    """One lesson of 10–15 minutes: what one can do after it, its parts, and a quiz at the end.

    The same for everyone at one address; what a learner has done comes from the API.
    Outside, a lesson is known by its translation key: one lesson, whatever the language.
    """

    page_description = _("One lesson of a module: words, phrases, grammar, practice and a quiz.")
    template = "lessons/lesson_page.html"
    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []
    summary_needs = ("quiz",)

    can_do = models.TextField(
        _("can-do"),
        max_length=400,
        help_text=_("What the learner can do after the lesson, said by the learner: “I recognise …”."),
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("How long it takes."),
    )
    body = StreamField(LessonBodyBlock(), verbose_name=_("lesson"), blank=True)
    quiz = models.ForeignKey(
        "lessons.Quiz",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="lesson_pages",
        verbose_name=_("quiz"),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("can_do"),
        FieldPanel("minutes"),
        FieldPanel("body"),
        FieldPanel("quiz"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("can_do"), index.SearchField("body")]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    @property
    def duration_minutes(self) -> int | None:
        return self.minutes

    @cached_property
    def sections(self) -> list[Section]:
        """Return the parts of the lesson as the step line and the progress know them."""
        return sections(self.body)

    def get_template(self, request: Any, *args: Any, **kwargs: Any) -> str:
        return PAPER_TEMPLATE if ON_PAPER in request.GET else super().get_template(request, *args, **kwargs)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..paper import sheets_of_lesson
        from ..services import lesson_context

        more = {"sheets": sheets_of_lesson(self)} if ON_PAPER in request.GET else lesson_context(self)
        return super().get_context(request, *args, **kwargs) | more

    def summary(self) -> dict[str, Any]:
        """Return what a course's outline says of the lesson."""
        return {
            "kind": "lesson",
            "minutes": self.minutes,
            "can_do": self.can_do,
            "quiz": str(self.quiz.uuid) if self.quiz else None,
        }


class TestPage(BasePage):
    """The test at the end of a module (or of the course): what counts, and the way into it."""

    __test__ = False  # not a test class for pytest

    page_description = _("The test of a module.")
    template = "lessons/test_page.html"
    parent_page_types = ["courses.ModulePage", "courses.CoursePage"]
    subpage_types: list[str] = []
    summary_needs = ("quiz",)

    quiz = models.ForeignKey(
        "lessons.Quiz", on_delete=models.PROTECT, null=True, related_name="test_pages", verbose_name=_("quiz")
    )

    content_panels = [*BasePage.content_panels, FieldPanel("quiz")]

    class Meta:
        verbose_name = _("test")
        verbose_name_plural = _("tests")

    def get_template(self, request: Any, *args: Any, **kwargs: Any) -> str:
        return PAPER_TEMPLATE if ON_PAPER in request.GET else super().get_template(request, *args, **kwargs)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..paper import sheets_of_quiz
        from ..services import quiz_rules

        more: dict[str, Any] = {"sheets": sheets_of_quiz(self.quiz)} if ON_PAPER in request.GET else {}
        more["rules"] = quiz_rules(self.quiz) if self.quiz else None
        return super().get_context(request, *args, **kwargs) | more

    def summary(self) -> dict[str, Any]:
        return {"kind": "test", "quiz": str(self.quiz.uuid) if self.quiz else None}

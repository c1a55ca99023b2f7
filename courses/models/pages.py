"""Course and module pages. Lessons are named by string: they belong to the room above."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.models import BasePage

from ..outline import module_items, outline


class CoursePage(BasePage):
    """A course: modules of lessons, in order.

    Outside, a course is known by its slug; for progress by its translation key, the same in every language.
    """

    page_description = _("A course with its modules and lessons.")
    template = "courses/course_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["courses.ModulePage", "lessons.TestPage"]

    shared_fields = ("level",)

    level = models.CharField(_("level"), max_length=20, blank=True, help_text=_("CEFR level, for example A1."))

    content_panels = [*BasePage.content_panels, FieldPanel("level")]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"outline": outline(self)}


class ModulePage(BasePage):
    """A module: a few lessons with one goal, and a test."""

    page_description = _("A module of a course: its goal, lessons and test.")
    template = "courses/module_page.html"
    parent_page_types = ["courses.CoursePage"]
    subpage_types = ["lessons.LessonPage", "lessons.TestPage"]

    goal = models.CharField(_("goal"), max_length=250, help_text=_("One sentence: what one can do after the module."))

    content_panels = [*BasePage.content_panels, FieldPanel("goal")]

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {
            "course": self.get_parent(),
            "items": module_items(self),
        }

    def summary(self) -> dict[str, Any]:
        return {"kind": "module", "goal": self.goal}

"""Wiring of lessons into Wagtail."""

from typing import Any

from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from cms.desk import ROWS, DeskPanel, DeskRow

from . import paper_key as paper_key  # its hooks
from .check_views import CourseCheckPanel, QuestionsPanel, course_check, may_see
from .models import Exercise, LessonPage
from .picture_editor import picture_to_draw_on
from .proposal_views import PickWordsView, ProposalsView
from .viewsets import PracticeGroup

register_snippet(PracticeGroup)


class ExerciseDraftsPanel(DeskPanel):
    """Exercises with changes that learners do not see yet."""

    name = "exercise-drafts"
    title = _("Exercises not published yet")
    empty = _("Every exercise is published.")
    order = 55

    def is_shown(self) -> bool:
        return bool(self.request.user.has_perm("lessons.change_exercise"))

    def waiting(self) -> Any:
        return Exercise.objects.filter(has_unpublished_changes=True).order_by("-latest_revision__created_at", "title")

    def rows(self) -> list[DeskRow]:
        name = Exercise.snippet_viewset.get_url_name("edit")  # type: ignore[attr-defined]
        return [
            DeskRow(title=one.title, url=reverse(name, args=[one.pk]), action=gettext("Continue"))
            for one in self.waiting()[:ROWS]
        ]

    def count(self) -> int:
        return int(self.waiting().count())


@hooks.register("construct_homepage_panels")
def show_what_waits(request: Any, panels: list[Any]) -> None:
    panels += [panel(request) for panel in (ExerciseDraftsPanel, QuestionsPanel, CourseCheckPanel)]


@hooks.register("register_reports_menu_item")
def offer_course_check() -> MenuItem:
    return CheckItem(_("Check of the course"), reverse_lazy("course_check"), name="course-check", icon_name="tasks")


class CheckItem(MenuItem):
    """The menu item of the report, for those who may see it."""

    def is_shown(self, request: Any) -> bool:
        return may_see(request.user)


@hooks.register("register_admin_urls")
def add_from_words() -> list[URLPattern]:
    return [
        path("exercises-from-words/", PickWordsView.as_view(), name="exercises-from-words"),
        path("exercises-from-words/proposals/", ProposalsView.as_view(), name="exercise-proposals"),
        path("course-check/", course_check, name="course_check"),
        path("exercise-picture/<int:pk>/", picture_to_draw_on, name="exercise-picture"),
    ]


@hooks.register("register_page_header_buttons")
def offer_from_words(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Any:
    if isinstance(page.specific_deferred, LessonPage) and user.has_perm("lessons.add_exercise"):
        url = f"{reverse('exercises-from-words')}?lesson={page.pk}"
        yield Button(_("Exercises from words"), url=url, icon_name="check", priority=35)

"""Wiring of lessons into Wagtail."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from cms.desk import ROWS, DeskPanel, DeskRow

from . import paper_key as paper_key  # its hooks
from .models import Exercise
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
def show_exercise_drafts(request: Any, panels: list[Any]) -> None:
    panels.append(ExerciseDraftsPanel(request))

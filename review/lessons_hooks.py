"""Wiring of the queue of lessons and exercises: addresses, the room's first page, the desk."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import TaskState

from cms.desk import ROWS, DeskLink, DeskPanel, DeskRow

from . import lessons_views
from .lessons import PERMISSION, waiting_for
from .models import NativeReviewTask
from .parts import HOOK, Part


@hooks.register("register_admin_urls")
def lesson_addresses() -> list[URLPattern]:
    return [
        path("review/lessons/", lessons_views.lessons, name="review_lessons"),
        path("review/lessons/<int:pk>/", lessons_views.lesson, name="review_lesson"),
    ]


@hooks.register(HOOK)
def offer_lessons(request: HttpRequest, parts: list[Part]) -> None:
    if request.user.has_perm(PERMISSION):
        parts.append(
            Part(
                name="lessons",
                title=_("Lessons and exercises"),
                text=_("Read what an author has written, as a learner would, and say whether it is right."),
                url=reverse("review_lessons"),
                count=waiting_for(request.user).count,
                order=20,
            )
        )


class LessonsPanel(DeskPanel):
    """What authors have sent to native reviewers."""

    name = "review-lessons"
    title = gettext_lazy("Lessons and exercises for you to check")
    empty = gettext_lazy("No lesson and no exercise waits for you.")
    order = 12

    def is_shown(self) -> bool:
        return bool(self.request.user.has_perm(PERMISSION))

    @cached_property
    def waiting(self) -> QuerySet[TaskState]:
        return waiting_for(self.request.user)

    def rows(self) -> Sequence[DeskRow]:
        return [
            DeskRow(
                title=one.revision.object_str,
                url=reverse("review_lesson", args=[one.pk]),
                action=_("Read"),
                remark=one.revision.content_type.name,
            )
            for one in self.waiting[:ROWS]
        ]

    def count(self) -> int:
        return self.waiting.count()

    def link(self) -> DeskLink:
        return DeskLink(label=_("All that waits"), url=reverse("review_lessons"))


class ApprovalsPanel(DeskPanel):
    """What waits for this person in Wagtail's own steps of a workflow: for editors, what is to be published.

    Wagtail lists the same below, with all that can be done there; here it stands among what comes first.
    """

    name = "review-approvals"
    title = gettext_lazy("Waits for you to publish")
    empty = gettext_lazy("Nothing waits to be published.")
    order = 5

    def is_shown(self) -> bool:
        return bool(self.request.user.has_perm("lessons.publish_exercise"))

    @cached_property
    def waiting(self) -> QuerySet[TaskState]:
        native = NativeReviewTask.objects.values("pk")
        found = TaskState.objects.reviewable_by(self.request.user).exclude(task__in=native)
        return found.select_related("revision__content_type").order_by("started_at", "pk")

    def rows(self) -> Sequence[DeskRow]:
        finder = AdminURLFinder(self.request.user)
        things = [one.revision for one in self.waiting[:ROWS]]
        return [
            DeskRow(
                title=one.object_str,
                url=finder.get_edit_url(one.content_object) or "",
                action=_("Look"),
                remark=one.content_type.name,
            )
            for one in things
            if one.content_object is not None
        ]

    def count(self) -> int:
        return self.waiting.count()


@hooks.register("construct_homepage_panels")
def show_lessons(request: HttpRequest, panels: list[Any]) -> None:
    panels += [ApprovalsPanel(request), LessonsPanel(request)]

"""Wiring of progress into Wagtail: the reviewers' queue."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from lessons.exercises import is_self_judged
from lessons.models import Exercise

from . import admin_views, statistics_views
from .desk import AppealsPanel
from .regrading import targets_of_exercise


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("appeals/", admin_views.appeals, name="appeals"),
        path("appeals/<uuid:uuid>/", admin_views.decide, name="appeal_decide"),
        path("exercises/", statistics_views.all_exercises, name="item_reports"),
        path("exercises/<int:pk>/statistics/", statistics_views.exercise, name="item_report"),
        path("exercises/<int:pk>/regrade/", admin_views.regrade, name="exercise_regrade"),
    ]


class PermittedItem(MenuItem):
    """A menu item for those who have a permission."""

    def __init__(self, *args: Any, permission: str, **kwargs: Any) -> None:
        self.permission = permission
        super().__init__(*args, **kwargs)

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.permission))


@hooks.register("register_admin_menu_item")
def offer_appeals() -> MenuItem:
    return PermittedItem(
        _("Learners' answers"),
        reverse_lazy("appeals"),
        name="appeals",
        icon_name="help",
        order=215,
        permission="progress.view_appealedform",
    )


@hooks.register("register_reports_menu_item")
def offer_statistics() -> MenuItem:
    return PermittedItem(
        _("How the exercises work"),
        reverse_lazy("item_reports"),
        name="item-reports",
        icon_name="order",
        order=800,
        permission="lessons.change_exercise",
    )


@hooks.register("after_edit_snippet")
def offer_regrading(request: HttpRequest, instance: Any) -> None:
    """After a key was corrected and published, offer to judge earlier answers by it."""
    if not isinstance(instance, Exercise) or not request.user.has_perm("progress.add_regrading"):
        return
    if instance.live and not instance.has_unpublished_changes and targets_of_exercise(instance):
        see = messages.button(reverse("exercise_regrade", args=[instance.pk]), _("See whose result would change"))
        messages.info(request, _("Learners have answered this exercise as it was before."), buttons=[see])


@hooks.register("register_snippet_listing_buttons")
def show_what_learners_did(snippet: Any, user: Any, next_url: str | None = None) -> Any:
    """Offer both beside an exercise in the list and in its editor; not where learners judge themselves."""
    if not isinstance(snippet, Exercise) or is_self_judged(snippet.type):
        return
    for label, route, icon, priority, permission in (
        (_("Statistics"), "item_report", "order", 55, "lessons.change_exercise"),
        (_("Judge answers again"), "exercise_regrade", "rotate", 60, "progress.add_regrading"),
    ):
        if user.has_perm(permission):
            yield Button(label, reverse(route, args=[snippet.pk]), icon_name=icon, priority=priority)


@hooks.register("construct_homepage_panels")
def show_appeals(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(AppealsPanel(request))

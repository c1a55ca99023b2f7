"""Wiring of progress into Wagtail: the reviewers' queue."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import admin_views
from .desk import AppealsPanel


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("appeals/", admin_views.appeals, name="appeals"),
        path("appeals/<uuid:uuid>/", admin_views.decide, name="appeal_decide"),
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


@hooks.register("construct_homepage_panels")
def show_appeals(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(AppealsPanel(request))

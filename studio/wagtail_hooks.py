"""Wiring of the studio into Wagtail."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from media.permissions import CHECK

from . import completeness_hooks as completeness_hooks  # its hooks
from . import take_views, views
from . import upload_hooks as upload_hooks  # its hooks
from .desk import TakesPanel
from .menu import ITEMS, PermittedItem, offer_studio
from .new_session import new_session

__all__ = ["offer_studio"]


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("studio/takes/", take_views.takes, name="studio_takes"),
        path("studio/takes/list/", take_views.takes_list, name="studio_takes_list"),
        path("studio/takes/<uuid:uuid>/decide/", take_views.decide, name="studio_take_decide"),
        path("studio/takes/<uuid:uuid>/undo/", take_views.undo, name="studio_take_undo"),
        path("studio/sessions/", views.sessions, name="studio_sessions"),
        path("studio/sessions/new/", new_session, name="studio_new_session"),
        path("studio/sessions/<int:pk>/", views.session, name="studio_session"),
        path("studio/sessions/<int:pk>/record/", views.record, name="studio_record"),
        path("studio/sessions/<int:pk>/paper/", views.paper, name="studio_session_paper"),
        path("studio/sessions/<int:pk>/finish/", views.finish, name="studio_session_finish"),
    ]


@hooks.register(ITEMS)
def offer_takes() -> MenuItem:
    return PermittedItem(
        _("Check recordings"),
        reverse_lazy("studio_takes"),
        name="studio-takes",
        icon_name="check",
        order=30,
        permissions=[CHECK],
    )


@hooks.register(ITEMS)
def offer_sessions() -> MenuItem:
    return PermittedItem(
        _("Sessions"),
        reverse_lazy("studio_sessions"),
        name="studio-sessions",
        icon_name="group",
        order=100,
        permissions=[views.VIEW],
    )


@hooks.register("construct_homepage_panels")
def show_takes(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(TakesPanel(request))

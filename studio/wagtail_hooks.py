"""Wiring of the studio into Wagtail."""

from typing import Any

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import views
from .menu import ITEMS, PermittedItem, offer_studio
from .new_session import new_session

__all__ = ["offer_studio"]


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("studio/sessions/", views.sessions, name="studio_sessions"),
        path("studio/sessions/new/", new_session, name="studio_new_session"),
        path("studio/sessions/<int:pk>/", views.session, name="studio_session"),
        path("studio/sessions/<int:pk>/record/", views.record, name="studio_record"),
        path("studio/sessions/<int:pk>/paper/", views.paper, name="studio_session_paper"),
        path("studio/sessions/<int:pk>/finish/", views.finish, name="studio_session_finish"),
        path("studio/takes/<uuid:uuid>/sound.<str:extension>", views.take_audio, name="studio_take_audio"),
    ]


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

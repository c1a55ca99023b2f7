"""Wiring of the room into Wagtail."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import lessons_hooks as lessons_hooks  # its hooks
from . import others as others  # its hook
from . import questions_hooks as questions_hooks  # its hooks
from . import views
from . import word_hooks as word_hooks  # its hooks
from .parts import parts_for


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [path("review/", views.home, name="review_home")]


class ReviewMenuItem(MenuItem):
    """Shown to those for whom something may wait."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(parts_for(request))


@hooks.register("register_admin_menu_item")
def offer_room() -> MenuItem:
    return ReviewMenuItem(
        _("Native review"), reverse_lazy("review_home"), name="review", icon_name="glasses", order=300
    )

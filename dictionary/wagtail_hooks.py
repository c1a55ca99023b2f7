"""Wiring of the dictionary into Wagtail."""

from typing import Any

from django.urls import URLPattern
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .desk import PANELS
from .importing.urls import urlpatterns as tables
from .viewsets import DictionaryGroup

register_snippet(DictionaryGroup)


@hooks.register("construct_homepage_panels")
def show_what_waits(request: Any, panels: list[Any]) -> None:
    panels += [panel(request) for panel in PANELS]


@hooks.register("register_admin_urls")
def add_tables() -> list[URLPattern]:
    return tables

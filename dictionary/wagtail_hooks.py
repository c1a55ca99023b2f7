"""Wiring of the dictionary into Wagtail."""

from typing import Any

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .desk import PANELS
from .viewsets import DictionaryGroup

register_snippet(DictionaryGroup)


@hooks.register("construct_homepage_panels")
def show_what_waits(request: Any, panels: list[Any]) -> None:
    panels += [panel(request) for panel in PANELS]

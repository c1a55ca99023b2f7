"""Wiring of the dictionary into Wagtail."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
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


@hooks.register("register_permissions")
def offer_permission_to_sign() -> QuerySet[Permission]:
    """Let a group be given the right to sign words, and no other."""
    return Permission.objects.filter(content_type__app_label="dictionary", codename="add_signoff")


@hooks.register("register_admin_urls")
def add_tables() -> list[URLPattern]:
    return tables

"""Wiring of the site into Wagtail: the Romani style of rich text, caching, the editors' desk."""

from collections.abc import Callable
from typing import Any

import wagtail.admin.rich_text.editors.draftail.features as draftail
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import RecentEditsPanel
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from cms.caching import make_public
from cms.desk import Desk, DeskPanel, DraftsPanel
from cms.guide_views import guide_picture, show_guide
from cms.lost_places import LostPlacesPanel


@hooks.register("register_rich_text_features")
def offer_romani_style(features: FeatureRegistry) -> None:
    """Let authors mark Romani words; stored as `<span lang="rml">`, the same that templates write."""
    style = {
        "type": "ROMANI",
        "label": _("Romani"),
        "description": _("Mark as Romani"),
        "style": {"fontFamily": "Palatino Linotype, Noto Serif, Georgia, serif", "textDecoration": "underline dotted"},
    }
    features.register_editor_plugin("draftail", "romani", draftail.InlineStyleFeature(style))
    features.register_converter_rule(
        "contentstate",
        "romani",
        {
            "from_database_format": {'span[lang="rml"]': InlineStyleElementHandler("ROMANI")},
            "to_database_format": {"style_map": {"ROMANI": {"element": "span", "props": {"lang": "rml"}}}},
        },
    )
    features.default_features.append("romani")


ServePage = Callable[[Page, HttpRequest, list[Any], dict[str, Any]], HttpResponseBase]


@hooks.register("on_serve_page", order=100)
def let_caches_keep_pages(serve: ServePage) -> ServePage:
    """Make every page public to caches. Wagtail's check of private pages stands before and takes it back."""

    def inner(page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> HttpResponseBase:
        return make_public(request, serve(page, request, args, kwargs))

    return inner


@hooks.register("construct_homepage_panels", order=1000)
def lay_out_desk(request: HttpRequest, panels: list[Component]) -> None:
    """Gather the panels of all rooms, after the last of them, into the desk; drop what it replaces."""
    ours = [
        DraftsPanel(request),
        LostPlacesPanel(request),
        *(panel for panel in panels if isinstance(panel, DeskPanel)),
    ]
    theirs = [panel for panel in panels if not isinstance(panel, DeskPanel | RecentEditsPanel)]
    panels[:] = [Desk(request, ours), *theirs]


@hooks.register("insert_global_admin_css")
def style_desk() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("cms/desk.css"))


@hooks.register("register_admin_urls")
def add_guides() -> list[URLPattern]:
    return [
        path("help/", show_guide, name="guides"),
        path("help/pictures/<str:name>", guide_picture, name="guide-picture"),
        path("help/<str:name>/", show_guide, name="guide"),
    ]


@hooks.register("register_help_menu_item")
def offer_guides() -> MenuItem:
    """Put the guides first in the help menu: they tell of this site, the rest of Wagtail."""
    return MenuItem(_("Guides"), reverse_lazy("guides"), name="guides", icon_name="help", order=1)

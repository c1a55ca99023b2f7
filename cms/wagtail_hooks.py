"""Wiring of the site into Wagtail: the Romani style of rich text, caching, the editors' desk."""

from collections.abc import Callable
from typing import Any

import wagtail.admin.rich_text.editors.draftail.features as draftail
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import RecentEditsPanel
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from cms import comment_panels
from cms.caching import make_public
from cms.desk import Desk, DeskPanel, DraftsPanel
from cms.guide_views import guide_picture, show_guide
from cms.hints import HOOK as EDITOR_HINTS
from cms.lost_places import LostPlacesPanel
from cms.translating import desk as translating
from cms.translating.desk import TranslationsPanel
from cms.translating.services import LEVEL, TAKEN_OVER, start
from cms.translating.urls import urlpatterns as translating_urls
from cms.translating.views import may_translate


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
        TranslationsPanel(request),
        LostPlacesPanel(request),
        *(panel for panel in panels if isinstance(panel, DeskPanel)),
    ]
    theirs = [panel for panel in panels if not isinstance(panel, DeskPanel | RecentEditsPanel)]
    panels[:] = [Desk(request, ours), *theirs]


@hooks.register("insert_global_admin_css")
def style_desk() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("cms/desk.css"))


@hooks.register("register_admin_urls")
def comment_addresses() -> list[Any]:
    return [path("comments/<int:pk>/done/", comment_panels.resolve, name="cms_comment_done")]


# --- translations (cms.translating) ------------------------------------------------------------

hooks.register(EDITOR_HINTS, translating.say_how_it_stands)
hooks.register("construct_explorer_page_queryset", translating.mark_in_listing)


@hooks.register("register_admin_urls")
def add_translating() -> list[URLPattern]:
    return translating_urls


class TranslationsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_translate(request.user)


@hooks.register("register_reports_menu_item")
def offer_translations() -> MenuItem:
    return TranslationsItem(
        _("Translations that are behind"), reverse_lazy("translations"), name="translations", icon_name="globe"
    )


@hooks.register("register_page_listing_more_buttons")
def offer_to_bring_level(page: Page, user: Any, next_url: str | None = None) -> Any:
    if getattr(page, "_translation_behind", 0):
        yield Button(
            gettext("Bring the translation level"),
            url=reverse("translation", args=[page.pk]),
            icon_name="globe",
            priority=62,
        )


@hooks.register("after_convert_alias_page")
def watch_what_was_an_alias(request: HttpRequest, page: Page) -> None:
    """A page that was a mirror of its source is one of its own from now on, still in the source's words."""
    start(type(page).objects.get(pk=page.pk))


@hooks.register("register_log_actions")
def name_what_was_done(actions: LogActionRegistry) -> None:
    actions.register_action(
        TAKEN_OVER, _("Take over from the original"), _("Taken over from the original what is no text")
    )
    actions.register_action(LEVEL, _("Level with the original"), _("Said to be level with the original"))


# --- guides (cms.guides) -----------------------------------------------------------------------


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

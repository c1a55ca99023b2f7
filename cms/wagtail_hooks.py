"""Wiring of the site into Wagtail: the Romani style of rich text, caching, the editors' desk."""

from collections.abc import Callable
from typing import Any

import wagtail.admin.rich_text.editors.draftail.features as draftail
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from cms.caching import make_public


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


ServePage = Callable[[Page, HttpRequest, list[Any], dict[str, Any]], HttpResponse]


@hooks.register("on_serve_page", order=100)
def let_caches_keep_pages(serve: ServePage) -> ServePage:
    """Make every page public to caches. Wagtail's check of private pages stands before and takes it back."""

    def inner(page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> HttpResponse:
        return make_public(request, serve(page, request, args, kwargs))

    return inner

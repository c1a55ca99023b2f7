"""Template tags of the site: icons, the wheel, Romani words, links into other languages."""

import re
from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cms import icons
from cms.navigation import Link

register = template.Library()

USED = re.compile(r'href="#i-([\w-]+)"')
NAMED = re.compile(r'data-icons="([\w -]+)"')
WHEEL_USED = re.compile(r'href="#wheel"')
# A script turns one drawing into the other, so whoever uses the first needs the second.
PARTNERS = {"play": "pause"}
SPOKES = 16


@register.simple_tag
def icon(name: str) -> SafeString:
    """Show an icon; the words that go with it stand beside it. Raises KeyError for an unknown name.

    Width and height are for the moment before the style sheet arrives.
    """
    icons.ICONS[name]
    return format_html('<svg class="i" width="24" height="24" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag
def wheel(done: int = 0, total: int = 0, label: str = "", **attributes: str) -> SafeString:
    """Show the wheel with its spokes filled as far as `done` of `total`; the hub only when all is done.

    Without a label it is an ornament and hidden from the ear. `class` adds to its class.
    """
    share = min(done / total, 1) if total else 0
    spokes = max(int(share * SPOKES), 1 if share else 0)
    name = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    hub = mark_safe('<circle class="wheel-done" r="6" stroke-width="5"/>') if share == 1 else ""
    return format_html(
        '<svg class="wheel{}" viewBox="-50 -50 100 100" width="40" height="40" {}>'
        '<use class="wheel-rest" href="#wheel"/><g mask="url(#cut)">'
        '<circle class="wheel-done" r="25" stroke-width="50" pathLength="16" '
        'stroke-dasharray="{} 16" transform="rotate(-101.25)"/></g>{}</svg>',
        f" {attributes['class']}" if attributes.get("class") else "",
        name,
        SPOKES + 1 if share == 1 else spokes,
        hub,
    )


@register.simple_tag
def favicon() -> SafeString:
    """Return the link to the site's icon, drawn in the page itself: one request less for every visitor."""
    return mark_safe(f'<link rel="icon" href="data:image/svg+xml,{icons.FAVICON.replace("#", "%23")}">')


@register.simple_tag
def romani(text: str, **attributes: str) -> SafeString:
    """Mark Romani text as Romani: for the eye (its own face) and for the ear (its own voice)."""
    if attributes.get("class"):
        return format_html('<span class="{}" lang="rml">{}</span>', attributes["class"], text)
    return format_html('<span lang="rml">{}</span>', text)


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[Link]:
    """Return links to this page, or the front page, in every other language."""
    chrome = context.get("chrome")
    return chrome.languages(context.get("page")) if chrome else []


@register.simple_tag(takes_context=True)
def alternates(context: Context) -> list[Link]:
    """Return the absolute addresses of this content in all its languages, if it has more than one."""
    chrome, request = context.get("chrome"), context.get("request")
    if not chrome or not request:
        return []
    found = chrome.alternates(context.get("page"))
    if len(found) < 2:
        return []
    return [Link("", request.build_absolute_uri(link.url), language=link.language) for link in found]


class SpriteNode(template.Node):
    """Content preceded by the drawings it refers to."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList):
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        content = self.nodelist.render(context)
        names = set(USED.findall(content))
        for listed in NAMED.findall(content):
            names.update(listed.split())
        names |= {PARTNERS[name] for name in names & PARTNERS.keys()}
        drawings = "".join(icons.symbol(name) for name in sorted(names & icons.ICONS.keys()))
        wheel_drawing = icons.WHEEL if WHEEL_USED.search(content) else ""
        sprite = f'<svg class="vh" width="0" height="0" aria-hidden="true"><defs>{wheel_drawing}{drawings}</defs></svg>'
        return mark_safe(sprite + content)


@register.tag
def sprite(parser: Parser, token: Token) -> Any:
    """Put the symbols of all icons used up to `endsprite` once before the content.

    Icons that only a script will show are named in an attribute: `data-icons="check near"`.
    """
    nodelist = parser.parse(("endsprite",))
    parser.delete_first_token()
    return SpriteNode(nodelist)

"""What stands around every page: menus, the other languages, settings, words for the scripts.

All of it depends on the address alone, never on who asks, so that pages can be cached.
"""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from cms.models import BasePage, ContentPage, HomePage, SiteSettings

MENU_LIMIT = 8


@dataclass(frozen=True)
class Link:
    """One entry of a menu. `current` is the value of its aria-current, or nothing."""

    label: str
    url: str
    current: str = ""
    language: str = ""


class Chrome:
    """The surroundings of one page, each part computed when a template asks for it."""

    def __init__(self, request: HttpRequest):
        self.request = request
        self.language = get_language() or settings.LANGUAGE_CODE

    @cached_property
    def name(self) -> str:
        return settings.WAGTAIL_SITE_NAME

    @cached_property
    def site(self) -> Site | None:
        return Site.find_for_request(self.request)

    @cached_property
    def homes(self) -> dict[str, HomePage]:
        """The published front pages by language."""
        if self.site is None:
            return {}
        key = self.site.root_page.translation_key
        pages = HomePage.objects.live().filter(translation_key=key).select_related("locale")
        return {page.locale.language_code: page for page in pages}

    @cached_property
    def home(self) -> HomePage | None:
        return self.homes.get(self.language) or next(iter(self.homes.values()), None)

    @cached_property
    def home_url(self) -> str:
        return self._url(self.home) or "/"

    @cached_property
    def settings(self) -> SiteSettings | None:
        return SiteSettings.for_site(self.site) if self.site else None

    @cached_property
    def menu(self) -> list[Link]:
        """The main menu: pages under home that their author has put into menus."""
        if self.home is None:
            return []
        pages = self.home.get_children().live().public().in_menu().specific()[:MENU_LIMIT]
        return [self._link(page) for page in pages]

    @cached_property
    def foot(self) -> list[Link]:
        """Links at the foot: content pages under home that stand in no menu."""
        if self.home is None:
            return []
        pages = ContentPage.objects.child_of(self.home).live().public().filter(show_in_footer=True, show_in_menus=False)
        return [self._link(page) for page in pages.order_by("path")[:MENU_LIMIT]]

    def languages(self, page: object = None) -> list[Link]:
        """Return a link into every other language: to this page there, or to that language's front page."""
        here = {item.language: item.url for item in self.alternates(page)}
        links = []
        for code, _name in settings.LANGUAGES:
            url = here.get(code) or self._url(self.homes.get(code))
            if code != self.language and url:
                links.append(Link(get_language_info(code)["name_local"].capitalize(), url, language=code))
        return links

    def alternates(self, page: object = None) -> list[Link]:
        """Return the addresses of this very content in each language, the present one included."""
        if isinstance(page, BasePage) and page.pk:
            return [Link("", item.url, language=item.language) for item in page.alternates(self.request)]
        if isinstance(page, Page):
            return []
        match = getattr(self.request, "resolver_match", None)
        if match is None or match.view_name == "wagtail_serve":
            return []
        path = self.request.path
        found = {code: translate_url(path, code) for code, _name in settings.LANGUAGES}
        # An address that does not change with the language has no translation.
        if len(set(found.values())) < len(found):
            return []
        return [Link("", url, language=code) for code, url in found.items()]

    @cached_property
    def texts(self) -> dict[str, str]:
        """Words that the scripts of every page say."""
        return {
            "soundFailed": _("It could not be played."),
            "soundFailedHint": _("Check the connection and tap again."),
            "synthetic": _("Synthetic voice"),
            "unchecked": _("not checked yet"),
            "otherVariety": _("another variety"),
            "close": _("Close"),
            "profile": _("My account"),
            "signOut": _("Sign out"),
            "desk": _("Editors' desk"),
            "menuOf": _("Account of %(name)s"),
        }

    def _link(self, page: BasePage) -> Link:
        url = self._url(page)
        return Link(str(getattr(page, "menu_label", page.title)), url, self._current(url))

    def _current(self, url: str) -> str:
        if self.request.path == url:
            return "page"
        return "true" if url != "/" and self.request.path.startswith(url) else ""

    def _url(self, page: Page | None) -> str:
        return (page.get_url(self.request) or "") if page else ""

"""What every page of the site has in common."""

from dataclasses import dataclass

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page
from wagtail.search import index

from cms.folding import fold
from cms.hints import HintsPanel


@dataclass(frozen=True)
class Alternate:
    """The same page in another language."""

    language: str
    url: str


class BasePage(Page):
    """A page of the site: found in any spelling, named in menus, linked to its translations.

    Holds no personal data. Whatever is personal on a page comes from the API.
    """

    menu_title = models.CharField(
        _("name in menus"),
        max_length=40,
        blank=True,
        help_text=_("One short word for the menu. Left empty, the title is shown."),
    )
    introduction = models.TextField(
        _("introduction"),
        blank=True,
        max_length=500,
        help_text=_("One or two sentences: what this page is for. Shown at its top, in lists and by search engines."),
    )

    romani_fields: tuple[str, ...] = ()
    """Fields that hold Romani: the same in every language, never translated."""
    shared_fields: tuple[str, ...] = ()
    """Other texts that are the same in every language."""

    content_panels = [HintsPanel(), *Page.content_panels, FieldPanel("introduction")]
    promote_panels = [FieldPanel("menu_title"), *Page.promote_panels]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("folded"),
        index.AutocompleteField("folded"),
    ]

    class Meta:
        abstract = True

    def get_admin_display_title(self) -> str:
        """Return the title; in the list of pages with the remark that the translation is behind."""
        title = super().get_admin_display_title()
        if not getattr(self, "_translation_behind", 0):
            return title
        return " · ".join([title, gettext("translation is behind")])

    @property
    def menu_label(self) -> str:
        return self.menu_title or self.title

    @property
    def description(self) -> str:
        """What a search engine shows under the title."""
        return self.search_description or self.introduction

    @property
    def duration_minutes(self) -> int | None:
        """How long it takes to go through the page, where somebody has measured that."""
        return None

    def searchable_text(self) -> list[str]:
        """Return every text on the page that a visitor may search for, the title first."""
        texts = [self.title, self.menu_title, self.introduction]
        for field in self._meta.get_fields():
            if hasattr(field, "get_searchable_content"):
                texts += field.get_searchable_content(getattr(self, field.name))
        return [str(text) for text in texts if text]

    def folded(self) -> str:
        """Return the searchable text folded: the two databases disagree about diacritics."""
        return fold(" ".join(self.searchable_text()))

    def alternates(self, request: HttpRequest) -> list[Alternate]:
        """Return this page in each language it is published in, itself included; one query.

        Below a routable page the same address is offered in the other language too: its parts
        (a word's code, say) are named alike in every language.
        """
        pages = self.get_translations(inclusive=True).live().select_related("locale").order_by("locale_id")
        rest = self._address_below(request)
        return [
            Alternate(page.locale.language_code, f"{page.get_url(request)}{rest}")
            for page in pages
            if page.get_url(request)
        ]

    def _address_below(self, request: HttpRequest) -> str:
        own = self.get_url(request) or ""
        if not isinstance(self, RoutablePageMixin) or not own or not request.path.startswith(own):
            return ""
        return request.path.removeprefix(own)

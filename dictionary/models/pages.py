"""The dictionary on the site: one page, below it an address for each entry."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from cms.models import BasePage

from .entries import Entry


class DictionaryPage(RoutablePageMixin, BasePage):
    """Search and browse the dictionary; each entry has its own address `<code>/`."""

    page_description = _("The dictionary: search, themes, and a page for each entry.")
    template = "dictionary/dictionary_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("dictionary page")
        verbose_name_plural = _("dictionary pages")

    @path("")
    def listing(self, request: HttpRequest) -> HttpResponse:
        """Show what was searched for, or a theme; a form that is exactly one entry's leads there at once."""
        from ..find import listing

        found = listing(request.GET)
        if found.only is not None and "form" in request.GET:
            return redirect(self.get_url(request) + self.reverse_subpage("entry", args=[found.only.code]))
        return self.render(request, context_overrides={"listing": found})

    @path("<slug:code>/", name="entry")
    def entry(self, request: HttpRequest, code: str) -> HttpResponse:
        """Show one entry with all that is known of it."""
        from ..find import entry_page

        entry = Entry.objects.for_display().filter(code=code).first()
        if entry is None:
            raise Http404
        return self.render(request, template="dictionary/entry.html", context_overrides=entry_page(entry))

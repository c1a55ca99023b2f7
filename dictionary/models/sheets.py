"""Information sheets for families: one page each, the explanation and the Romani side by side, to be read and heard.

They stand in this room because a sheet offers translators the words that the dictionary has (decision 0022).
"""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.models import BasePage
from media.blocks import RecordingChooserBlock

from ..blocks import EntryChooserBlock


class SheetLineBlock(blocks.StructBlock):
    """One short sentence, and the same in Romani where a native speaker has written and spoken it."""

    text = blocks.TextBlock(label=_("Sentence"), max_length=300, rows=2)
    romani = blocks.TextBlock(
        label=_("In Romani"),
        required=False,
        max_length=300,
        rows=2,
        help_text=_("Written by a native speaker. Leave it empty until then; do not put words together."),
    )
    recording = RecordingChooserBlock(label=_("Recording of the Romani sentence"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Sentence")
        romani = ("romani",)


class SheetFactBlock(blocks.StructBlock):
    """What each municipality fills in. Without a value a line to write on is printed."""

    label = blocks.CharBlock(label=_("What"), max_length=60)
    value = blocks.CharBlock(label=_("Value"), required=False, max_length=120)

    class Meta:
        icon = "edit"
        label = _("To be filled in")


class InfoSheetIndexPage(BasePage):
    """The list of the information sheets for families."""

    subpage_types = ["dictionary.InfoSheetPage"]
    parent_page_types = ["cms.HomePage"]
    max_count_per_parent = 1
    page_description = _("The list of the information sheets for families.")
    template = "dictionary/info_sheet_index.html"

    class Meta:
        verbose_name = _("information sheets")
        verbose_name_plural = _("lists of information sheets")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        sheets = InfoSheetPage.objects.child_of(self).live().public().order_by("path")[:60]
        return {**super().get_context(request, *args, **kwargs), "sheets": sheets}


class InfoSheetPage(BasePage):
    """One sheet: short sentences with their Romani beside them, read aloud, printed on one page."""

    romani_fields = ("romani_title",)

    lines = StreamField([("line", SheetLineBlock())], verbose_name=_("sentences"), max_num=16)
    romani_title = models.CharField(_("title in Romani"), max_length=120, blank=True)
    facts = StreamField([("fact", SheetFactBlock())], verbose_name=_("filled in locally"), blank=True, max_num=8)
    notice = models.CharField(
        _("at the end"), max_length=160, blank=True, help_text=_("For example: ask whether this is still so.")
    )
    evidence = models.CharField(
        _("where this is from"), max_length=250, blank=True, help_text=_("The source, and who still has to check it.")
    )
    helpful = StreamField(
        [("word", EntryChooserBlock(label=_("Word or phrase")))],
        verbose_name=_("words the dictionary has"),
        blank=True,
        max_num=24,
        help_text=_("They save the translator a search. They are not a translation."),
    )
    no_source = models.CharField(
        _("no source for"), max_length=250, blank=True, help_text=_("What the dictionary has no word for.")
    )

    content_panels = [
        *BasePage.content_panels,
        HelpPanel(template="dictionary/admin/sheet_help.html", heading=_("For translators")),
        FieldPanel("romani_title"),
        FieldPanel("lines"),
        MultiFieldPanel([FieldPanel("facts"), FieldPanel("notice"), FieldPanel("evidence")], heading=_("At the end")),
        MultiFieldPanel([FieldPanel("helpful"), FieldPanel("no_source")], heading=_("Help for translators")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("lines")]
    parent_page_types = ["dictionary.InfoSheetIndexPage"]
    subpage_types: list[str] = []
    page_description = _("One page for families, Latvian and Romani side by side, to be read, heard and printed.")
    template = "dictionary/info_sheet_page.html"

    class Meta:
        verbose_name = _("information sheet")
        verbose_name_plural = _("information sheets")

    @property
    def sentences(self) -> list[Any]:
        """Return the sentences in order: each `text`, `romani`, `recording`."""
        return [block.value for block in self.lines]

    @property
    def missing_romani(self) -> int:
        """Return how many sentences no native speaker has written yet."""
        return sum(not one["romani"] for one in self.sentences)

    @property
    def is_in_romani(self) -> bool:
        """Say whether every sentence is there in Romani."""
        return bool(self.sentences) and not self.missing_romani

    @property
    def has_some_romani(self) -> bool:
        return self.missing_romani < len(self.sentences)

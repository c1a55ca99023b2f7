"""The front page and pages of plain content."""

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from cms import facts
from cms.blocks import TEXT_FEATURES, ContentBlocks, PathBlock
from cms.models.base import BasePage


class HomePage(BasePage):
    """The front page: what this is, for whom, and where to begin. One per language, at the top of the tree."""

    romani_fields = ("hero_romani",)

    hero_romani = models.CharField(
        _("Romani word"), max_length=40, blank=True, help_text=_("Stands large at the top. Only a word with a source.")
    )
    hero_gloss = models.CharField(_("its meaning"), max_length=60, blank=True)
    hero_recording = models.ForeignKey(
        "media.Recording",
        verbose_name=_("its recording"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    heading = models.CharField(_("heading"), max_length=80, blank=True, help_text=_("Left empty, the title is shown."))
    start_page = models.ForeignKey(
        Page,
        verbose_name=_("where to start"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The first lesson. Without one, visitors are sent to the course."),
    )
    start_label = models.CharField(_("words on the button"), max_length=40, blank=True)
    paths = StreamField(
        [("path", PathBlock())],
        verbose_name=_("where the language helps"),
        blank=True,
        max_num=6,
    )
    how_heading = models.CharField(_("heading"), max_length=80, blank=True)
    how_text = models.TextField(_("text"), max_length=400, blank=True)
    why_heading = models.CharField(_("heading"), max_length=80, blank=True)
    why_text = RichTextField(_("text"), features=TEXT_FEATURES, blank=True)
    unknown_text = RichTextField(
        _("what we do not know yet"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("Tell openly what is missing or not confirmed."),
    )
    sources_page = models.ForeignKey(
        Page, verbose_name=_("page about sources"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("hero_romani"),
                FieldPanel("hero_gloss"),
                FieldPanel("hero_recording"),
                FieldPanel("heading"),
                FieldPanel("start_page"),
                FieldPanel("start_label"),
            ],
            heading=_("Opening"),
        ),
        FieldPanel("paths"),
        MultiFieldPanel([FieldPanel("how_heading"), FieldPanel("how_text")], heading=_("How one learns here")),
        MultiFieldPanel([FieldPanel("why_heading"), FieldPanel("why_text")], heading=_("Why this course")),
        MultiFieldPanel([FieldPanel("unknown_text"), FieldPanel("sources_page")], heading=_("Honesty")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("heading"),
        index.SearchField("how_text"),
        index.SearchField("why_text"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "courses.CoursePage",
        "dictionary.DictionaryPage",
        "dictionary.PhrasebookPage",
        "dictionary.InfoSheetIndexPage",
        "cms.ContentPage",
    ]
    page_description = _("The front page of the site in one language.")

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["facts"] = facts.facts_about(self)
        context["course"] = self.get_children().live().public().filter(content_type__app_label="courses").first()
        context["start"] = self.start_page.specific if self.start_page and self.start_page.live else None
        context["sources"] = self.sources_page if self.sources_page and self.sources_page.live else None
        return context


class ContentPage(BasePage):
    """A page of plain content: about the course, privacy, accessibility."""

    body = StreamField(ContentBlocks(), verbose_name=_("body"), blank=True)
    show_in_footer = models.BooleanField(
        _("show at the foot of every page"), default=True, help_text=_("The foot has room for eight links.")
    )

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    promote_panels = [*BasePage.promote_panels, FieldPanel("show_in_footer")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = ["cms.HomePage", "cms.ContentPage"]
    subpage_types = ["cms.ContentPage"]
    page_description = _("Text and pictures: about the course, privacy, accessibility.")

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")

"""The dictionary in the CMS."""

from typing import Any

import django_filters
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from cms.comment_panels import CommentsPanel
from cms.saving import CreateOnRequestView, EditOnRequestView

from .forms import EntryForm
from .importing.entries import Phrases, Words
from .importing.views import TableMenuItem, table_buttons
from .models import Entry, LostVoice, ProtectedPair, Source, SpellingRule, Theme
from .signoff_panels import SignOffsPanel, WaitingPanel


class EntryFilterSet(WagtailFilterSet):
    """What an author looks for: a theme, a variety, what is missing, what is not reviewed."""

    without_recording = django_filters.BooleanFilter(method="by_silence", label=_("cannot be heard yet"))
    synthetic = django_filters.BooleanFilter(method="by_synthetic", label=_("heard in a synthetic voice only"))
    lost_voice = django_filters.BooleanFilter(method="by_lost_voice", label=_("whose voice was taken back"))
    without_source = django_filters.BooleanFilter(
        field_name="source", lookup_expr="isnull", label=_("without a source")
    )
    taught = django_filters.BooleanFilter(
        field_name="taught_in", lookup_expr="isnull", exclude=True, distinct=True, label=_("taught in a lesson")
    )

    class Meta:
        model = Entry
        fields = ["kind", "theme", "variety", "review_state", "part_of_speech"]

    def by_lost_voice(self, queryset: Any, name: str, value: bool) -> Any:
        lost = LostVoice.objects.still_missing().values("entry")
        return queryset.filter(pk__in=lost) if value else queryset.exclude(pk__in=lost)

    def by_silence(self, queryset: Any, name: str, value: bool) -> Any:
        """What learners hear decides: a take that waits for its second listener is not heard."""
        return queryset.not_heard() if value else queryset.heard()

    def by_synthetic(self, queryset: Any, name: str, value: bool) -> Any:
        return queryset.synthetic() if value else queryset.exclude(pk__in=Entry.objects.synthetic().values("pk"))


class EntryIndexView(IndexView):
    """The listing, with the way to its tables."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return [*super().header_more_buttons, *table_buttons(self.request, [Words, Phrases])]


class EntryViewSet(SnippetViewSet):
    """Words and phrases."""

    model = Entry
    index_view_class = EntryIndexView
    add_view_class = CreateOnRequestView
    edit_view_class = EditOnRequestView
    icon = "openquote"
    menu_label = _("Words and phrases")
    list_display = ["text", Column("gloss", label=_("meaning")), "kind", "variety", "review_state", "code"]
    list_per_page = 50
    filterset_class = EntryFilterSet
    search_fields = None
    ordering = ["folded_text"]
    inspect_view_enabled = True
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    WaitingPanel(),
                    CommentsPanel(),
                    FieldRowPanel([FieldPanel("text"), FieldPanel("kind")]),
                    InlinePanel("glosses", label=_("Meaning"), heading=_("Meanings"), min_num=1, max_num=4),
                    FieldRowPanel([FieldPanel("part_of_speech"), FieldPanel("gender")]),
                    FieldRowPanel([FieldPanel("variety"), FieldPanel("theme")]),
                    FieldPanel("recording"),
                    FieldPanel("image"),
                    FieldPanel("note"),
                ],
                heading=_("Word"),
            ),
            ObjectList(
                [
                    InlinePanel("variants", label=_("Variant"), heading=_("Variants")),
                    InlinePanel(
                        "forms",
                        label=_("Form"),
                        heading=_("Forms"),
                        help_text=_("Only forms that were seen count as attested. A form by rule is never taught."),
                    ),
                ],
                heading=_("Variants and forms"),
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldPanel("source"),
                            FieldPanel("source_ref"),
                            FieldPanel("source_form"),
                            FieldPanel("confidence"),
                        ],
                        heading=_("Source"),
                    ),
                    MultiFieldPanel(
                        [
                            FieldRowPanel(
                                [
                                    FieldPanel("review_state", read_only=True),
                                    FieldPanel("reviewed_on", read_only=True),
                                ]
                            ),
                            SignOffsPanel(),
                        ],
                        heading=_("Review"),
                        help_text=_(
                            "Native reviewers sign words in their own queue. Whoever changes the Romani, a meaning "
                            "or the variety ends what was signed, and the word goes to them again."
                        ),
                    ),
                    FieldRowPanel([FieldPanel("code"), FieldPanel("situation")]),
                ],
                heading=_("Source and review"),
            ),
        ],
        base_form_class=EntryForm,
    )

    def get_queryset(self, request: Any) -> Any:
        return Entry.objects.select_related("variety").prefetch_related("glosses")


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    list_display = ["name_lv", "name_en", "position"]
    panels = [FieldPanel("key"), FieldPanel("name_lv"), FieldPanel("name_en"), FieldPanel("position")]


class SourceViewSet(SnippetViewSet):
    model = Source
    icon = "doc-full"
    list_display = ["short_name", "licence"]
    panels = [FieldPanel("key"), FieldPanel("short_name"), FieldPanel("citation"), FieldPanel("licence")]


class ProtectedPairViewSet(SnippetViewSet):
    model = ProtectedPair
    icon = "no-view"
    list_display = ["form_a", "form_b", "why"]
    panels = [FieldRowPanel([FieldPanel("form_a"), FieldPanel("form_b")]), FieldPanel("why")]


class SpellingRuleViewSet(SnippetViewSet):
    """Rows of docs/spelling.md that authors switch, and letters that they add. Checked against the protected pairs."""

    model = SpellingRule
    icon = "rotate"
    list_display = ["number", Column("description", label=_("what it says")), "letters", "is_active"]
    list_per_page = 50
    panels = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("is_active")]),
        FieldRowPanel([FieldPanel("description_lv"), FieldPanel("description_en")]),
        FieldRowPanel([FieldPanel("letters"), FieldPanel("place")]),
        FieldPanel("evidence"),
    ]


class DictionaryGroup(SnippetViewSetGroup):
    """The dictionary's menu."""

    menu_label = _("Dictionary")
    menu_icon = "openquote"
    menu_order = 200
    tables = (Words, Phrases)
    items = (EntryViewSet, ThemeViewSet, SourceViewSet, ProtectedPairViewSet, SpellingRuleViewSet)

    def get_submenu_items(self) -> list[Any]:
        return [
            *super().get_submenu_items(),
            *(TableMenuItem(table, 900 + place) for place, table in enumerate(self.tables)),
        ]

"""Exercises and quizzes in the CMS."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.comment_panels import CommentsPanel
from cms.saving import CreateOnRequestView, EditOnRequestView
from dictionary.importing.views import TableMenuItem

from .bank import BankUsageView, BankView, ExerciseFilterSet
from .editing import ExerciseEditView
from .importing import Exercises
from .models import Exercise, Quiz


class ExerciseViewSet(SnippetViewSet):
    """The bank."""

    model = Exercise
    edit_view_class = ExerciseEditView
    index_view_class = BankView
    usage_view_class = BankUsageView
    icon = "check"
    menu_label = _("Exercises")
    list_display = [
        "title",
        Column("type_name", label=_("type"), sort_key="type"),
        "skill",
        Column("uses", label=_("used in"), accessor="uses"),
        UpdatedAtColumn(),
        LiveStatusTagColumn(),
    ]
    list_per_page = 50
    filterset_class = ExerciseFilterSet
    search_backend_name = None
    panels = [
        CommentsPanel(),
        FieldRowPanel([FieldPanel("title"), FieldPanel("skill")]),
        FieldRowPanel([FieldPanel("level"), FieldPanel("situation")]),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("feedback_lv"), FieldPanel("feedback_en")], heading=_("Feedback that teaches")),
    ]


class QuizViewSet(SnippetViewSet):
    """Quizzes."""

    model = Quiz
    add_view_class = CreateOnRequestView
    edit_view_class = EditOnRequestView
    icon = "clipboard-list"
    menu_label = _("Quizzes")
    list_display = ["__str__", "used_on", "pass_mark", "feedback"]
    list_per_page = 50
    panels = [
        FieldRowPanel([FieldPanel("title_lv"), FieldPanel("title_en")]),
        FieldRowPanel([FieldPanel("pass_mark"), FieldPanel("attempts_allowed")]),
        FieldRowPanel([FieldPanel("feedback"), FieldPanel("time_limit_minutes")]),
        FieldRowPanel([FieldPanel("draw_count"), FieldPanel("shuffle")]),
        InlinePanel("items", label=_("Exercise"), heading=_("Exercises in order"), min_num=1),
    ]

    def get_queryset(self, request: Any) -> Any:
        return Quiz.objects.prefetch_related("lesson_pages", "test_pages")


class PracticeGroup(SnippetViewSetGroup):
    """The menu of exercises and quizzes."""

    menu_label = _("Exercises")
    menu_icon = "check"
    menu_order = 210
    items = (ExerciseViewSet, QuizViewSet)

    def get_submenu_items(self) -> list[Any]:
        return [*super().get_submenu_items(), TableMenuItem(Exercises, 900)]

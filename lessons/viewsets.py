"""Exercises and quizzes in the CMS."""

from typing import Any

import django_filters
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from cms.saving import CreateOnRequestView, EditOnRequestView

from .exercises import types
from .models import Exercise, Quiz


class ExerciseFilterSet(WagtailFilterSet):
    type = django_filters.ChoiceFilter(
        label=_("type"), choices=lambda: [(name, kind.block().label) for name, kind in sorted(types().items())]
    )

    class Meta:
        model = Exercise
        fields = ["type", "skill", "live"]


class BankView(IndexView):
    """The bank's listing, with the way to exercises made from words."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        found = list(super().header_more_buttons)
        if self.request.user.has_perm("lessons.add_exercise"):
            found.append(Button(_("Exercises from words"), url=reverse("exercises-from-words"), icon_name="list-ul"))
        return found


class ExerciseViewSet(SnippetViewSet):
    """The bank."""

    model = Exercise
    index_view_class = BankView
    icon = "check"
    menu_label = _("Exercises")
    list_display = [
        "title",
        Column("type_name", label=_("type"), sort_key="type"),
        "skill",
        UpdatedAtColumn(),
        LiveStatusTagColumn(),
    ]
    list_per_page = 50
    filterset_class = ExerciseFilterSet
    panels = [
        FieldRowPanel([FieldPanel("title"), FieldPanel("skill")]),
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

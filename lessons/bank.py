"""The bank's listing: exercises by word, theme, level, skill, situation, type and state, and where each is used."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Q, QuerySet, prefetch_related_objects
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.models import ReferenceIndex, Revision, WorkflowState
from wagtail.snippets.views.snippets import IndexView, UsageView

from dictionary.importing.tables import table_named
from dictionary.importing.views import table_buttons
from dictionary.models import Entry, Theme

from .exercises import types
from .models import Exercise, ExerciseEntry, LessonPage, Quiz, QuizItem

MOST_USES = 3
"""The listing names so many places; the usage page names all."""


def naming(entries: Any) -> QuerySet:
    """Return the primary keys of the exercises that name one of the entries."""
    return ExerciseEntry.objects.filter(entry__in=entries).values("exercise")


def by_word(text: str) -> QuerySet:
    """Return the primary keys of the exercises on a word, given in any Romani spelling or by its meaning."""
    return naming(Entry.objects.matching(text).order_by().values("pk"))


class ExerciseFilterSet(WagtailFilterSet):
    """What an author looks for in the bank."""

    STATES = [
        ("live", gettext_lazy("published")),
        ("changed", gettext_lazy("published, with changes not published yet")),
        ("draft", gettext_lazy("draft")),
        ("waiting", gettext_lazy("waits for approval")),
        ("unreviewed", gettext_lazy("has words that no native speaker has reviewed")),
    ]

    word = django_filters.CharFilter(method="with_word", label=gettext_lazy("word, in any spelling, or its meaning"))
    theme = django_filters.ModelChoiceFilter(
        queryset=Theme.objects.all(), method="with_theme", label=gettext_lazy("theme of its words")
    )
    type = django_filters.ChoiceFilter(
        label=gettext_lazy("type"),
        choices=lambda: [(name, kind.block().label) for name, kind in sorted(types().items())],
    )
    state = django_filters.ChoiceFilter(choices=STATES, method="in_state", label=gettext_lazy("review"))
    used = django_filters.BooleanFilter(method="is_used", label=gettext_lazy("used in a lesson or quiz"))

    class Meta:
        model = Exercise
        fields = ["word", "theme", "level", "skill", "situation", "type", "state", "used"]

    def with_word(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(pk__in=by_word(value))

    def with_theme(self, queryset: Any, name: str, value: Theme) -> Any:
        return queryset.filter(pk__in=naming(Entry.objects.filter(theme=value)))

    def in_state(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(
            {
                "live": Q(live=True, has_unpublished_changes=False),
                "changed": Q(live=True, has_unpublished_changes=True),
                "draft": Q(live=False),
                "waiting": Q(pk__in=_waiting()),
                "unreviewed": Q(pk__in=naming(Entry.objects.filter(review_state=Entry.UNREVIEWED))),
            }[value]
        )

    def is_used(self, queryset: Any, name: str, value: bool) -> Any:
        used = Q(pk__in=QuizItem.objects.values("exercise")) | Q(pk__in=_practised().values("exercise"))
        return queryset.filter(used) if value else queryset.exclude(used)


def _waiting() -> QuerySet:
    """Return the primary keys of the exercises in an approval that is not finished."""
    states = WorkflowState.objects.active().filter(base_content_type=ContentType.objects.get_for_model(Exercise))
    # Wagtail names things of any kind by text; PostgreSQL does not compare that with a number.
    return states.annotate(named=Cast("object_id", BigIntegerField())).values("named")


def _practised() -> QuerySet:
    """Return Wagtail's notes of which page has an exercise as practice."""
    lesson, exercise = (ContentType.objects.get_for_model(model) for model in (LessonPage, Exercise))
    notes = ReferenceIndex.objects.filter(content_type=lesson, to_content_type=exercise)
    return notes.annotate(
        exercise=Cast("to_object_id", BigIntegerField()), page=Cast("object_id", BigIntegerField())
    ).order_by("pk")


def places_of(exercises: Iterable[Exercise]) -> dict[int, list[str]]:
    """Return where each exercise is used, by its primary key: lessons, then quizzes with their pages; five queries."""
    pks = [one.pk for one in exercises]
    found: dict[int, list[str]] = defaultdict(list)
    notes = list(_practised().filter(to_object_id__in=[str(pk) for pk in pks]).values_list("exercise", "page"))
    titles = dict(
        LessonPage.objects.filter(pk__in={page for _one, page in notes})
        .order_by("locale_id")
        .values_list("pk", "translation_key")
    )
    named = dict(_titles_by_key(titles.values()))
    for exercise, page in notes:
        if page in titles:
            found[exercise].append(_("lesson “%(title)s”") % {"title": named[titles[page]]})
    items = QuizItem.objects.filter(exercise__in=pks).order_by("quiz__title_lv", "quiz")
    for item in items.select_related("quiz").prefetch_related("quiz__lesson_pages", "quiz__test_pages"):
        pages = item.quiz.used_on()
        text = _("quiz “%(title)s” (%(page)s)") if pages else _("quiz “%(title)s”")
        found[item.exercise_id].append(text % {"title": item.quiz.title_lv, "page": pages})
    return {pk: list(dict.fromkeys(places)) for pk, places in found.items()}


def _titles_by_key(keys: Iterable[Any]) -> list[tuple[Any, str]]:
    """Return one title for each lesson, the first language's: a lesson in two languages is one place."""
    pages = LessonPage.objects.filter(translation_key__in=set(keys)).order_by("-locale_id")
    return list(pages.values_list("translation_key", "title"))


def uses_in_words(places: Sequence[str]) -> str:
    """Return the first places as a sentence's part, and how many more there are."""
    more = len(places) - MOST_USES
    if more <= 0:
        return ", ".join(places)
    return (
        ", ".join(places[:MOST_USES])
        + " "
        + ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more}
    )


def note_states(exercises: Sequence[Exercise]) -> None:
    """Fetch for all rows what Wagtail's column of states would ask about each: two queries instead of two a row."""
    kind, names = ContentType.objects.get_for_model(Exercise), [str(one.pk) for one in exercises]
    states: dict[str, list[WorkflowState]] = defaultdict(list)
    for state in WorkflowState.objects.active().filter(base_content_type=kind, object_id__in=names):
        states[state.object_id].append(state)
    planned = Revision.objects.filter(base_content_type=kind, object_id__in=names, approved_go_live_at__isnull=False)
    scheduled = set(planned.values_list("object_id", flat=True))
    for one in exercises:
        one._current_workflow_states = states[str(one.pk)]
        one._approved_schedule = str(one.pk) in scheduled


class BankView(IndexView):
    """The bank's listing, with the way to exercises made from words."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        found = list(super().header_more_buttons)
        if self.request.user.has_perm("lessons.add_exercise"):
            found.append(Button(_("Exercises from words"), url=reverse("exercises-from-words"), icon_name="list-ul"))
        return [*found, *table_buttons(self.request, [t for t in [table_named("exercises")] if t])]

    def search_queryset(self, queryset: Any) -> Any:
        """Find by title, and by the words that an exercise is about."""
        query = self.search_query if self.is_searching else ""
        return queryset.filter(Q(title__icontains=query) | Q(pk__in=by_word(query))) if query else queryset

    def get_table(self, object_list: Any, **kwargs: Any) -> Any:
        rows = list(object_list)
        note_states(rows)
        places = places_of(rows)
        for row in rows:
            row.uses = uses_in_words(places.get(row.pk, []))
        return super().get_table(rows, **kwargs)


class BankUsageView(UsageView):
    """Where one exercise is used; for a quiz also the lessons and tests that lead to it."""

    @cached_property
    def columns(self) -> list[Any]:
        found = list(super().columns)
        return [*found[:2], Column("pages", label=_("page"), accessor=_pages_of), *found[2:]]

    def get_table(self, object_list: Any, **kwargs: Any) -> Any:
        rows = list(object_list)
        quizzes = [thing for thing, _references in rows if isinstance(thing, Quiz)]
        prefetch_related_objects(quizzes, "lesson_pages", "test_pages")
        return super().get_table(rows, **kwargs)


def _pages_of(row: dict[str, Any]) -> str:
    return row["object"].used_on() if isinstance(row["object"], Quiz) else ""

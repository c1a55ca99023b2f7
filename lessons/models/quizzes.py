"""Quizzes: ordered exercises and the rules by which they count."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, PreviewableMixin, RevisionMixin
from wagtail.search import index

from ..exercises import is_self_judged


class Quiz(PreviewableMixin, RevisionMixin, index.Indexed, ClusterableModel):
    """A test that counts: the exercises in order, the rules by which they count. No personal data."""

    AT_ONCE, AT_END = "at_once", "at_end"
    FEEDBACK = [(AT_ONCE, _("after each answer")), (AT_END, _("at the end"))]

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title_lv = models.CharField(_("title in Latvian"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark, per cent"), default=70, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Left empty: as many as the learner likes. The best one counts."),
    )
    feedback = models.CharField(_("feedback"), max_length=8, choices=FEEDBACK, default=AT_ONCE)
    shuffle = models.BooleanField(_("shuffle the exercises"), default=True)
    time_limit_minutes = models.PositiveSmallIntegerField(
        _("time limit, minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
        help_text=_("Left empty: no limit, which is best for learning."),
    )
    draw_count = models.PositiveSmallIntegerField(
        _("how many are drawn"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Left empty: all. Otherwise each attempt asks so many of the exercises below, drawn anew."),
    )

    search_fields = [index.SearchField("title_lv"), index.AutocompleteField("title_lv"), index.SearchField("title_en")]

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ["title_lv", "id"]

    def __str__(self) -> str:
        return self.title_lv

    @property
    def title(self) -> str:
        """Return the title in the language of the page."""
        return (self.title_en if get_language() == "en" else "") or self.title_lv

    def used_on(self) -> str:
        """Return the titles of the pages that lead to the quiz, for authors."""
        pages = sorted([*self.lesson_pages.all(), *self.test_pages.all()], key=lambda page: page.locale_id)
        titles: dict[Any, str] = {}
        for page in pages:
            titles.setdefault(page.translation_key, page.title)
        return ", ".join(titles.values())

    used_on.short_description = _("page")  # type: ignore[attr-defined]

    def live_exercises(self) -> list[Any]:
        """Return the published exercises in order, each once; one query."""
        items = self.items.select_related("exercise").filter(exercise__live=True)
        return list(dict.fromkeys(item.exercise for item in items))

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "lessons/quiz_preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        from ..services import shown_exercises

        shown = [one for _, one in shown_exercises(item.exercise for item in self.items.all() if item.exercise.live)]
        return super().get_preview_context(request, mode_name) | {"quiz": self, "exercises": shown, "is_preview": True}


class QuizItem(Orderable):
    """One exercise at its place in a quiz. No personal data."""

    quiz = ParentalKey(Quiz, on_delete=models.CASCADE, related_name="items")
    exercise = models.ForeignKey(
        "lessons.Exercise", on_delete=models.PROTECT, related_name="quiz_items", verbose_name=_("exercise")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("exercise")
        verbose_name_plural = _("exercises")

    def __str__(self) -> str:
        return str(self.exercise)

    def clean(self) -> None:
        if self.exercise_id and is_self_judged(self.exercise.type):
            message = gettext(
                "“%(exercise)s” is judged by learners themselves, so it cannot count: place it in a lesson."
            )
            raise ValidationError({"exercise": message % {"exercise": self.exercise}})

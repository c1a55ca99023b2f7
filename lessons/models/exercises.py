"""The exercise bank."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from dictionary.models import Entry

from ..exercises import is_self_judged, types
from ..exercises.answers import hint_costs


class ExerciseBodyBlock(StreamBlock):
    """One exercise of any registered type."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(local_blocks or [(name, kind.block()) for name, kind in sorted(types().items())], **kwargs)

    class Meta:
        min_num = 1
        max_num = 1


class ExerciseField(StreamField):
    """A stream of exercise blocks. Which types exist is code, not database: a new type needs no migration."""

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs


class Exercise(
    WorkflowMixin, DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, index.Indexed, ClusterableModel
):
    """One exercise of the bank, used by lessons and quizzes. No learner data; no personal data."""

    LISTENING, READING, WRITING = "listening", "reading", "writing"
    SKILLS = [(LISTENING, _("listening")), (READING, _("reading")), (WRITING, _("writing"))]
    LEVELS = [(level, level) for level in ("A1", "A2", "B1", "B2", "C1", "C2")]
    SITUATIONS = [
        ("school", _("at school")),
        ("social-work", _("social work")),
        ("office", _("at the office")),
        ("home-visit", _("home visit")),
        ("health", _("with the doctor")),
        ("everyday", _("everyday life")),
    ]

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=120, help_text=_("For authors; learners do not see it."))
    type = models.CharField(_("type"), max_length=20, editable=False, default="", db_index=True)
    has_hint_costs = models.BooleanField(editable=False, default=False)
    skill = models.CharField(_("skill"), max_length=12, choices=SKILLS, default=READING)
    level = models.CharField(_("level"), max_length=2, choices=LEVELS, blank=True)
    situation = models.CharField(
        _("situation"),
        max_length=12,
        choices=SITUATIONS,
        blank=True,
        help_text=_("Where learners need it at work; left empty, anywhere."),
    )
    body = ExerciseField(ExerciseBodyBlock(), verbose_name=_("exercise"), max_num=1, min_num=1)
    feedback_lv = models.TextField(
        _("feedback in Latvian"),
        blank=True,
        max_length=500,
        help_text=_("Shown after an answer that is not right yet."),
    )
    feedback_en = models.TextField(_("feedback in English"), blank=True, max_length=500)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="exercise", for_concrete_model=True)
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="exercise",
        for_concrete_model=False,
    )

    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.FilterField("type"),
        index.FilterField("skill"),
        index.FilterField("level"),
        index.FilterField("situation"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = _("exercise")
        verbose_name_plural = _("exercises")
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def revisions(self) -> Any:
        return self._revisions

    def save(self, *args: Any, **kwargs: Any) -> None:
        stored = self.body.get_prep_value() if self.body else []
        self.type = stored[0]["type"] if stored else ""
        self.has_hint_costs = any(hint_costs(block["value"]) for block in stored)
        super().save(*args, **kwargs)
        only = kwargs.get("update_fields")
        if only is None or "body" in only:
            has_draft = self.has_unpublished_changes and self.latest_revision_id
            self._keep_words(self, self.get_latest_revision_as_object() if has_draft else None)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        revision = super().save_revision(*args, **kwargs)
        self._keep_words(self, Exercise.objects.filter(pk=self.pk, live=True).first())
        return revision

    def _keep_words(self, *contents: "Exercise | None") -> None:
        """Say which entries the exercise names: what learners see and what the draft says, so that both are found."""
        named = {pk for one in contents if one is not None for pk in named_entries(one.body.get_prep_value())}
        there = set(ExerciseEntry.objects.filter(exercise=self).values_list("entry", flat=True))
        if gone := there - named:
            ExerciseEntry.objects.filter(exercise=self, entry__in=gone).delete()
        if new := named - there:
            known = Entry.objects.filter(pk__in=new).values_list("pk", flat=True)
            rows = [ExerciseEntry(exercise=self, entry_id=pk) for pk in known]
            ExerciseEntry.objects.bulk_create(rows, ignore_conflicts=True)

    @property
    def approved_schedule(self) -> bool:
        """Say whether a moment is set at which it is published; a listing has asked for all its rows at once."""
        known = getattr(self, "_approved_schedule", None)
        return bool(super().approved_schedule) if known is None else known

    def clean(self) -> None:
        """Refuse a type that learners judge themselves where a quiz uses the exercise already."""
        super().clean()
        kind = self.body[0].block_type if self.body else ""
        if self.pk and is_self_judged(kind) and self.quiz_items.exists():
            raise ValidationError({"body": gettext("A quiz uses this exercise: learners cannot judge it themselves.")})

    @property
    def type_name(self) -> str:
        """Return the type's name for authors."""
        return str(types()[self.type].block().label) if self.type in types() else self.type

    @property
    def stored_block(self) -> dict[str, Any]:
        """Return the block as stored: `{"type", "value", "id"}`."""
        return self.body.get_prep_value()[0]

    @property
    def own_feedback(self) -> dict[str, str]:
        return {"lv": self.feedback_lv, "en": self.feedback_en}

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("lv", _("In Latvian")), ("en", _("In English"))]

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        """Show the preview in the learner's language that the author picked."""
        language = mode_name if mode_name in dict(self.preview_modes) else get_language() or "lv"
        with translation.override(language):
            return super().serve_preview(request, language).render()

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "lessons/exercise_preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        from ..definitions import askable
        from ..services import shown_exercise
        from ..tryout import takes_lines

        context = super().get_preview_context(request, mode_name) | {"is_preview": True}
        definition = next((found for _self, found in askable([self])), None)
        if definition is None:
            return context
        shown = shown_exercise(self, definition, language=mode_name, seed=str(self.uuid))
        # An old revision is only looked at: what is judged is the form in the editor.
        names = self._try_out_addresses(mode_name) if getattr(request, "is_editing", False) else {}
        return context | {"exercise": shown, "takes_lines": takes_lines(definition)} | names

    def _try_out_addresses(self, language: str) -> dict[str, str]:
        name, args = ("try-out-new", []) if self._state.adding else ("try-out", [self.pk])
        return {
            "try_out": f"{reverse(name, args=args)}?language={language}",
            "try_out_lines": reverse(f"{name}-lines", args=args),
        }


def named_entries(stored: Iterable[dict[str, Any]]) -> set[int]:
    """Return the primary keys of the dictionary entries that a stored body names."""
    known = types()
    return {pk for block in stored if block["type"] in known for pk in known[block["type"]].entries(block["value"])}


class ExerciseEntry(models.Model):
    """An exercise names a dictionary entry, in what learners see or in its draft. Derived; no personal data."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="named")
    entry = models.ForeignKey("dictionary.Entry", on_delete=models.CASCADE, related_name="named_in")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exercise", "entry"], name="exercise_names_entry_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} in {self.exercise_id}"


class ExerciseVersion(models.Model):
    """An exercise as learners saw it at some time: its definition, key included, kept for grading.

    Rows are shared by all attempts that saw the same content and are never changed, but for a voice that is taken back
    (`lessons.lost_voices`). No personal data.
    """

    exercise = models.ForeignKey(Exercise, on_delete=models.SET_NULL, null=True, related_name="versions")
    exercise_uuid = models.UUIDField(db_index=True)
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.SET_NULL, null=True, related_name="+")
    digest = models.CharField(max_length=32)
    definition = models.JSONField()
    feedback = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exercise_uuid", "digest"], name="exercise_version_once")]

    def __str__(self) -> str:
        return f"{self.exercise_uuid} {self.digest[:8]}"

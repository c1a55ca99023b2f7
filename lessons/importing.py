"""Exercises as a table: those types whose content fits one row. Scenes, pictures and own options stay as they are.

A row says a part of an exercise; what no column holds (hints, known wrong answers, options of its own) is left alone.
What comes in is a draft: learners meet it once somebody publishes it.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from dictionary.blocks import entries_known
from dictionary.importing.sheets import clean_text
from dictionary.importing.tables import Cells, Column, Draft, Kept, Table, asked, one_of, register

from .bank import ExerciseFilterSet, by_word, note_states
from .flat import FLAT, Dictionary, cells_of, fault_columns, value_of
from .models import Exercise

CHOICES = {"skill": Exercise.SKILLS, "level": Exercise.LEVELS, "situation": Exercise.SITUATIONS}
PLAIN = ("title", "skill", "level", "situation", "feedback_lv", "feedback_en")
LONGEST = {"title": 120, "feedback_lv": 500, "feedback_en": 500}


@register
class Exercises(Table):
    """The bank as a table."""

    name = "exercises"
    model = Exercise
    title = gettext_lazy("Exercises as a table")
    introduction = gettext_lazy(
        "Choice, match, order, gap, type, flashcards and speak. Dialogues and pictures do not fit a row: they are made "
        "in the editor and go out only with the course files. What you bring in becomes drafts."
    )
    permissions = ("lessons.add_exercise", "lessons.change_exercise")
    columns = [
        Column("id", gettext_lazy("The exercise's number. Leave it empty in a new row."), is_needed=True),
        Column("type", gettext_lazy("choice, match, order, gap, type, flashcards or speak."), is_needed=True),
        Column("title", gettext_lazy("For authors; learners do not see it."), is_needed=True),
        Column("skill", gettext_lazy("listening, reading or writing. Left empty in a new row: reading.")),
        Column("level", gettext_lazy("A1 to C2, or empty.")),
        Column("situation", gettext_lazy("school, social-work, office, home-visit, health, everyday, or empty.")),
        Column("item", gettext_lazy("Code or Romani of the word or phrase; several, for match and flashcards, by ;")),
        Column("about", gettext_lazy("What the item says."), is_shown_only=True),
        Column("mode", gettext_lazy("How it is asked, as in the course files; left empty, as usual for the type.")),
        Column("distractors", gettext_lazy("Wrong options by ; – for a gap plain text, gaps divided by |")),
        Column("parts", gettext_lazy("Order: the parts in order. Gap: what is missing, left to right. Divided by |")),
        Column("accept", gettext_lazy("What else is right when typed, by ; – for several gaps divided by |")),
        Column("tip_lv", gettext_lazy("Speak: what to listen for, in Latvian.")),
        Column("tip_en", gettext_lazy("Speak: what to listen for, in English.")),
        Column("feedback_lv", gettext_lazy("Feedback that teaches, in Latvian.")),
        Column("feedback_en", gettext_lazy("Feedback that teaches, in English.")),
    ]

    # --- out ------------------------------------------------------------------------------

    def listed(self, request: HttpRequest) -> QuerySet:
        found = ExerciseFilterSet(request.GET, queryset=Exercise.objects.all(), request=request).qs
        if query := asked(request):
            found = found.filter(title__icontains=query) | found.filter(pk__in=by_word(query))
        return found.filter(type__in=FLAT).order_by("title", "pk")

    def rows(self, things: QuerySet) -> Iterable[Cells]:
        return [kept.cells for kept in self._kept(things).values()]

    def current(self, keys: Iterable[str]) -> dict[str, Kept]:
        uuids = {uuid for key in keys if (uuid := _uuid(key))}
        return self._kept(Exercise.objects.filter(uuid__in=uuids, type__in=FLAT))

    def _kept(self, exercises: QuerySet) -> dict[str, Kept]:
        kept = {}
        for exercise in exercises.select_related("latest_revision"):
            content = _content(exercise)
            if content["type"] not in FLAT:  # another type in its draft
                continue
            cells = {"id": str(exercise.uuid), "type": content["type"]}
            cells |= {column: content[column] or "" for column in PLAIN}
            cells |= cells_of(content["type"], content["value"], self.dictionary)
            cells = {column: clean_text(cells.get(column, "")) for column in self.names()}
            is_clean = exercise.live and not exercise.has_unpublished_changes
            extra = {"is_clean": is_clean, "live_revision": exercise.live_revision_id}
            kept[cells["id"]] = Kept(exercise.pk, cells, exercise, content["title"], extra)
        return kept

    @cached_property
    def dictionary(self) -> Dictionary:
        return Dictionary()

    # --- in -------------------------------------------------------------------------------

    def blank(self) -> Cells:
        return dict.fromkeys(self.names(), "") | {"skill": Exercise.READING}

    def start(self, drafts: Sequence[Draft]) -> None:
        titles = {draft.cells["title"] for draft in drafts if draft.before is None}
        alike = self._kept(Exercise.objects.filter(title__in=titles)) if titles else {}
        self.there: dict[tuple[str, ...], Kept | None] = {_likeness(one.cells): one for one in alike.values()}

    def alike(self, cells: Cells) -> Kept | None:
        return self.there.get(_likeness(cells))

    def tidy(self, draft: Draft) -> None:
        cells = draft.cells
        for column, choices in CHOICES.items():
            self._choose(draft, column, choices)
        if draft.before and draft.is_new_in("type"):
            draft.refuse("type", _("The type of an exercise cannot change."))
        elif cells["type"] not in FLAT:
            message = _("“%(cell)s” is not known here; known are: %(known)s.")
            draft.refuse("type", message % {"cell": cells["type"], "known": ", ".join(FLAT)})
        if not cells["title"]:
            draft.refuse("title", _("This cell must not be empty."))
        if draft.problems:
            return
        stored = _content(draft.before.thing)["value"] if draft.before else {}
        changed = {column for column in self.written() if draft.is_new_in(column)} if draft.before else set(cells)
        value, problems = value_of(cells, changed, stored, self.dictionary)
        for column, message in problems:
            draft.refuse(column, message)
        if not problems:
            draft.parsed = value
            told = cells_of(cells["type"], value, self.dictionary)
            cells |= {column: clean_text(told.get(column, "")) for column in changed & set(told)}

    def _choose(self, draft: Draft, column: str, choices: Any) -> None:
        cell = draft.cells[column]
        if not cell and (column != "skill" or not draft.before):
            draft.cells[column] = self.blank()[column]
        elif draft.is_new_in(column):
            found = one_of(cell, {str(text).casefold(): key for key, label in choices for text in (label, key)})
            if found is None:
                message = _("“%(cell)s” is not known here; known are: %(known)s.")
                draft.refuse(column, message % {"cell": cell, "known": ", ".join(key for key, _label in choices)})
            else:
                draft.cells[column] = found

    def check(self, draft: Draft) -> None:
        for column, most in LONGEST.items():
            if len(draft.cells[column]) > most:
                draft.refuse(column, _("At most %(most)d characters.") % {"most": most})
        if draft.before is None:
            self._check_new(draft)
        block = Exercise._meta.get_field("body").stream_block  # type: ignore[union-attr]
        kind = draft.cells["type"]
        try:
            block.clean(block.to_python([{"type": kind, "value": draft.parsed}]))
        except ValidationError as error:
            for column, message in fault_columns(error):
                draft.refuse(column, message)

    def _check_new(self, draft: Draft) -> None:
        like = _likeness(draft.cells)
        if kept := self.there.get(like):
            message = _("This is here already. To change it, write its number %(id)s into the column “id”.")
            draft.refuse("title", message % {"id": kept.cells["id"]})
        elif like in self.there:
            draft.refuse("title", _("The same row stands in this table twice."))
        else:
            self.there[like] = None

    def checking(self) -> Any:
        return entries_known()  # the rules of a type read entries, exercise by exercise

    def locked(self, things: Sequence[Any]) -> dict[int, str]:
        note_states(things)
        found = {}
        for exercise in things:
            lock = exercise.get_lock()
            if lock and lock.for_user(self.user):
                found[exercise.pk] = _("It is locked, or waits for approval.")
        return found

    # --- writing --------------------------------------------------------------------------

    def create(self, cells: Cells) -> Kept:
        exercise = Exercise(live=False, has_unpublished_changes=True)
        self._fill(exercise, cells, self._value(cells, {}))
        exercise.save()
        exercise.save_revision(user=self.user, clean=False)
        log(instance=exercise, action="wagtail.create", user=self.user)
        return self._written(exercise.pk)

    def update(self, kept: Kept, cells: Cells) -> Kept:
        draft = Exercise.objects.get(pk=kept.pk).get_latest_revision_as_object()
        self._fill(draft, cells, self._value(cells, _content(kept.thing)["value"], kept.cells))
        if not draft.live:  # as the editor does: nobody sees it yet, and the bank lists it by this
            draft.save()
        draft.save_revision(user=self.user, clean=False, log_action=True)
        return self._written(kept.pk)

    def restore(self, kept: Kept, cells: Cells, extra: dict[str, Any]) -> None:
        self.update(kept, cells)
        # Where nobody published it meanwhile, learners still see what the draft says again: nothing waits any more.
        if extra.get("is_clean"):
            there = Exercise.objects.filter(pk=kept.pk, live=True, live_revision=extra.get("live_revision"))
            there.update(has_unpublished_changes=False)

    def _value(self, cells: Cells, stored: dict[str, Any], old: Cells | None = None) -> dict[str, Any]:
        changed = {one for one in self.written() if old is None or cells[one] != old.get(one, "")}
        value, problems = value_of(cells, changed, stored, self.dictionary)
        if problems:
            raise ValidationError(dict(problems))
        return value

    @staticmethod
    def _fill(exercise: Exercise, cells: Cells, value: dict[str, Any]) -> None:
        for column in PLAIN:
            setattr(exercise, column, cells[column])
        block = exercise.body.stream_block
        there = exercise.body.get_prep_value() if exercise.body else []
        name = {"id": there[0]["id"]} if there and there[0].get("id") else {}
        exercise.body = block.to_python([{"type": cells["type"], "value": value, **name}])

    def _written(self, pk: int) -> Kept:
        (kept,) = self._kept(Exercise.objects.filter(pk=pk)).values()
        return kept

    def undoable(self, things: Sequence[Any]) -> dict[int, str]:
        live = {one.pk: _("It was published since.") for one in things if one.live}
        return super().undoable(things) | live


def _likeness(cells: Cells) -> tuple[str, ...]:
    """Return what makes two rows the same exercise."""
    return tuple(cells[column] for column in ("type", "title", "item", "mode", "distractors", "parts"))


def _uuid(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None


def _content(exercise: Exercise) -> dict[str, Any]:
    """Return what an exercise says, its draft's where it has one: the plain fields, `type` and the stored `value`.

    Read from the revision as it lies there, since making objects of revisions asks the database for each.
    """
    if exercise.has_unpublished_changes and exercise.latest_revision:
        content = exercise.latest_revision.content
        stored = json.loads(content["body"]) if content.get("body") else []
        plain = {column: content.get(column, "") for column in PLAIN}
    else:
        stored = exercise.body.get_prep_value() if exercise.body else []
        plain = {column: getattr(exercise, column) for column in PLAIN}
    block = stored[0] if stored else {"type": "", "value": {}}
    return plain | {"type": block["type"], "value": block["value"]}

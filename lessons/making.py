"""From words to drafts in the bank: the dictionary's facts for `proposals`, and what becomes of those accepted."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import translation
from wagtail.log_actions import log

from dictionary.glosses import split_gloss
from dictionary.models import Entry, Gloss, TaughtEntry, Variant
from media.models import Rendition

from .definitions import define
from .exercises import is_self_judged, types
from .models import Exercise, LessonPage, Quiz, QuizItem
from .proposals import Proposal, Word
from .services import shown_exercise

MOST_POOL = 5000
"""Wrong options are looked for among at most so many entries, those of the taught variety."""


def word_facts(chosen: Sequence[int]) -> tuple[list[Word], list[Word]]:
    """Return the chosen entries, in their order, and all that wrong options may come from; four queries."""
    heard = Rendition.objects.filter(
        recording=OuterRef("recording"), recording__status="ready", recording__is_public=True
    )
    fields = (
        "pk",
        "text",
        "theme_id",
        "variety_id",
        "kind",
        "part_of_speech",
        "variety__is_taught",
        "is_heard",
        "image_id",
    )
    entries = Entry.objects.filter(Q(variety__is_taught=True) | Q(pk__in=chosen)).annotate(is_heard=Exists(heard))
    rows = list(entries.order_by("pk").values(*fields)[:MOST_POOL])
    if missing := set(chosen) - {row["pk"] for row in rows}:
        rows += entries.filter(pk__in=missing).values(*fields)
    glosses, meanings, variants = _glosses(), defaultdict(set), defaultdict(list)
    for pk, texts in glosses.items():
        for text in texts.values():
            meanings[pk].update(split_gloss(text))
    for pk, form in Variant.objects.order_by("pk").values_list("entry", "form"):
        variants[pk].append(form)
    taught = set(TaughtEntry.objects.values_list("entry", flat=True))
    pool = {
        row["pk"]: Word(
            pk=row["pk"],
            text=row["text"],
            gloss=glosses[row["pk"]].get("lv") or next(iter(glosses[row["pk"]].values()), ""),
            meanings=frozenset(meanings[row["pk"]]),
            theme=row["theme_id"],
            variety=row["variety_id"],
            kind=row["kind"],
            part_of_speech=row["part_of_speech"],
            is_taught_variety=row["variety__is_taught"],
            is_taught=row["pk"] in taught,
            is_heard=row["is_heard"],
            picture=row["image_id"],
            variants=tuple(variants[row["pk"]]),
        )
        for row in rows
    }
    return [pool[pk] for pk in dict.fromkeys(chosen) if pk in pool], list(pool.values())


def _glosses() -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for pk, language, text in Gloss.objects.order_by("pk").values_list("entry", "language", "text"):
        found[pk][language] = text
    return found


@dataclass
class Shown:
    """A proposal as an author sees it: with the exercise as a learner would, and the one in the bank if it is there."""

    proposal: Proposal
    exercise: dict[str, Any]
    type_name: str
    made: Exercise | None = None

    @property
    def key(self) -> str:
        return str(self.proposal.uuid)


def shown_proposals(proposals: Sequence[Proposal], language: str) -> list[Shown]:
    """Return the proposals that can be asked, each rendered for a learner; a fixed number of queries."""
    made = {one.uuid: one for one in Exercise.objects.filter(uuid__in=[proposal.uuid for proposal in proposals])}
    found = []
    for proposal, definition in zip(proposals, define([one.block for one in proposals]), strict=True):
        if definition is None:
            continue
        with translation.override(language):
            exercise = shown_exercise(proposal, definition, language=language, seed=str(proposal.uuid))
        name = str(types()[proposal.type].block().label)
        found.append(Shown(proposal, exercise, name, made.get(proposal.uuid)))
    return found


@dataclass
class Made:
    """What became of accepted proposals: exercises new in the bank, those that were there, and refusals in words."""

    new: list[Exercise] = field(default_factory=list)
    known: list[Exercise] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def all(self) -> list[Exercise]:
        return [*self.known, *self.new]


def make_exercises(*, proposals: Iterable[Proposal], user: Any) -> Made:
    """Put the proposals into the bank as drafts. One that is there already is left alone, however often one asks."""
    made = Made()
    for proposal in proposals:
        try:
            with transaction.atomic():
                exercise, is_new = _make(proposal, user)
        except ValidationError as error:
            made.refused.append(f"{proposal.title}: {' '.join(_words_of(error))}")
        except IntegrityError:  # made by the same request, sent twice, in this very moment
            made.known.append(Exercise.objects.get(uuid=proposal.uuid))
        else:
            (made.new if is_new else made.known).append(exercise)
    return made


def _make(proposal: Proposal, user: Any) -> tuple[Exercise, bool]:
    known = Exercise.objects.filter(uuid=proposal.uuid).first()
    if known is not None:
        return known, False
    exercise = Exercise(uuid=proposal.uuid, title=proposal.title[:120], skill=proposal.skill, live=False)
    exercise.has_unpublished_changes = True
    blocks = exercise.body.stream_block
    exercise.body = blocks.clean(blocks.to_python([proposal.block]))
    exercise.save()
    exercise.save_revision(user=user)
    log(instance=exercise, action="wagtail.create", user=user)
    return exercise, True


def _words_of(error: ValidationError) -> list[str]:
    """Return what a block found wrong, however deep it says so."""
    inner = [*getattr(error, "block_errors", {}).values(), getattr(error, "non_block_errors", None)]
    found = [text for one in inner if one for text in _words_of(one)]
    return found or list(getattr(error, "messages", []))


def add_to_quiz(*, quiz: Quiz, exercises: Sequence[Exercise], user: Any) -> int:
    """Put exercises at the end of a quiz, each once; return how many are new there.

    What learners judge themselves is left out: a quiz refuses it.
    """
    with transaction.atomic():
        quiz = Quiz.objects.select_for_update().get(pk=quiz.pk)
        places = list(quiz.items.values_list("exercise", "sort_order"))
        there = {exercise for exercise, _place in places}
        new = [one for one in dict.fromkeys(exercises) if one.pk not in there and not is_self_judged(one.type)]
        start = max((place or 0 for _exercise, place in places), default=-1) + 1
        for place, exercise in enumerate(new, start):
            quiz.items.add(QuizItem(exercise=exercise, sort_order=place))
        if new:
            quiz.save()
            revision = quiz.save_revision(user=user)
            log(instance=quiz, action="wagtail.edit", user=user, revision=revision, content_changed=True)
    return len(new)


def add_as_practice(*, lesson: LessonPage, exercises: Sequence[Exercise], user: Any) -> int:
    """Put exercises at the end of the lesson's draft, each once; return how many are new there."""
    with transaction.atomic():
        locked = LessonPage.objects.select_for_update().get(pk=lesson.pk)
        draft = locked.get_latest_revision_as_object()
        there = {block["value"].get("exercise") for block in draft.body.get_prep_value() if block["type"] == "practice"}
        new = [one for one in dict.fromkeys(exercises) if one.pk not in there]
        practice = draft.body.stream_block.child_blocks["practice"]
        for exercise in new:
            draft.body.append(("practice", practice.to_python({"exercise": exercise.pk})))
        if new:
            draft.save_revision(user=user, log_action=True)
    return len(new)

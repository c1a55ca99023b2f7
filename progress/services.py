"""Use-cases that write what learners did. Each is one short transaction, and repeating it changes nothing."""

import random
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from lessons.drawing import drawn
from lessons.models import Quiz
from lessons.services import current_versions, grade_answer

from .hints import hints_before
from .models import Answer, Attempt, AttemptItem, LessonEvent, LessonProgress, Notice
from .querysets import answered_once, attempts_of, item_or_404, score_of
from .summaries import refresh_after_attempt, refresh_lesson

MOST_ANSWERS = 200
"""Answers kept for one exercise of one attempt: more is no learner, and the log must stay bounded."""


@dataclass(frozen=True)
class Kept:
    """A kept answer, the item it answers (with its attempt and version), and whether it is the one that counts."""

    answer: Answer
    item: AttemptItem
    counts: bool


def start_attempt(*, user: Any, quiz: Quiz, attempt_id: UUID) -> tuple[Attempt, bool]:
    """Return the learner's attempt of that id and whether it was made now.

    The exercises and the rules are fixed here, as they stand now. An id that belongs to somebody else's
    attempt, or to another quiz, is unknown.

    Raises:
        ValidationError: the quiz holds no published exercise, or all allowed attempts are used.
        Http404: the id is not the learner's to use.
    """
    known = Attempt.objects.filter(uuid=attempt_id).first()
    if known is None:
        versions = current_versions(quiz.live_exercises())
        if not versions:
            raise ValidationError({"quiz": _("This quiz has no questions yet.")})
        try:
            with transaction.atomic():
                return _make_attempt(user, quiz, attempt_id, versions), True
        except IntegrityError:
            known = Attempt.objects.filter(uuid=attempt_id).first()
    if known is None or known.user_id != user.pk or known.quiz_uuid != quiz.uuid:
        raise Http404
    return known, False


def _make_attempt(user: Any, quiz: Quiz, attempt_id: UUID, versions: list[Any]) -> Attempt:
    if quiz.attempts_allowed is not None:
        lock_learner(user.pk)  # two tabs must not both take the last attempt
        used = attempts_of(user).filter(quiz_uuid=quiz.uuid).exclude(uuid=attempt_id).count()
        if used >= quiz.attempts_allowed:
            raise ValidationError(
                {"quiz": _("You have used all %(allowed)d attempts.") % {"allowed": quiz.attempts_allowed}}
            )
    limit = quiz.time_limit_minutes
    attempt = Attempt.objects.create(
        uuid=attempt_id,
        user=user,
        quiz=quiz,
        quiz_uuid=quiz.uuid,
        feedback=quiz.feedback,
        pass_mark=quiz.pass_mark,
        # Not the attempt's id: that is the client's to choose, and with it one could choose one's questions.
        seed=secrets.token_hex(16),
        deadline_at=timezone.now() + timedelta(minutes=limit) if limit else None,
    )
    order = drawn(versions, quiz.draw_count, attempt.seed, name=lambda version: str(version.exercise_uuid))
    if quiz.shuffle:
        random.Random(attempt.seed).shuffle(order)  # noqa: S311  made by the seed on purpose
    AttemptItem.objects.bulk_create(
        AttemptItem(attempt=attempt, position=place, exercise_uuid=version.exercise_uuid, version=version)
        for place, version in enumerate(order, 1)
    )
    return attempt


def lock_learner(pk: int) -> None:
    """Let nothing else that counts happen to this learner until the transaction ends.

    Not a key lock: rows that only point to the learner may still be written meanwhile.
    """
    list(get_user_model().objects.select_for_update(no_key=True).filter(pk=pk).values_list("pk"))


def answer_exercise(
    *,
    user: Any,
    attempt: UUID,
    exercise: UUID,
    answer: Any,
    client_id: UUID | None = None,
    device_time: datetime | None = None,
) -> Kept:
    """Keep one answer. The path that everybody hits at once: four queries, one of them inserts.

    The same client id again returns the row that is there, whatever else the request says. Without a
    client id the content names the answer: sending it again changes nothing.

    Raises:
        Http404: no such attempt of this learner, or the exercise is not one of its own.
        ValidationError: the answer has not the shape of its type; or far too many answers.
    """
    item = item_or_404(user=user, attempt=attempt, exercise=exercise)
    # Judged before the transaction, so that the lock is held for two reads and a write only.
    grade, refused = None, None
    try:
        grade = grade_answer(item.version.definition, answer)
    except ValidationError as error:
        refused = error
    with transaction.atomic():
        # The attempt's row is the lock between answers, and between an answer and the submission.
        current = Attempt.objects.select_for_update(no_key=True).filter(pk=item.attempt_id).first()
        if current is None:
            raise Http404
        before = list(Answer.objects.filter(attempt=current, exercise_uuid=exercise).order_by("id"))
        row = _same(before, client_id, answer, current)
        if row is None:
            if refused or grade is None:
                raise refused or Http404
            if len(before) >= MOST_ANSWERS:
                raise ValidationError({"answer": _("This exercise has been answered too often in this attempt.")})
            row = Answer.objects.create(
                attempt=current,
                exercise_uuid=exercise,
                client_id=client_id or uuid.uuid4(),
                content=answer,
                verdict=grade.verdict,
                score=grade.score,
                facts=grade.facts,
                **hints_before(item, before[-1:], answer),
                is_late=not current.is_open or current.is_over,
                device_time=device_time,
            )
    return Kept(row, item, _counts(row, before, current))


def _same(before: list[Answer], client_id: UUID | None, answer: Any, attempt: Attempt) -> Answer | None:
    """Return the kept row that this request repeats.

    Without a client id: with feedback at once any row that says the same, since only the first counts;
    otherwise the last one alone, since going back to an earlier answer is a change of mind.
    """
    if client_id is not None:
        return next((row for row in before if row.client_id == client_id), None)
    candidates = before if attempt.gives_feedback_at_once else before[-1:]
    return next((row for row in candidates if row.content == answer), None)


def _counts(row: Answer, before: list[Answer], attempt: Attempt) -> bool:
    """Say whether the row is in the running: a function of rows that never change, so a retry hears the same."""
    if row.is_late:
        return False
    return not attempt.gives_feedback_at_once or answered_once([*before, row]) == row


def submit_attempt(*, attempt: Attempt) -> Attempt:
    """Close the attempt and count it. A second call returns what the first one found.

    Raises Http404 if the attempt is gone meanwhile.
    """
    with transaction.atomic():
        # The learner first: what is derived below looks at all that this learner did.
        lock_learner(attempt.user_id)
        current = Attempt.objects.select_for_update(no_key=True).filter(pk=attempt.pk).first()
        if current is None:
            raise Http404
        if current.is_open:
            now = timezone.now()
            current.submitted_at = min(now, current.deadline_at or now)
            current.score, current.passed = score_of(current)
            current.save(update_fields=["submitted_at", "score", "passed"])
            refresh_after_attempt(current)
    return current


def close_when_over(*, attempt: Attempt) -> Attempt:
    """Hand in an attempt whose time is over, as the learner's page does where it is open; any other stays as it is."""
    return submit_attempt(attempt=attempt) if attempt.is_open and attempt.is_over else attempt


def close_all_over(*, attempts: Iterable[Attempt]) -> list[Attempt]:
    """Return the attempts with those handed in whose time is over."""
    return [close_when_over(attempt=attempt) for attempt in attempts]


def see_notices(*, attempt: Attempt) -> None:
    """Keep that the learner has seen what is new about the attempt. Again changes nothing."""
    Notice.objects.filter(attempt=attempt, seen_at=None).update(seen_at=timezone.now())


def record_lesson_progress(*, user: Any, lesson: Any, block: str = "", done: list[str] | None = None) -> LessonProgress:
    """Keep where the learner is in a lesson and which parts are done; return the progress.

    Parts done add up: two devices never undo each other.

    Raises:
        ValidationError: a part that is not the lesson's.
    """
    known = {section.id for section in lesson.sections}
    for field, names in (("block", [block] if block else []), ("done", done or [])):
        strange = [name for name in names if name not in known]
        if strange:
            raise ValidationError({field: _("“%(part)s” is not a part of this lesson.") % {"part": strange[0][:64]}})
    with transaction.atomic():
        lock_learner(user.pk)
        before = LessonProgress.objects.filter(user=user, lesson_key=lesson.translation_key).first()
        events = []
        if block and (before is None or before.block != block):
            events.append((block, LessonEvent.REACHED))
        old = set(before.done) if before else set()
        events += [(name, LessonEvent.DONE) for name in dict.fromkeys(done or []) if name not in old]
        LessonEvent.objects.bulk_create(
            LessonEvent(user=user, lesson_key=lesson.translation_key, block=name, kind=kind) for name, kind in events
        )
        after = refresh_lesson(user=user, key=lesson.translation_key) if events else before
    return after or LessonProgress(user=user, lesson_key=lesson.translation_key, updated_at=timezone.now())

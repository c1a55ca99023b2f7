"""Use-cases that write what learners did. Each is one short transaction, and repeating it changes nothing."""

import json
import random
import uuid
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from lessons.models import Quiz
from lessons.services import current_versions, grade_answer

from .models import Answer, Attempt, AttemptItem, LessonEvent, LessonProgress
from .querysets import attempts_of, counted
from .summaries import refresh_after_attempt, refresh_lesson

ANSWER_NAMESPACE = UUID("6f3a2a53-0d7f-4a5e-9d0a-5a3f3f1f6f11")
MOST_ANSWERS = 200
"""Answers kept for one exercise of one attempt: more is no learner, and the log must stay bounded."""


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
        # The learner's row is the lock: two tabs must not both take the last attempt.
        type(user).objects.select_for_update().get(pk=user.pk)
        used = attempts_of(user).filter(quiz_uuid=quiz.uuid).count()
        if used >= quiz.attempts_allowed:
            raise ValidationError({"quiz": _("You have used all %(allowed)d attempts.") % {"allowed": quiz.attempts_allowed}})
    attempt = Attempt.objects.create(
        uuid=attempt_id, user=user, quiz=quiz, quiz_uuid=quiz.uuid, feedback=quiz.feedback, pass_mark=quiz.pass_mark
    )
    order = list(versions)
    if quiz.shuffle:
        random.Random(attempt_id.hex).shuffle(order)
    AttemptItem.objects.bulk_create(
        AttemptItem(attempt=attempt, position=place, exercise_uuid=version.exercise_uuid, version=version)
        for place, version in enumerate(order, 1)
    )
    return attempt


def answer_exercise(
    *,
    attempt: Attempt,
    exercise: UUID,
    answer: Any,
    client_id: UUID | None = None,
    device_time: datetime | None = None,
) -> tuple[Answer, Any]:
    """Keep one answer and return it with the version it was graded by.

    The same client id again returns the row that is there, whatever else the request says. Without a
    client id the content names the answer: sending it again changes nothing.

    Raises:
        Http404: the exercise is not one of the attempt's.
        ValidationError: the answer has not the shape of its type; or far too many answers.
    """
    item = AttemptItem.objects.select_related("version").filter(attempt=attempt, exercise_uuid=exercise).first()
    if item is None:
        raise Http404
    if client_id is None:
        canonical = json.dumps(answer, sort_keys=True, ensure_ascii=True, default=str)
        client_id = uuid.uuid5(ANSWER_NAMESPACE, f"{attempt.uuid}/{exercise}/{canonical}")
    same = {"attempt": attempt, "exercise_uuid": exercise, "client_id": client_id}
    known = Answer.objects.filter(**same).first()
    if known is not None:
        return known, item.version
    grade = grade_answer(item.version.definition, answer)
    with transaction.atomic():
        # The attempt's row is the lock between an answer and the submission that closes the attempt.
        current = Attempt.objects.select_for_update().get(pk=attempt.pk)
        if Answer.objects.filter(attempt=attempt, exercise_uuid=exercise).count() >= MOST_ANSWERS:
            raise ValidationError({"answer": _("This exercise has been answered too often in this attempt.")})
        row, _made = Answer.objects.get_or_create(
            **same,
            defaults={
                "content": answer,
                "verdict": grade.verdict,
                "score": grade.score,
                "facts": grade.facts,
                "is_late": not current.is_open,
                "device_time": device_time,
            },
        )
    return row, item.version


def submit_attempt(*, attempt: Attempt) -> Attempt:
    """Close the attempt and count it. A second call returns what the first one found."""
    with transaction.atomic():
        current = Attempt.objects.select_for_update().get(pk=attempt.pk)
        if current.is_open:
            current.submitted_at = timezone.now()
            current.score, current.passed = score_of(current)
            current.save(update_fields=["submitted_at", "score", "passed"])
            refresh_after_attempt(current)
    return current


def score_of(attempt: Attempt) -> tuple[float, bool]:
    """Return the share of points reached (0–1), exercises without an answer counting nothing, and whether that passes."""
    count = attempt.items.count()
    points = sum(answer.score for answer in counted(attempt).values())
    score = round(points / count, 4) if count else 0.0
    # Half a millionth of room: a sum of thirds must not fail a pass mark that it reaches.
    return score, score * 100 >= attempt.pass_mark - 0.0001


def record_lesson_progress(*, user: Any, lesson: Any, block: str = "", done: list[str] | None = None) -> LessonProgress:
    """Keep where the learner is in a lesson and which parts are done; return the progress.

    Parts done add up: two devices never undo each other. Only names of parts that the lesson has are kept.

    Raises:
        ValidationError: a part that is not the lesson's.
    """
    known = {section.id for section in lesson.sections}
    for field, names in (("block", [block] if block else []), ("done", done or [])):
        strange = [name for name in names if name not in known]
        if strange:
            raise ValidationError({field: _("“%(part)s” is not a part of this lesson.") % {"part": strange[0][:64]}})
    with transaction.atomic():
        type(user).objects.select_for_update().get(pk=user.pk)
        before = LessonProgress.objects.filter(user=user, lesson_key=lesson.translation_key).first()
        events = []
        if block and (before is None or before.block != block):
            events.append((block, LessonEvent.REACHED))
        old = set(before.done) if before else set()
        events += [(name, LessonEvent.DONE) for name in dict.fromkeys(done or []) if name not in old]
        LessonEvent.objects.bulk_create(
            LessonEvent(user=user, lesson_key=lesson.translation_key, block=name, kind=kind) for name, kind in events
        )
        if events:
            return refresh_lesson(user=user, lesson=lesson)
    return before or LessonProgress(user=user, lesson_key=lesson.translation_key, updated_at=timezone.now())

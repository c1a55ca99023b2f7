"""Attempts at quizzes and the append-only log of answers."""

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lessons.hints import after_hints

if TYPE_CHECKING:
    from .corrections import Regrading


GRACE = timedelta(seconds=60)
"""How long after the deadline an answer still counts: time for what was sent before it to arrive over a slow line.

Not for answers that a device kept while it had no connection: when those were given only the device's clock could say.
"""


class Attempt(models.Model):
    """One try of one learner at one quiz.

    The rules in force at the start (pass mark, when feedback comes, the deadline) are copied here, so that a later
    edit of the quiz cannot rewrite a learner's past. `score`, `passed` are derived from the answers and what they were
    judged again.
    Personal data: that this person tried this quiz, and how it went; erased with the account.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts")
    quiz = models.ForeignKey("lessons.Quiz", on_delete=models.SET_NULL, null=True, related_name="attempts")
    quiz_uuid = models.UUIDField(db_index=True)
    feedback = models.CharField(max_length=8)
    pass_mark = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=32, help_text=_("Decides which exercises are drawn, and in which order."))
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)
    deadline_at = models.DateTimeField(_("deadline"), null=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    score = models.FloatField(_("score"), null=True)
    passed = models.BooleanField(_("passed"), null=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-started_at", "-id"]
        indexes = [models.Index(fields=["user", "quiz_uuid"])]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_open(self) -> bool:
        return self.submitted_at is None

    @property
    def is_over(self) -> bool:
        """Say whether the time is over by the server's clock, the grace for what is on its way included."""
        return self.deadline_at is not None and timezone.now() > self.deadline_at + GRACE

    @property
    def seconds_left(self) -> int | None:
        """Return how long answers still count; None without a limit or once the attempt is closed."""
        if self.deadline_at is None or not self.is_open:
            return None
        return max(0, int((self.deadline_at - timezone.now()).total_seconds()))

    @property
    def gives_feedback_at_once(self) -> bool:
        return self.feedback == "at_once"


class AttemptItem(models.Model):
    """One exercise of an attempt, in the version that the learner sees and is graded by. No personal data."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    exercise_uuid = models.UUIDField()
    version = models.ForeignKey("lessons.ExerciseVersion", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["attempt", "exercise_uuid"], name="exercise_once_per_attempt")]

    def __str__(self) -> str:
        return f"{self.attempt_id}.{self.position}"


class OpenedHint(models.Model):
    """A hint that costs and that the learner asked for, while an answer could still be given or changed.

    `cost` is what it cost in the version that the learner saw, in per cent of the exercise's points. Which answers it
    takes from stands with them, in `Answer.hint_cost`.
    Personal data: that this person needed help here; erased with the account.
    """

    item = models.ForeignKey(AttemptItem, on_delete=models.CASCADE, related_name="opened_hints")
    number = models.PositiveSmallIntegerField()
    cost = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="hint_opened_once")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.number}"


class Answer(models.Model):
    """One answer as it came, with its grade. Rows are only ever added.

    `score` is what was found in the answer; what the hints before it cost is taken from that where it counts.
    Which one counts is a rule, not a field that changes: with feedback at once the first answer to an
    exercise, since the next would be given knowing the result; with feedback at the end the last before
    the attempt was submitted.
    Personal data: what this person answered; erased with the account.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    exercise_uuid = models.UUIDField()
    client_id = models.UUIDField(help_text=_("Made by the learner's device, so that a repeated request is known."))
    content = models.JSONField(null=True)
    verdict = models.CharField(max_length=10)
    score = models.FloatField()
    facts = models.JSONField(default=dict)
    hints = models.PositiveSmallIntegerField(default=0, help_text=_("How many hints that cost were opened before it."))
    hint_cost = models.PositiveSmallIntegerField(default=0, help_text=_("What they cost together, per cent."))
    is_late = models.BooleanField(
        default=False, help_text=_("Arrived after the attempt was submitted, or its time over; kept, not counted.")
    )
    answered_at = models.DateTimeField(auto_now_add=True)
    device_time = models.DateTimeField(null=True, help_text=_("The device's own clock; for order on that device only."))

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "exercise_uuid", "client_id"], name="answer_once_per_client_id")
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.exercise_uuid}: {self.verdict}"

    @property
    def grade(self) -> dict[str, object]:
        """Return the grade that the answer got when it came; regradings stand beside it."""
        return {"verdict": self.verdict, "score": self.score, "facts": self.facts}

    @property
    def standing(self) -> "Answer | Regrading":
        """Return what counts now: the answer as judged at first, or the first regrading that found the most in it.

        A query unless `regradings` are fetched.
        """
        found: list[Answer | Regrading] = [self, *self.regradings.all()]
        return max(found, key=lambda one: one.score)

    @property
    def points(self) -> float:
        """Return the share of the exercise's point that counts now: what was found in it, less what hints cost."""
        return self.after_hints(self.standing.score)

    def after_hints(self, score: float) -> float:
        return after_hints(score, self.hint_cost)

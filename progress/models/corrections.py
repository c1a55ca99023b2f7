"""What happens to an answer after it was judged: appeals, what reviewers decided, regradings, and telling the learner.

Nothing here changes an answer. A regrading is a further row beside it; what counts is derived from both.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .attempts import Answer, Attempt


class Regrading(models.Model):
    """An answer judged again, by a corrected version of its exercise. Rows are only ever added.

    Only kept where more was found in the answer than before: the better grade counts, the old one stays readable.
    Personal data: what became of this person's answer; erased with the account. `made_by` is a member of staff.
    """

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="regradings")
    version = models.ForeignKey("lessons.ExerciseVersion", on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10)
    score = models.FloatField()
    facts = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("regrading")
        verbose_name_plural = _("regradings")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["answer", "version"], name="regrading_once_per_version")]

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.verdict}"

    @property
    def grade(self) -> dict[str, object]:
        return {"verdict": self.verdict, "score": self.score, "facts": self.facts}


class AppealedForm(models.Model):
    """A form that learners wrote for a word and say is right: one row of the reviewers' queue, however many sent it.

    `said_by_speaker`: a speaker said in a recording session that this is how it is said.
    No personal data: who sent it stands in `Appeal` and is never shown. `decided_by` is a member of staff; cleared
    when that account is erased.
    """

    OPEN, ACCEPTED, DECLINED = "open", "accepted", "declined"
    STATUSES = [(OPEN, _("waits")), (ACCEPTED, _("accepted")), (DECLINED, _("declined"))]

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey("dictionary.Entry", on_delete=models.SET_NULL, null=True, related_name="+")
    entry_code = models.CharField(max_length=20)
    expected = models.CharField(_("expected"), max_length=120)
    written = models.CharField(_("written"), max_length=120)
    said_by_speaker = models.BooleanField(_("said by a speaker"), default=False)
    status = models.CharField(_("state"), max_length=8, choices=STATUSES, default=OPEN, db_index=True)
    form = models.CharField(_("form"), max_length=120, blank=True)
    variety = models.ForeignKey(
        "media.Variety", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("variety")
    )
    note = models.CharField(_("note to the learners"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("appealed form")
        verbose_name_plural = _("appealed forms")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["entry_code", "expected", "written"], name="appealed_form_once"),
            models.CheckConstraint(condition=Q(status="open") | Q(decided_at__isnull=False), name="decision_has_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.expected} / {self.written}"

    @property
    def is_open(self) -> bool:
        return self.status == self.OPEN

    @property
    def is_accepted(self) -> bool:
        return self.status == self.ACCEPTED


class Appeal(models.Model):
    """A learner says that what an answer of theirs wrote in one place should count.

    Personal data: that this person objected; erased with the account.
    """

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="appeals")
    appealed_form = models.ForeignKey(AppealedForm, on_delete=models.CASCADE, related_name="appeals")
    created_at = models.DateTimeField(auto_now_add=True)
    told_at = models.DateTimeField(
        null=True, help_text=_("When the decision was written to the learner, or a letter about it was not wanted.")
    )

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["answer", "appealed_form"], name="appeal_once")]

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.appealed_form_id}"


class Notice(models.Model):
    """News for one learner about one exercise of an attempt of theirs: a result was corrected, an appeal declined.

    Personal data: erased with the account.
    """

    CORRECTED, DECLINED = "corrected", "declined"
    KINDS = [(CORRECTED, _("corrected")), (DECLINED, _("declined"))]

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="notices")
    exercise_uuid = models.UUIDField()
    kind = models.CharField(max_length=10, choices=KINDS)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.exercise_uuid}: {self.kind}"

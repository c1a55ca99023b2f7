"""What native reviewers are asked and what they said: their step of a workflow, and answers to questions."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.locks import WorkflowLock
from wagtail.models import AbstractGroupApprovalTask, TaskState


class ReviewLock(WorkflowLock):
    """While a native reviewer reads it, nobody changes it; whoever sent it may take it back."""

    def get_message(self, user: Any) -> Any:
        if not self.for_user(user):
            return super().get_message(user)
        return _("This waits for a native reviewer. To change something now, choose “Cancel workflow” below first.")


class NativeReviewTask(AbstractGroupApprovalTask):
    """A step of a workflow decided in the reviewers' room, by people who need no right to open the editor.

    No personal data: who decided stands in Wagtail's own `TaskState`.
    """

    lock_class = ReviewLock

    class Meta:
        verbose_name = _("check by a native reviewer")
        verbose_name_plural = _("checks by native reviewers")

    @classmethod
    def get_description(cls) -> Any:
        return _("Members of the chosen groups decide in the room “Native review”; they need not open the editor.")

    @property
    def queue_url(self) -> str:
        """Return where reviewers find it; letters about this task lead there."""
        return reverse("review_lessons")

    def admits(self, user: Any) -> bool:
        """Say whether this person decides here."""
        return bool(user.is_active and (user.is_superuser or self._user_in_groups(user)))

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return bool(user.is_superuser)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not user.is_superuser

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return False

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """Keep Wagtail's own list of what waits to those who may open the editor; the others have their queue."""
        if user.is_superuser:
            return self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        return TaskState.objects.none()


class AnswerQuerySet(models.QuerySet["Answer"]):
    def waiting(self) -> "AnswerQuerySet":
        """Return those that no editor has decided about."""
        return self.filter(state=Answer.ANSWERED)


class Answer(models.Model):
    """What one native reviewer said to one question of one lesson.

    The question is known by its lesson (all languages), its place in it, and a digest of its text: where an author asks
    something else, it is another question, and what was said to the old one stays listed.
    Personal data: `by`, `signed_as`, `decided_by`; cleared when that account is erased. What was said stays.
    """

    WORD, LINE, CULTURE = "word", "line", "culture"
    KINDS = [(WORD, _("a question")), (LINE, _("an empty line of a dialogue")), (CULTURE, _("a text about culture"))]
    ANSWERED, TAKEN_OVER, SET_ASIDE = "answered", "taken_over", "set_aside"
    STATES = [
        (ANSWERED, _("waits for an editor")),
        (TAKEN_OVER, _("taken over into the lesson")),
        (SET_ASIDE, _("set aside")),
    ]

    lesson = models.UUIDField(_("lesson"))
    place = models.CharField(_("place"), max_length=64)
    digest = models.CharField(max_length=32)
    kind = models.CharField(_("kind"), max_length=8, choices=KINDS)
    question = models.CharField(_("question"), max_length=500)
    text = models.TextField(_("answer"), max_length=2000)
    romani = models.CharField(_("Romani form"), max_length=120, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("who said it")
    )
    signed_as = models.CharField(_("name to sign with"), max_length=150, blank=True)
    said_on = models.DateTimeField(_("said on"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=12, choices=STATES, default=ANSWERED)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    entry = models.ForeignKey(
        "dictionary.Entry", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("phrase")
    )
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer of a native reviewer")
        verbose_name_plural = _("answers of native reviewers")
        ordering = ["said_on", "pk"]
        indexes = [
            models.Index(fields=["lesson", "digest"], name="answer_of_question"),
            models.Index(fields=["state"], name="answer_by_state"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

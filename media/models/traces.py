"""What is left to do and to know: files still to be deleted, voices taken back, and who listened to what is private."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class FileDeletion(models.Model):
    """A stored file that has to go. No personal data: the names of files say nothing.

    Written in the transaction that lets go of the file, so that neither a rollback loses a file nor a storage that
    does not answer keeps one. A file about to be stored has such a row too, due later: if the process dies before
    a row points at the file, it is found. `media.files` is the only writer.
    """

    storage = models.CharField(_("storage"), max_length=20)
    name = models.CharField(_("file"), max_length=200)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due at"))
    is_withdrawal = models.BooleanField(_("because a voice was taken back"), default=False)

    class Meta:
        verbose_name = _("file to be deleted")
        verbose_name_plural = _("files to be deleted")
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["due_at"], name="file_deletion_due")]
        constraints = [models.UniqueConstraint(fields=["storage", "name"], name="file_deletion_once")]

    def __str__(self) -> str:
        return f"{self.storage}: {self.name}"


class VoiceWithdrawal(models.Model):
    """The bare fact that somebody took a voice back: when, how many takes went, who carried it out.

    Says nothing about whose voice it was. Personal data: who carried it out, forgotten when that account is erased.
    """

    withdrawn_at = models.DateTimeField(_("taken back at"), auto_now_add=True)
    takes = models.PositiveIntegerField(_("takes"))
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("done by")
    )

    class Meta:
        verbose_name = _("withdrawal of a voice")
        verbose_name_plural = _("withdrawals of voices")
        ordering = ["-withdrawn_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.withdrawn_at:%Y-%m-%d}"


class AccessLogQuerySet(models.QuerySet[Any]):
    def newest_first(self) -> Self:
        return self.select_related("user").order_by("-accessed_at", "-pk")


class AccessLog(models.Model):
    """Somebody fetched an original or evidence of consent. Kept two years.

    Personal data: who it was; that is forgotten when the account is erased, the rest stays. `subject` is the uuid of
    what was fetched; whose it was is not kept, so a voice that was taken back leaves no name here.
    """

    class Kind(models.TextChoices):
        ORIGINAL = "original", _("original recording")
        EVIDENCE = "evidence", _("evidence of consent")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    kind = models.CharField(_("what"), max_length=8, choices=Kind)
    subject = models.UUIDField(_("which"))
    accessed_at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)

    objects = AccessLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("access to private recordings")
        verbose_name_plural = _("access to private recordings")
        ordering = ["-accessed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.accessed_at:%Y-%m-%d %H:%M} {self.kind} {self.subject}"

"""Tables that came in: what each would do, did, and whether it was taken back."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

STUCK_AFTER = timedelta(minutes=10)
"""A worker that takes longer was stopped: the work may be asked for again."""


class ImportRun(models.Model):
    """One table that somebody brought in: read and looked at, then applied, perhaps undone.

    Personal data: who brought it in and who took it back, members of staff; cleared when that account is erased.
    """

    PLANNED, APPLIED, UNDONE = "planned", "applied", "undone"
    STATES = [(PLANNED, _("only looked at")), (APPLIED, _("brought in")), (UNDONE, _("taken back"))]
    APPLY, UNDO = "apply", "undo"
    TASKS = [(APPLY, _("is being brought in")), (UNDO, _("is being taken back"))]

    table = models.CharField(_("table"), max_length=20)
    file_name = models.CharField(_("file"), max_length=150)
    state = models.CharField(_("state"), max_length=8, choices=STATES, default=PLANNED)
    made_at = models.DateTimeField(_("read at"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    sheet = models.JSONField(default=dict, help_text="The table as read, until it is applied.")
    rows = models.JSONField(default=list, help_text="Each row made or changed, as it was before and is after.")
    refused = models.JSONField(default=list, help_text="Rows that were left out, and why.")
    held = models.JSONField(default=list, help_text="Rows that could not be taken back, and why.")
    new_count = models.PositiveIntegerField(_("made"), default=0)
    changed_count = models.PositiveIntegerField(_("changed"), default=0)
    same_count = models.PositiveIntegerField(_("as they were"), default=0)
    refused_count = models.PositiveIntegerField(_("refused"), default=0)
    applied_at = models.DateTimeField(_("brought in at"), null=True)
    undone_at = models.DateTimeField(_("taken back at"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("taken back by"),
    )
    task = models.CharField(max_length=5, choices=TASKS, default="", blank=True, help_text="What the worker is to do.")
    task_since = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("table brought in")
        verbose_name_plural = _("tables brought in")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["table", "state", "-id"], name="import_runs_of_a_table")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def made_by_name(self) -> str:
        return _name(self.made_by)

    @property
    def undone_by_name(self) -> str:
        return _name(self.undone_by)

    @property
    def is_working(self) -> bool:
        """Say whether a worker has it, or will have it soon."""
        return bool(self.task)

    @property
    def is_stuck(self) -> bool:
        return bool(self.task and self.task_since and timezone.now() - self.task_since > STUCK_AFTER)

    @property
    def left(self) -> list[dict[str, Any]]:
        """Return the rows that were not taken back yet."""
        return [row for row in self.rows if not row.get("undone")]

    @property
    def can_be_undone(self) -> bool:
        return self.state in (self.APPLIED, self.UNDONE) and bool(self.left) and not self.is_working


def _name(user: Any) -> str:
    """Return what a member of staff is called; a dash once the account is gone."""
    return user.name or user.email if user else "–"

"""Which recordings say which entry."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..querysets import TakeQuerySet


class Take(models.Model):
    """One recording in which an entry is said: one voice, one variety, one pace. An entry has any number of them.

    `Entry.recording` is the one that is heard first; `dictionary.voices` chooses it from the takes.
    No personal data of its own: the voice belongs to the recording and goes with it.
    """

    entry = models.ForeignKey("dictionary.Entry", on_delete=models.CASCADE, related_name="takes")
    recording = models.ForeignKey("media.Recording", on_delete=models.CASCADE, related_name="takes")
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = TakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("take")
        verbose_name_plural = _("takes")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "recording"], name="take_once_per_entry")]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.recording_id}"

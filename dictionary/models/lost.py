"""Which words lost their voice because a speaker took it back."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LostVoiceQuerySet(models.QuerySet[Any]):
    def still_missing(self) -> Self:
        """Return those whose word has no native voice that learners hear, to this day."""
        native = Q(entry__recording__kind="native", entry__recording__status="ready", entry__recording__is_public=True)
        return self.exclude(native)


class LostVoice(models.Model):
    """An entry lost its last native voice on that day. No personal data: whose voice it was is not kept."""

    entry = models.OneToOneField("dictionary.Entry", on_delete=models.CASCADE, related_name="lost_voice")
    withdrawn_on = models.DateField(_("taken back on"), default=timezone.localdate)

    objects = LostVoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("lost voice")
        verbose_name_plural = _("lost voices")
        ordering = ["-withdrawn_on", "entry"]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.withdrawn_on}"

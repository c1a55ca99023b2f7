"""Who wants the weekly letter about what is missing, and what the last one said."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WeeklyLetter(models.Model):
    """One member of staff and the weekly letter: whether it is wanted, for which week one went out, what it counted.

    Personal data: that a person wants the letter, and when the last one went; goes with the account.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="weekly_letter", verbose_name=_("user")
    )
    is_wanted = models.BooleanField(_("wanted"), default=False)
    sent_for_week = models.CharField(_("last sent for the week"), max_length=8, blank=True, editable=False)
    counts = models.JSONField(_("what the last letter counted"), default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("weekly letter")
        verbose_name_plural = _("weekly letters")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.sent_for_week or '–'}"

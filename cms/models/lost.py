"""Which pages lost a recording because a speaker took the voice back."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class LostPlaceQuerySet(models.QuerySet[Any]):
    def untouched(self) -> Self:
        """Return those whose page no author has saved since."""
        saved = Q(page__latest_revision_created_at__gt=F("withdrawn_at"))
        return self.exclude(saved).select_related("page")


class LostPlace(models.Model):
    """A page played a recording that was taken back. No personal data: whose voice it was is not kept."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+")
    withdrawn_at = models.DateTimeField(_("taken back at"), default=timezone.now)

    objects = LostPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("page that lost a recording")
        verbose_name_plural = _("pages that lost a recording")
        ordering = ["-withdrawn_at", "page"]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.withdrawn_at:%Y-%m-%d}"

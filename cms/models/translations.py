"""How far each translated page has come with its source."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class TranslationStateQuerySet(models.QuerySet[Any]):
    def behind(self) -> Self:
        """Return those whose source says something that the translation does not say yet, the longest waiting first."""
        return self.filter(behind__gt=0).select_related("page__locale").order_by("behind_since", "page_id")


class TranslationState(models.Model):
    """What the source of a translated page said when the translation was last level with it, and by whose word.

    A page in the default language has no row; nor has a translation that was level before this was recorded, until its
    source changes. `baseline` is the source's content then, `notes` name the translation's texts by digest (see
    `cms.translating.compare`). `behind` counts the places in which the published translation is behind what is
    published of its source.

    Personal data: who said that it is level; forgotten with the account.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="translation_state")
    baseline = models.JSONField(_("original when level"), default=dict)
    notes = models.JSONField(_("texts when level"), default=dict)
    is_new = models.BooleanField(_("never level yet"), default=False)
    behind = models.PositiveIntegerField(_("places behind"), default=0)
    behind_since = models.DateTimeField(_("behind since"), null=True, blank=True)
    leveled_at = models.DateTimeField(_("level at"), null=True, blank=True)
    leveled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("said by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = TranslationStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("state of a translation")
        verbose_name_plural = _("states of translations")
        indexes = [models.Index(fields=["behind", "behind_since"], name="cms_translation_behind")]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.behind}"

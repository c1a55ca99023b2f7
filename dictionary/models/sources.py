"""Where facts come from, and what they are about."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """A published work, or an agreed combination of works, that an entry was read in. No personal data."""

    key = models.CharField(_("key"), max_length=60, unique=True)
    short_name = models.CharField(_("short name"), max_length=80)
    citation = models.TextField(_("citation"))
    licence = models.CharField(_("licence"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["short_name"]

    def __str__(self) -> str:
        return self.short_name


class Theme(models.Model):
    """A field of life that entries are arranged by. No personal data.

    After the Council of Europe's Curriculum Framework for Romani.
    """

    key = models.CharField(_("key"), max_length=60, unique=True)
    name_lv = models.CharField(_("name in Latvian"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Return the name in the language of the page."""
        return self.name_en if get_language() == "en" else self.name_lv

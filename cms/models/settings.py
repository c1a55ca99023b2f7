"""What an administrator sets once for the whole site."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="site", order=100)
class SiteSettings(BaseSiteSetting):
    """One row per site: who pays for it, who answers for it, who signs its certificates.

    The e-mail address is an office's, shown to everybody; no other personal data.
    """

    contact_email = models.EmailField(
        _("contact e-mail"),
        blank=True,
        help_text=_("Shown at the foot of every page. Mistakes and questions come here."),
    )
    issuer = models.CharField(
        _("issuer"),
        max_length=200,
        blank=True,
        help_text=_("The institution that offers the course; it signs the certificates."),
    )
    funder_notice_lv = models.TextField(
        _("funder's notice, in Latvian"),
        blank=True,
        max_length=600,
        help_text=_("The sentence that the funder asks for. Shown at the foot of every page."),
    )
    funder_notice_en = models.TextField(_("funder's notice, in English"), blank=True, max_length=600)

    panels = [
        MultiFieldPanel([FieldPanel("contact_email"), FieldPanel("issuer")], heading=_("Who answers for the site")),
        MultiFieldPanel([FieldPanel("funder_notice_lv"), FieldPanel("funder_notice_en")], heading=_("Funder")),
    ]

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")

    @property
    def funder_notice(self) -> str:
        """The notice in the active language; in Latvian where it has not been translated."""
        if get_language() == "en" and self.funder_notice_en:
            return self.funder_notice_en
        return self.funder_notice_lv

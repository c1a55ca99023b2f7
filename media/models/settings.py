"""What the site has decided about recordings."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="media", order=400)
class RecordingSettings(BaseGenericSetting):
    """The rules for takes that nobody has checked yet. No personal data."""

    unchecked_are_public = models.BooleanField(
        _("learners may hear takes that nobody has checked yet"),
        default=False,
        help_text=_("They are labelled “not checked yet”. A rejected take is never heard."),
    )

    panels = [FieldPanel("unchecked_are_public")]

    class Meta:
        verbose_name = _("recordings")
        verbose_name_plural = _("recordings")

"""What the judge of the course said last."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CourseReport(models.Model):
    """The newest report of `lessons.checking` on the site's course; older ones are not kept. No personal data.

    `findings` is a list of {rule, place, values, target}; `target` is the kind and key of what can be opened.
    """

    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    counts = models.JSONField(default=dict)
    findings = models.JSONField(default=list)

    class Meta:
        verbose_name = _("report on the course")
        verbose_name_plural = _("reports on the course")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"

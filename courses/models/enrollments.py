"""Who takes which course."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Enrollment(models.Model):
    """A learner takes a course. Made when the learner first does something in it that is kept.

    Personal data: that this person takes this course; erased with the account.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrollments")
    course_key = models.UUIDField(_("course"), help_text=_("The course's translation key."))
    enrolled_at = models.DateTimeField(_("enrolled at"), auto_now_add=True)

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [models.UniqueConstraint(fields=["user", "course_key"], name="enrolled_once")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.course_key}"

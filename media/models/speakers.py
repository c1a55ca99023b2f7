"""The people whose voices are heard."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from media.models.varieties import Variety


class Licence(models.TextChoices):
    """What others may do with a recording. Names of licences are not translated."""

    CC_BY = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    CC_BY_NC = "CC-BY-NC-4.0", "CC BY-NC 4.0"
    CC0 = "CC0-1.0", "CC0 1.0"
    COURSE_ONLY = "course-only", _("Only in this course")


class Speaker(models.Model):
    """A person who lent the course a voice, under the name they chose or none.

    Holds personal data: the public name, the staff's own name for them, notes and the consents. Recordings protect
    the row; `media.withdrawal` erases both together when the speaker takes the voice back.
    Never holds ethnicity, nationality, religion, gender or date of birth.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    label = models.CharField(
        _("name for staff"),
        max_length=120,
        unique=True,
        help_text=_("Only staff see it, for example “Speaker 3, Rīga”."),
    )
    public_name = models.CharField(
        _("public name"),
        max_length=120,
        blank=True,
        help_text=_("The name or pseudonym that learners see. Leave it empty if the speaker wants none."),
    )
    variety = models.ForeignKey(Variety, on_delete=models.PROTECT, related_name="speakers", verbose_name=_("variety"))
    licence = models.CharField(
        _("licence"),
        max_length=20,
        choices=Licence,
        default=Licence.COURSE_ONLY,
        help_text=_("What the speaker agreed to for open download; new recordings start with it."),
    )
    notes = models.TextField(_("notes for staff"), blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["label"]
        permissions = [
            ("fetch_original", "Can fetch recordings as they were uploaded"),
            ("withdraw_voice", "Can delete a voice at the speaker's word"),
        ]

    def __str__(self) -> str:
        return self.label

    def allows(self, purpose: str) -> bool:
        """Say whether the speaker has said yes to the purpose and not taken it back. Prefetch `consents` for many."""
        return any(one.purpose == purpose and one.is_in_force for one in self.consents.all())

    @property
    def has_consented(self) -> bool:
        """Say whether the voice may be recorded and heard in the course."""
        return self.allows("course")

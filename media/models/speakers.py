"""The people whose voices are heard."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from media.models.varieties import Variety
from media.storage import private_storage

CONSENT_TYPES = ["pdf", "jpg", "jpeg", "png", "mp3", "m4a", "wav", "ogg"]


class Licence(models.TextChoices):
    """What others may do with a recording. Names of licences are not translated."""

    CC_BY = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    CC_BY_NC = "CC-BY-NC-4.0", "CC BY-NC 4.0"
    CC0 = "CC0-1.0", "CC0 1.0"
    COURSE_ONLY = "course-only", _("Only in this course")


def consent_path(speaker: "Speaker", filename: str) -> str:
    """Return where a consent form is kept; its own name may say who signed it, so that is not used."""
    suffix = filename.rpartition(".")[2].lower()
    return f"consent/{uuid4()}.{suffix if suffix.isalnum() and len(suffix) <= 5 else 'bin'}"


class Speaker(models.Model):
    """A person who lent the course a voice, under the name they chose or none.

    Holds personal data: the public name, the staff's own name for them, notes and the consent. Erased
    with the row; recordings protect it, so they are erased or given away first.
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
        help_text=_("What the speaker allows; new recordings start with it."),
    )
    consent_given_on = models.DateField(
        _("consent given on"), null=True, blank=True, help_text=_("Recordings of this voice need it.")
    )
    consent_text_version = models.CharField(
        _("version of the consent text"), max_length=40, blank=True, help_text=_("For example 2026-11.")
    )
    consent_note = models.TextField(
        _("about the consent"), blank=True, help_text=_("How it was given, and what the speaker asked for.")
    )
    consent_file = models.FileField(
        _("consent form"),
        upload_to=consent_path,
        storage=private_storage,
        blank=True,
        validators=[FileExtensionValidator(CONSENT_TYPES)],
        help_text=_(
            "A scan or a spoken consent: PDF, JPEG, PNG, MP3, M4A, WAV or Ogg; at most 20 MB. It is never public."
        ),
    )
    notes = models.TextField(_("notes for staff"), blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["label"]
        permissions = [("view_consent", "Can fetch consent forms")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(consent_given_on=None) | ~models.Q(consent_text_version=""),
                name="speaker_consent_names_its_text",
            )
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if self.consent_given_on and not self.consent_text_version:
            raise ValidationError({"consent_text_version": _("Say which consent text was agreed to.")})

    @property
    def has_consented(self) -> bool:
        """Say whether the speaker's consent is on record."""
        return self.consent_given_on is not None

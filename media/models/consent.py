"""What a speaker agreed to: the texts, the purposes, and how it can be shown that they said yes."""

from typing import Any, Self
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from media.models.speakers import Speaker
from media.storage import private_storage

SCANS = ["pdf", "jpg", "jpeg", "png"]
SOUNDS = ["mp3", "m4a", "mp4", "wav", "ogg", "webm"]


class Purpose(models.TextChoices):
    """What a voice may be used for. Each is asked apart, and not given unless it is said yes to."""

    COURSE = "course", _("in this course")
    DOWNLOAD = "download", _("open download")
    RESEARCH = "research", _("research on the language")
    TRAINING = "training", _("training of machines")


class ConsentTextQuerySet(models.QuerySet[Any]):
    def in_force(self, language: str) -> dict[str, Any]:
        """Return the text of each purpose that is read out today, by purpose; in Latvian where `language` has none."""
        valid = self.filter(effective_on__lte=timezone.localdate()).order_by("effective_on", "pk")
        texts = list(valid.filter(language__in={language, "lv"}))
        return {text.purpose: text for wanted in ("lv", language) for text in texts if text.language == wanted}


class ConsentText(models.Model):
    """One wording of what is asked for one purpose, in one language. No personal data.

    Once somebody has agreed to it, it stays as it is: a change is a new version.
    """

    class Language(models.TextChoices):
        LATVIAN = "lv", _("Latvian")
        ENGLISH = "en", _("English")
        ROMANI = "rml", _("Romani")

    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose)
    language = models.CharField(
        _("language"),
        max_length=3,
        choices=Language,
        default=Language.LATVIAN,
        help_text=_("A text in Romani waits for a native translator: enter none that nobody has checked."),
    )
    version = models.CharField(_("version"), max_length=40, help_text=_("For example 2026-11."))
    text = models.TextField(_("text"), help_text=_("It is read aloud: plain words, short sentences."))
    effective_on = models.DateField(_("valid from"), default=timezone.localdate)

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ["purpose", "language", "-effective_on"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "language", "version"], name="consent_text_once_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.language}, {self.version}"

    @property
    def is_agreed_to(self) -> bool:
        """Say whether somebody has said yes to this wording."""
        return self.pk is not None and self.consents.exists()

    def clean(self) -> None:
        super().clean()
        if self.is_agreed_to:
            raise ValidationError(_("Somebody has agreed to this text, so it stays as it is. Add a new version."))


def evidence_path(evidence: "ConsentEvidence", filename: str) -> str:
    """Return where evidence is kept; its own name may say whose it is, so that is not used."""
    suffix = filename.rpartition(".")[2].lower()
    return f"consent/{uuid4()}.{suffix if suffix in (*SCANS, *SOUNDS) else 'bin'}"


class ConsentEvidence(models.Model):
    """What shows that a speaker said yes: a spoken yes, or the scan of a signed form. Never a part of the course.

    Holds personal data: a voice or a signature, and who took it. Erased with the speaker and when the voice is
    taken back; the file lies in the private storage and only administrators can fetch it, which is logged.
    """

    class How(models.TextChoices):
        SPOKEN = "spoken", _("spoken yes, recorded")
        SIGNED = "signed", _("signed form, scanned")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="evidence")
    how = models.CharField(_("how"), max_length=6, choices=How)
    file = models.FileField(
        _("evidence of consent"),
        upload_to=evidence_path,
        storage=private_storage,
        max_length=200,
        validators=[FileExtensionValidator([*SCANS, *SOUNDS])],
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("taken by"),
    )
    taken_at = models.DateTimeField(_("taken at"), auto_now_add=True)

    class Meta:
        verbose_name = _("evidence of consent")
        verbose_name_plural = _("evidence of consent")
        ordering = ["-taken_at", "-pk"]
        permissions = [("fetch_evidence", "Can fetch evidence of consent")]

    def __str__(self) -> str:
        return str(self.uuid)


class ConsentQuerySet(models.QuerySet[Any]):
    def in_force(self) -> Self:
        return self.filter(withdrawn_on=None)


class Consent(models.Model):
    """A speaker's yes to one purpose.

    Holds personal data: what a speaker agreed to, when, and who took it. Erased with the speaker, and when the voice
    is taken back. `text` is empty where the yes is older than the texts kept here; `version` names the text always.
    """

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="consents", verbose_name=_("speaker"))
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose)
    text = models.ForeignKey(
        ConsentText, on_delete=models.PROTECT, null=True, related_name="consents", verbose_name=_("consent text")
    )
    version = models.CharField(_("version of the consent text"), max_length=40)
    language = models.CharField(_("language"), max_length=3, blank=True)
    given_on = models.DateField(_("given on"), default=timezone.localdate)
    evidence = models.ForeignKey(
        ConsentEvidence,
        on_delete=models.SET_NULL,
        null=True,
        related_name="consents",
        verbose_name=_("evidence of consent"),
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("taken by")
    )
    note = models.TextField(_("note"), blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["given_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["speaker", "purpose"], condition=Q(withdrawn_on=None), name="consent_one_in_force"
            ),
            models.CheckConstraint(condition=~Q(version=""), name="consent_names_its_text"),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=models.F("given_on")),
                name="consent_withdrawn_after_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.given_on:%Y-%m-%d}"

    @property
    def is_in_force(self) -> bool:
        return self.withdrawn_on is None

"""A sitting with a speaker, what the speaker is asked to say, and the takes that came of it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RecordingSession(models.Model):
    """One sitting with one speaker: where, when and what for.

    Holds personal data: whose voice was recorded where, and by whom; the speaker is forgotten when the voice is
    taken back, the author when that account is erased.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    speaker = models.ForeignKey(
        "media.Speaker", on_delete=models.SET_NULL, null=True, related_name="sessions", verbose_name=_("speaker")
    )
    variety = models.ForeignKey("media.Variety", on_delete=models.PROTECT, related_name="+", verbose_name=_("variety"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    held_on = models.DateField(_("date"), default=timezone.localdate)
    purpose = models.CharField(_("purpose"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("made by")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)

    class Meta:
        verbose_name = _("recording session")
        verbose_name_plural = _("recording sessions")
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.held_on:%Y-%m-%d} {self.place}".strip()


class Prompt(models.Model):
    """One entry that the speaker is asked to say in a session, and what became of it. No personal data."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        RECORDED = "recorded", _("recorded")
        SKIPPED = "skipped", _("skipped")

    class SkipReason(models.TextChoices):
        NOT_SAID = "not_said", _("we do not say this")
        DIFFERENTLY = "differently", _("I say it differently")
        LATER = "later", _("another time")

    session = models.ForeignKey(RecordingSession, on_delete=models.CASCADE, related_name="prompts")
    entry = models.ForeignKey("dictionary.Entry", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(_("position"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    skip_reason = models.CharField(_("why skipped"), max_length=11, choices=SkipReason, blank=True)
    said_form = models.CharField(_("how the speaker says it"), max_length=120, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("prompt")
        verbose_name_plural = _("prompts")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["session", "entry"], name="prompt_once_per_session"),
            models.CheckConstraint(condition=~Q(state="skipped") | ~Q(skip_reason=""), name="prompt_skipped_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.position}"


class SessionTake(models.Model):
    """A take as it came from the device, known by the number that the device gave it: sent twice, it is one.

    The row outlives its recording: what was recorded again, thrown away or withdrawn does not come back when a device
    sends it once more. No personal data of its own: the voice belongs to the recording and goes with it.
    """

    uuid = models.UUIDField(unique=True)
    prompt = models.ForeignKey(Prompt, on_delete=models.CASCADE, related_name="takes")
    recording = models.OneToOneField(
        "media.Recording", on_delete=models.SET_NULL, null=True, related_name="session_take"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("take of a session")
        verbose_name_plural = _("takes of a session")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.uuid)

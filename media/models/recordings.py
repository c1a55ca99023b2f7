"""A piece of audio and the forms of it that learners hear."""

from collections.abc import Iterable
from typing import Any, TypedDict
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import CollectionMember
from wagtail.search import index

from media.faults import fault_text
from media.models.speakers import Licence, Speaker
from media.models.varieties import Variety, language_tag
from media.querysets import RecordingQuerySet
from media.storage import private_storage


class Source(TypedDict):
    """One address that a player can take the sound from."""

    type: str
    url: str
    bytes: int


def original_path(recording: "Recording", filename: str) -> str:
    """Return a new place for an uploaded file; nothing of its own name is kept but letters of its ending."""
    suffix = filename.rpartition(".")[2].lower()
    return f"recordings/{recording.uuid}/{uuid4().hex}.{suffix if suffix.isalnum() and len(suffix) <= 5 else 'bin'}"


def rendition_path(rendition: "Rendition", filename: str) -> str:
    """Return a new place for a rendition: never that of another file, which may be about to be deleted."""
    return f"audio/{rendition.uuid.hex[:2]}/{rendition.uuid}.{uuid4().hex[:8]}.{rendition.format}"


class Recording(CollectionMember, index.Indexed, models.Model):
    """One take of something said: the file as it came, whose voice it is, and what may be done with it.

    Two things decide whether learners hear it: `status` is ready (a worker has made its renditions), and
    `is_public`: a second listener has accepted it, or the site lets unchecked takes be heard under a label
    (`media.reviewing` is the only writer of both `review` and `is_public`). `attempts` and `started_at` are the
    worker's; through them a run that died is found and repeated (`media.services.reap_recordings`). `digest` is the
    SHA-256 of the file as it came, by which the same file is known when it comes again.
    Holds personal data: a voice, through `speaker`, who uploaded it and who listened to it. Erased with the row and
    its files.
    """

    class Kind(models.TextChoices):
        NATIVE = "native", _("native speaker")
        SYNTHETIC = "synthetic", _("synthetic voice")

    class Status(models.TextChoices):
        PENDING = "pending", _("being prepared")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    class Pace(models.TextChoices):
        NORMAL = "normal", _("normal")
        SLOW = "slow", _("slow")

    class Review(models.TextChoices):
        OPEN = "open", _("not checked yet")
        ACCEPTED = "accepted", pgettext_lazy("take", "accepted")
        REJECTED = "rejected", _("rejected")

    class Reason(models.TextChoices):
        """Why a second listener rejected a take."""

        WRONG_WORD = "wrong_word", _("another word is said")
        NOISE = "noise", _("noise")
        UNCLEAR = "unclear", _("unclear")
        OTHER_VARIETY = "other_variety", _("another variety")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=255)
    file = models.FileField(
        _("audio file"),
        upload_to=original_path,
        storage=private_storage,
        max_length=200,
        blank=True,
        help_text=_("WAV, FLAC, MP3, M4A, Ogg or WebM; at most 15 minutes and 50 MB."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    transcript = models.TextField(
        _("transcript"), help_text=_("What is said, word for word. People who cannot hear read it.")
    )
    language = models.CharField(
        _("language"),
        max_length=35,
        default="rml",
        validators=[language_tag],
        help_text=_("rml is Romani, lv Latvian."),
    )
    speaker = models.ForeignKey(
        Speaker,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recordings",
        verbose_name=_("speaker"),
    )
    variety = models.ForeignKey(
        Variety,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recordings",
        verbose_name=_("variety"),
        help_text=_("Empty for what is not Romani."),
    )
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, default=Licence.COURSE_ONLY)
    pace = models.CharField(_("pace"), max_length=6, choices=Pace, default=Pace.NORMAL)
    digest = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    review = models.CharField(_("check"), max_length=8, choices=Review, default=Review.OPEN, editable=False)
    review_reason = models.CharField(_("why rejected"), max_length=13, choices=Reason, blank=True, editable=False)
    review_note = models.CharField(_("remark of the listener"), max_length=200, blank=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("checked by"),
    )
    reviewed_at = models.DateTimeField(_("checked at"), null=True, editable=False)
    is_public = models.BooleanField(_("public"), default=False, editable=False)
    duration_seconds = models.FloatField(_("duration"), null=True, editable=False)
    peaks = models.JSONField(_("waveform"), default=list, blank=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PENDING, editable=False)
    failure = models.CharField(_("why it failed"), max_length=40, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    queued_at = models.DateTimeField(_("queued at"), null=True, editable=False)
    started_at = models.DateTimeField(_("started at"), null=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    objects = RecordingQuerySet.as_manager()

    search_fields = [
        *CollectionMember.search_fields,
        index.SearchField("title", boost=10),
        index.AutocompleteField("title"),
        index.SearchField("transcript"),
        index.AutocompleteField("transcript"),
        index.FilterField("kind"),
        index.FilterField("status"),
        index.FilterField("review"),
        index.FilterField("is_public"),
        index.FilterField("variety"),
        index.FilterField("speaker"),
        index.FilterField("created_at"),
    ]

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["-created_at", "-pk"]
        permissions = [
            ("choose_recording", "Can choose recording"),
            ("check_recording", "Can accept or reject takes of others"),
        ]
        indexes = [
            models.Index(fields=["status", "started_at"], name="recording_reaper"),
            models.Index(fields=["review", "status"], name="recording_review_queue"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="synthetic") | Q(speaker=None), name="recording_synthetic_has_no_speaker"
            ),
            models.CheckConstraint(
                # Without the second half SQL would let NULL pass: it is not false that NULL > 0.
                condition=~Q(status="ready") | Q(duration_seconds__gt=0, duration_seconds__isnull=False),
                name="recording_ready_has_a_duration",
            ),
            models.CheckConstraint(
                condition=~Q(review="rejected") | Q(is_public=False) & ~Q(review_reason=""),
                name="recording_rejected_is_not_public",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.start_review()
        super().save(*args, **kwargs)

    def start_review(self) -> None:
        """Let a new or changed take wait for its second listener; a synthetic voice needs none."""
        from media.models.settings import RecordingSettings

        self.review = self.Review.ACCEPTED if self.is_synthetic else self.Review.OPEN
        self.review_reason = self.review_note = ""
        self.reviewed_by = self.reviewed_at = None
        self.is_public = self.is_synthetic or RecordingSettings.load().unchecked_are_public

    def clean(self) -> None:
        super().clean()
        if self.kind == self.Kind.NATIVE and self.speaker is None:
            raise ValidationError({"speaker": _("Choose whose voice this is; the speaker's consent is kept there.")})
        if self.kind == self.Kind.SYNTHETIC and self.speaker is not None:
            raise ValidationError({"speaker": _("A synthetic voice has no speaker.")})
        if self.speaker is not None:
            self._clean_consent(self.speaker)
        if self.is_romani and self.variety is None and self.speaker is None:
            raise ValidationError({"variety": _("Choose the variety of Romani that is spoken.")})

    def _clean_consent(self, speaker: Speaker) -> None:
        if not speaker.has_consented:
            raise ValidationError(
                {"speaker": _("This speaker's consent is not on record yet. Open the speaker and take it first.")}
            )
        if self.licence in ("", Licence.COURSE_ONLY):
            return
        if not speaker.allows("download"):
            raise ValidationError({"licence": _("This licence needs the speaker's consent to open download.")})
        if self.licence != speaker.licence:
            agreed = speaker.get_licence_display()
            raise ValidationError({"licence": _("The speaker agreed to the licence %(agreed)s.") % {"agreed": agreed}})

    @property
    def is_romani(self) -> bool:
        """Say whether Romani is spoken, of whatever variety."""
        return self.language.split("-")[0] in ("rml", "rom", "rmy", "rmn", "rmc", "rmf", "rmo", "rmw")

    @property
    def lang(self) -> str:
        """Return the tag for the `lang` attribute of the transcript."""
        return "rml" if self.is_romani else self.language

    @property
    def is_ready(self) -> bool:
        """Say whether the workers are done with it; staff can hear it then."""
        return self.status == self.Status.READY

    @property
    def is_heard(self) -> bool:
        """Say whether learners can hear it."""
        return self.is_ready and self.is_public

    @property
    def is_unchecked(self) -> bool:
        """Say whether learners hear it before a second listener has: then it says so."""
        return self.is_heard and self.review == self.Review.OPEN

    @property
    def may_be_downloaded(self) -> bool:
        """Say whether others may take it away and use it; then the licence says on which terms."""
        return self.licence != Licence.COURSE_ONLY

    @property
    def is_gone(self) -> bool:
        """Say whether this only stands for a recording that a page still names; see `Recording.gone`."""
        return self._state.adding and self.pk is not None

    @classmethod
    def gone(cls, pk: int) -> "Recording":
        """Return what stands in a page for a recording that is no more: silent, and it says so to authors."""
        return cls(pk=pk, title=str(_("This recording was taken back. Choose another one, or remove it here.")))

    @property
    def is_checked(self) -> bool:
        """Say whether a second listener has accepted it; a synthetic voice needs none."""
        return self.review == self.Review.ACCEPTED

    @property
    def is_slow(self) -> bool:
        return self.pace == self.Pace.SLOW

    @property
    def is_synthetic(self) -> bool:
        return self.kind == self.Kind.SYNTHETIC

    @property
    def failure_text(self) -> str:
        """Return why it cannot be heard and what to do, in the active language; empty unless it failed."""
        return fault_text(self.failure)

    @property
    def speaker_name(self) -> str:
        """Return the name the speaker chose to be known by, or an empty string."""
        return self.speaker.public_name if self.speaker is not None else ""

    @property
    def sources(self) -> list[Source]:
        """Return where learners can hear it, the smallest first; nothing until they can.

        Fetch with `with_audio()` when reading more than one recording.
        """
        if not self.is_heard:
            return []
        return [{"type": one.content_type, "url": one.url, "bytes": one.bytes} for one in self._renditions()]

    @property
    def staff_sources(self) -> list[Source]:
        """Return where staff can hear it as soon as the workers are done; the public addresses once it is heard.

        The others ask at each request who is listening (`media.admin_views.sound`).
        """
        if self.is_heard or not self.is_ready:
            return self.sources
        return [
            {
                "type": one.content_type,
                "url": reverse("recording:sound", kwargs={"pk": self.pk, "extension": one.format}),
                "bytes": one.bytes,
            }
            for one in self._renditions()
        ]

    def _renditions(self) -> list["Rendition"]:
        return sorted(self.renditions.all(), key=lambda rendition: Rendition.Format.values.index(rendition.format))


class Rendition(models.Model):
    """A recording in one format, made to be heard: one loudness, small, without the tags of the original.

    Its `uuid` is derived from the sound, so an address never changes its content and browsers may keep it.
    All formats of one sound share it: their addresses differ only in the ending, which pages rely on.
    Personal data: a voice, as in its recording; erased with it.
    """

    class Format(models.TextChoices):
        """In the order that a player should try them."""

        OPUS = "opus", "Opus"
        MP3 = "mp3", "MP3"

    # RFC 7845 for Opus in Ogg; `audio/ogg` with the codec is what browsers answer to.
    CONTENT_TYPES = {"opus": "audio/ogg; codecs=opus", "mp3": "audio/mpeg"}

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="renditions")
    format = models.CharField(_("format"), max_length=4, choices=Format)
    uuid = models.UUIDField(editable=False)
    file = models.FileField(_("file"), upload_to=rendition_path, max_length=200)
    bytes = models.PositiveIntegerField(_("bytes"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(fields=["recording", "format"], name="rendition_one_per_format"),
            models.UniqueConstraint(fields=["uuid", "format"], name="rendition_one_per_address"),
        ]

    def __str__(self) -> str:
        return f"{self.uuid}.{self.format}"

    @staticmethod
    def uuid_for(recording: Recording, digests: Iterable[str]) -> UUID:
        """Return the name that a sound has in this recording, from the SHA-256 of its files."""
        return uuid5(recording.uuid, " ".join(sorted(digests)))

    @property
    def content_type(self) -> str:
        return self.CONTENT_TYPES[self.format]

    @property
    def url(self) -> str:
        """Return the address of the sound on this site."""
        return reverse("audio", kwargs={"uuid": self.uuid, "extension": self.format})

"""Recordings that were made elsewhere: the files of one upload, the entries they are for, and what becomes of each."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from media.models import Recording
from media.storage import private_storage
from studio.upload_faults import fault_text, problem_text


def sound_path(sound: "UploadedSound", filename: str) -> str:
    """Return a new place for a file. Nothing of its own name takes part."""
    return f"uploads/{sound.batch.uuid}/{uuid4().hex}"


def long_path(sound: "LongSound", filename: str) -> str:
    return f"uploads/{sound.batch.uuid}/long-{uuid4().hex}"


def part_path(part: "LongPart", filename: str) -> str:
    return f"uploads/{part.sound.batch.uuid}/part-{uuid4().hex}"


class UploadBatch(models.Model):
    """Files of one speaker that were brought in together, and where they are to go.

    Nothing outside these tables changes before `state` leaves `open`. Holds personal data: whose voice, where and
    when, and who uploaded; erased with the speaker's voice, or after two weeks where nobody went on with it.
    """

    class Kind(models.TextChoices):
        FILES = "files", _("one file for each word")
        LONG = "long", _("one long recording")

    class State(models.TextChoices):
        OPEN = "open", _("not placed yet")
        PLACING = "placing", _("being placed")
        DONE = "done", _("placed")

    class Order(models.TextChoices):
        NAME = "name", _("by their names")
        ORDER = "order", _("by their order")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(_("what is uploaded"), max_length=5, choices=Kind, default=Kind.FILES)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.OPEN, editable=False)
    matched_by = models.CharField(_("files find their words"), max_length=5, choices=Order, default=Order.NAME)
    speaker = models.ForeignKey(
        "media.Speaker", on_delete=models.CASCADE, related_name="uploads", verbose_name=_("speaker")
    )
    variety = models.ForeignKey("media.Variety", on_delete=models.PROTECT, related_name="+", verbose_name=_("variety"))
    pace = models.CharField(_("pace"), max_length=6, choices=Recording.Pace, default=Recording.Pace.NORMAL)
    place = models.CharField(_("place"), max_length=120, blank=True)
    held_on = models.DateField(_("date"), null=True, blank=True)
    session = models.ForeignKey(
        "studio.RecordingSession", on_delete=models.SET_NULL, null=True, blank=True, related_name="uploads"
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "changed_at"], name="upload_reaper")]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        """Say whether nothing has been placed yet, so that everything may still change."""
        return self.state == self.State.OPEN

    @property
    def is_long(self) -> bool:
        return self.kind == self.Kind.LONG


class UploadEntry(models.Model):
    """An entry that the upload is for, at its place in the list. No personal data."""

    batch = models.ForeignKey(UploadBatch, on_delete=models.CASCADE, related_name="entries")
    entry = models.ForeignKey("dictionary.Entry", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("entry of an upload")
        verbose_name_plural = _("entries of an upload")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["batch", "entry"], name="upload_entry_once")]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.position}"


class UploadedSound(models.Model):
    """One file, or one piece of a long recording: what it is, which entry it is for, and whether it is placed.

    `fault` says why the file cannot be used; `problem` why it would not be placed as things stand; `failure` why
    placing it failed. `attempts`, `queued_at` and `started_at` are the worker's. Holds personal data: a voice.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("not placed")
        QUEUED = "queued", _("waits to be placed")
        PLACED = "placed", _("placed")
        SKIPPED = "skipped", _("was there already")
        FAILED = "failed", _("failed")

    class Decision(models.TextChoices):
        PLACE = "", _("place it")
        OUT = "out", _("leave it out")
        ANYWAY = "anyway", _("place both")

    HAND = "hand"
    """How an assignment came about where a person made it; else as `studio.matching` says, or by order."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    batch = models.ForeignKey(UploadBatch, on_delete=models.CASCADE, related_name="sounds")
    name = models.CharField(_("file"), max_length=120)
    position = models.PositiveIntegerField(default=0)
    file = models.FileField(upload_to=sound_path, storage=private_storage, max_length=200, blank=True)
    content_type = models.CharField(max_length=40, blank=True)
    bytes = models.PositiveBigIntegerField(default=0)
    seconds = models.FloatField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    start_ms = models.PositiveIntegerField(null=True)
    end_ms = models.PositiveIntegerField(null=True)
    fault = models.CharField(max_length=20, blank=True)
    entry = models.ForeignKey("dictionary.Entry", on_delete=models.SET_NULL, null=True, related_name="+")
    how = models.CharField(max_length=5, blank=True)
    candidates = models.JSONField(default=list)
    pace = models.CharField(_("pace"), max_length=6, choices=Recording.Pace, default=Recording.Pace.NORMAL)
    decision = models.CharField(_("what to do"), max_length=6, choices=Decision, blank=True)
    problem = models.CharField(max_length=10, blank=True)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WAITING)
    failure = models.CharField(max_length=20, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    recording = models.OneToOneField(
        "media.Recording", on_delete=models.SET_NULL, null=True, related_name="uploaded_sound"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("uploaded sound")
        verbose_name_plural = _("uploaded sounds")
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["batch", "position"], name="uploaded_sound_order"),
            models.Index(fields=["state", "started_at"], name="uploaded_sound_reaper"),
        ]
        constraints = [models.UniqueConstraint(fields=["batch", "name", "digest"], name="uploaded_sound_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def fault_text(self) -> str:
        """Return why the file cannot be used and what to do, in the active language."""
        return fault_text(self.fault)

    @property
    def failure_text(self) -> str:
        """Return why placing it failed and what to do."""
        return fault_text(self.failure)

    @property
    def problem_text(self) -> str:
        """Return why it would not be placed as things stand, and what to do."""
        return self.fault_text if self.fault else problem_text(self.problem)


class LongSound(models.Model):
    """The long recording of an upload. It comes in parts, is read once, and is cut where a person says.

    `levels` are those of `studio.cutting`; `cuts` the pieces as they stand on the waveform, `version` counts their
    changes so that two windows do not overwrite each other. Holds personal data: a voice.
    """

    class State(models.TextChoices):
        COMING = "coming", _("is coming in")
        QUEUED = "queued", _("waits to be read")
        READY = "ready", _("ready to be cut")
        CUTTING = "cutting", _("is being cut")
        CUT = "cut", _("is cut")
        FAILED = "failed", _("failed")

    batch = models.OneToOneField(UploadBatch, on_delete=models.CASCADE, related_name="long")
    name = models.CharField(_("file"), max_length=120)
    file = models.FileField(upload_to=long_path, storage=private_storage, max_length=200, blank=True)
    content_type = models.CharField(max_length=40, blank=True)
    bytes = models.PositiveBigIntegerField(default=0)
    seconds = models.FloatField(null=True)
    levels = models.BinaryField(default=b"")
    cuts = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=7, choices=State, default=State.COMING)
    failure = models.CharField(max_length=20, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("long recording")
        verbose_name_plural = _("long recordings")

    def __str__(self) -> str:
        return self.name

    @property
    def failure_text(self) -> str:
        """Return why it cannot be used and what to do, in the active language."""
        return fault_text(self.failure, long=True)


class LongPart(models.Model):
    """A part of a long recording that has arrived; gone once the file is whole. Holds personal data: a voice."""

    sound = models.ForeignKey(LongSound, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to=part_path, storage=private_storage, max_length=200)
    bytes = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("part of a long recording")
        verbose_name_plural = _("parts of a long recording")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["sound", "number"], name="long_part_once")]

    def __str__(self) -> str:
        return f"{self.sound_id}/{self.number}"

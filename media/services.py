"""What can be done with recordings; the admin, the course loader and the tests all call these."""

import hashlib
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import IO, Any
from uuid import UUID, uuid4

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Collection

from media import audio, files, rendering
from media.faults import fault_text
from media.models import Licence, Recording, Rendition, Speaker, Variety
from media.signals import heard_changed
from media.tasks import make_renditions

STUCK_AFTER = timedelta(minutes=15)
REAP_AT_ONCE = 500
REVIEW_FIELDS = ["review", "review_reason", "review_note", "reviewed_by", "reviewed_at", "is_public"]


@dataclass(frozen=True, slots=True)
class Reaped:
    """What the reaper did: recordings given back to the workers, and those it gave up."""

    queued: int
    failed: int


def check_audio(file: File) -> audio.AudioFacts:
    """Return what the file is. Raises a `ValidationError` that says what is wrong and what to do."""
    try:
        # Django has counted the bytes on the way in: a huge file is refused before one of them is read.
        if file.size and file.size > audio.MAX_BYTES:
            raise audio.FileTooBig
        return audio.probe(file.file if hasattr(file.file, "seek") else file)  # type: ignore[arg-type]
    except audio.AudioError as error:
        raise ValidationError(fault_text(error.code), code=error.code) from error
    finally:
        file.seek(0)


def create_recording(**values: Any) -> Recording:
    """Return a new recording that a worker will make audible; takes what `checked_recording` takes.

    Raises `ValidationError` with the fields at fault.
    """
    return save_recording(checked_recording(**values), has_new_file=True)


def checked_recording(
    *,
    title: str,
    file: File,
    kind: str,
    transcript: str,
    language: str = "rml",
    speaker: Speaker | None = None,
    variety: Variety | None = None,
    pace: str = Recording.Pace.NORMAL,
    licence: str = "",
    collection: Collection | None = None,
    uploaded_by: AbstractBaseUser | None = None,
) -> Recording:
    """Return a recording that may be saved with `save_recording`, and is not yet: its sound is decoded here, which is
    too slow to be done while a transaction is open. Raises `ValidationError` with the fields at fault.
    """
    recording = Recording(
        title=title,
        file=file,
        kind=kind,
        transcript=transcript,
        language=language,
        speaker=speaker,
        variety=variety,
        pace=pace,
        licence=licence,
        uploaded_by=uploaded_by,  # type: ignore[misc]
    )
    if collection is not None:
        recording.collection = collection
    fill_in(recording)
    recording.full_clean()
    try:
        check_audio(file)
    except ValidationError as error:
        raise ValidationError({"file": error.error_list}) from error
    return recording


def digest_of(file: File) -> str:
    """Return the SHA-256 of the file, read piece by piece from its beginning, and put it back there; "" for none."""
    if not file:
        return ""
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def fill_in(recording: Recording) -> None:
    """Take from the speaker what was left empty: the licence they allow and their variety."""
    speaker = recording.speaker
    if not recording.licence:
        recording.licence = (
            speaker.licence if speaker else Licence.CC_BY if recording.is_synthetic else Licence.COURSE_ONLY
        )
    if recording.variety is None and speaker is not None and recording.is_romani:
        recording.variety = speaker.variety


@transaction.atomic
def save_recording(
    recording: Recording,
    *,
    has_new_file: bool,
    update_fields: Sequence[str] | None = None,
    is_other_voice: bool = False,
) -> Recording:
    """Save a checked recording. With a new file, what was made from the old one goes, and the worker is called.

    `update_fields` keeps the save from touching what a worker wrote meanwhile. With `is_other_voice` it is said to be
    somebody else's voice, or of another kind, than the second listener heard: the check begins anew.
    """
    if not has_new_file:
        if is_other_voice:
            recording.start_review()
        fields = [*update_fields, "updated_at"] if update_fields is not None else None
        if fields is not None and is_other_voice:
            fields += REVIEW_FIELDS
        recording.save(update_fields=fields)
        heard_changed.send(Recording, recordings=[recording.pk])
        return recording
    is_new = recording._state.adding
    old = Recording.objects.filter(pk=recording.pk).values_list("file", flat=True).first()
    _make_pending(recording)
    recording.digest = digest_of(recording.file)
    recording.start_review()
    recording.duration_seconds, recording.peaks = None, []
    recording.save()
    for rendition in recording.renditions.all():
        rendition.delete()
    if old and old != recording.file.name:
        files.drop(files.PRIVATE, [old])
    if not is_new:
        # Nobody hears it until the worker is done, or at all if that fails: another voice takes its place.
        heard_changed.send(Recording, recordings=[recording.pk])
    # The row of the task is part of this transaction: if this fails, nobody works on it.
    make_renditions.enqueue(recording.pk)
    recording.refresh_from_db()
    return recording


@transaction.atomic
def retry_recording(recording: Recording) -> bool:
    """Let a worker try a failed recording again from the beginning; say whether there was anything to retry."""
    fresh = {"status": Recording.Status.PENDING, "failure": "", "attempts": 0, "started_at": None}
    failed = Recording.objects.filter(pk=recording.pk, status=Recording.Status.FAILED).exclude(file="")
    if not failed.update(**fresh, queued_at=timezone.now()):
        return False
    make_renditions.enqueue(recording.pk)
    return True


def add_ready_recording(
    *,
    opus: bytes | Path,
    mp3: bytes | Path,
    duration_seconds: float,
    peaks: Sequence[int],
    title: str,
    transcript: str,
    kind: str = Recording.Kind.SYNTHETIC,
    language: str = "rml",
    variety: Variety | None = None,
    speaker: Speaker | None = None,
    licence: str = "",
    collection: Collection | None = None,
    uuid: UUID | None = None,
) -> Recording:
    """Return a recording that can be heard at once, made from renditions that were made before.

    With the `uuid` of one that exists, that one is brought up to date, and sound that is the same stays
    where it is. A recording whose file an author has uploaded since is returned untouched.
    Raises `ValidationError` with the fields at fault.
    """
    recording = Recording.objects.filter(uuid=uuid).first() if uuid else None
    if recording is not None and recording.file:
        return recording
    recording = recording or Recording(uuid=uuid or uuid4())
    values: dict[str, Any] = {"title": title, "transcript": transcript, "kind": kind, "language": language}
    values |= {"variety": variety, "speaker": speaker, "licence": licence}
    values |= {
        "duration_seconds": duration_seconds,
        "peaks": list(peaks),
        "status": Recording.Status.READY,
        "failure": "",
    }
    for name, value in values.items():
        setattr(recording, name, value)
    if collection is not None:
        recording.collection = collection
    fill_in(recording)
    recording.full_clean(validate_unique=False)
    with ExitStack() as stack:
        sounds: dict[str, IO[bytes]] = {
            Rendition.Format.OPUS: stack.enter_context(_opened(opus)),
            Rendition.Format.MP3: stack.enter_context(_opened(mp3)),
        }
        same = recording.pk is not None and rendering.has_these(recording, sounds)
        made = [] if same else rendering.store(recording, sounds)
    with transaction.atomic():
        recording.save()
        if not same:
            rendering.replace_renditions(recording, made)
    return recording


def reap_recordings(*, older_than: timedelta = STUCK_AFTER) -> Reaped:
    """Give back what a dead worker held, and call again for what no task is left for.

    Calling once too often does nothing: a run that finds its recording claimed or done leaves it.
    """
    limit = timezone.now() - older_than
    stuck = Q(started_at__lt=limit) | Q(started_at=None) & (Q(queued_at=None) | Q(queued_at__lt=limit))
    waiting = Recording.objects.filter(stuck, status=Recording.Status.PENDING).order_by("pk")[:REAP_AT_ONCE]
    queued = failed = 0
    for pk, attempts, started_at in waiting.values_list("pk", "attempts", "started_at"):
        row = Recording.objects.filter(pk=pk, status=Recording.Status.PENDING, started_at=started_at)
        if attempts >= rendering.MAX_ATTEMPTS:
            failed += row.update(status=Recording.Status.FAILED, failure="crashed", started_at=None)
            continue
        with transaction.atomic():
            if row.update(started_at=None, queued_at=timezone.now()):
                make_renditions.enqueue(pk)
                queued += 1
    return Reaped(queued=queued, failed=failed)


def _make_pending(recording: Recording) -> None:
    recording.status, recording.failure = Recording.Status.PENDING, ""
    recording.attempts, recording.started_at, recording.queued_at = 0, None, timezone.now()


def _opened(source: bytes | Path) -> IO[bytes]:
    return source.open("rb") if isinstance(source, Path) else BytesIO(source)

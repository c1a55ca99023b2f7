"""What the worker does with one recording: claim it, make its renditions, say how it went.

The truth is in the recording's row. A run claims the row by a filtered update and writes its result
only while the claim still stands, so two workers, a replaced file or a repeated task do no harm.
"""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from tempfile import TemporaryFile
from typing import IO, BinaryIO
from uuid import UUID

from django.core.files import File
from django.db import transaction
from django.db.models import F
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from media import audio, mastering
from media import files as outbox
from media.models import Recording, Rendition
from media.models.recordings import rendition_path
from media.querysets import RecordingQuerySet
from media.signals import heard_changed

MAX_ATTEMPTS = 3

logger = logging.getLogger(__name__)


class Outcome(StrEnum):
    """How one run ended."""

    DONE = "done"
    SKIPPED = "skipped"  # nothing to do, or another run has it
    FAILED = "failed"  # and says why; more runs would not help
    RETRY = "retry"  # given back after an accident


def prepare_recording(recording_id: int) -> Outcome:
    """Make the renditions of a pending recording. Never raises for a bad file or an accident; safe to repeat."""
    recording = _claim(recording_id)
    if recording is None:
        return Outcome.SKIPPED
    if not recording.file:
        return _fail(recording, "missing")
    try:
        with local_copy(recording.file) as original, TemporaryFile() as opus, TemporaryFile() as mp3:
            rendered = mastering.render(original, opus=opus, mp3=mp3)
            made = store(recording, {Rendition.Format.OPUS: opus, Rendition.Format.MP3: mp3})
        return _finish(recording, rendered, made)
    except FileNotFoundError:
        return _fail(recording, "missing")
    except audio.AudioError as error:
        return _fail(recording, error.code)
    except Exception:
        logger.exception("Preparing recording %s failed in attempt %s.", recording.uuid, recording.attempts)
        return _give_back(recording)


def store(recording: Recording, files: dict[str, IO[bytes]]) -> list[Rendition]:
    """Store the files and return their rows, not saved yet. Slow work, so it belongs outside a transaction.

    Where they will lie is written down first: if this process dies before `replace_renditions`, they are found.
    """
    uuid = _name(recording, files)
    made = [_placed(recording, uuid, name, file) for name, file in files.items()]
    outbox.announce(outbox.PUBLIC, [str(rendition.file.name) for rendition in made])
    for rendition in made:
        content = files[rendition.format]
        content.seek(0)
        rendition.file.storage.save(str(rendition.file.name), File(content))
    return made


def replace_renditions(recording: Recording, made: list[Rendition]) -> None:
    """Make these the recording's renditions instead of those it had. Call inside a transaction."""
    # One by one, so that their files go as well.
    for old in recording.renditions.all():
        old.delete()
    Rendition.objects.bulk_create(made)
    outbox.keep(outbox.PUBLIC, [str(rendition.file.name) for rendition in made])


def discard(made: list[Rendition]) -> None:
    """Delete stored files that no row will point at."""
    outbox.drop(outbox.PUBLIC, [str(rendition.file.name) for rendition in made])


def has_these(recording: Recording, files: dict[str, IO[bytes]]) -> bool:
    """Say whether the recording's renditions are these very files already."""
    uuid = _name(recording, files)
    wanted = {(name, uuid) for name in files}
    return wanted == set(recording.renditions.values_list("format", "uuid"))


def _claim(recording_id: int) -> Recording | None:
    waiting = Recording.objects.filter(pk=recording_id, status=Recording.Status.PENDING, started_at=None)
    if not waiting.update(started_at=timezone.now(), attempts=F("attempts") + 1):
        return None
    return Recording.objects.filter(pk=recording_id).first()


def _claimed(recording: Recording) -> RecordingQuerySet:
    """Return the row if this run still holds it: not given to another, not given another file."""
    return Recording.objects.filter(
        pk=recording.pk, status=Recording.Status.PENDING, started_at=recording.started_at, file=recording.file.name
    )


@contextmanager
def local_copy(file: FieldFile) -> Iterator[BinaryIO]:
    """Yield a seekable copy on this machine: decoding jumps about, which an object store makes slow."""
    with TemporaryFile() as copy:
        with file.open("rb") as original:
            for chunk in original.chunks():
                copy.write(chunk)
        yield copy  # type: ignore[misc]


def _name(recording: Recording, files: dict[str, IO[bytes]]) -> UUID:
    return Rendition.uuid_for(recording, [_digest(file) for file in files.values()])


def _placed(recording: Recording, uuid: UUID, name: str, file: IO[bytes]) -> Rendition:
    rendition = Rendition(recording=recording, format=name, uuid=uuid, bytes=file.seek(0, 2))
    rendition.file = rendition_path(rendition, "")  # type: ignore[assignment]
    return rendition


def _digest(file: IO[bytes]) -> str:
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def _finish(recording: Recording, rendered: mastering.Rendered, made: list[Rendition]) -> Outcome:
    with transaction.atomic():
        kept = _claimed(recording).update(
            status=Recording.Status.READY,
            failure="",
            duration_seconds=rendered.seconds,
            peaks=rendered.peaks,
            started_at=None,
        )
        if kept:
            replace_renditions(recording, made)
            heard_changed.send(Recording, recordings=[recording.pk])
    if not kept:
        discard(made)
    return Outcome.DONE if kept else Outcome.SKIPPED


def _fail(recording: Recording, code: str) -> Outcome:
    failed = _claimed(recording).update(status=Recording.Status.FAILED, failure=code, started_at=None)
    return Outcome.FAILED if failed else Outcome.SKIPPED


def _give_back(recording: Recording) -> Outcome:
    if recording.attempts >= MAX_ATTEMPTS:
        return _fail(recording, "crashed")
    given = _claimed(recording).update(started_at=None, queued_at=timezone.now())
    return Outcome.RETRY if given else Outcome.SKIPPED

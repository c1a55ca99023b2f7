"""What the worker does with a long recording: join its parts, read it once, and later cut it into its pieces.

Everything is decoded as a stream, from a copy on this machine, so memory does not grow with the length.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from django.core.files import File
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from media import audio
from media.pieces import cut_into_files
from media.rendering import local_copy
from media.services import digest_of
from studio.cutting import LevelMeter
from studio.long_sounds import MAX_BYTES, MAX_SECONDS, first_cuts
from studio.models import LongSound, UploadBatch, UploadedSound
from studio.steps import MAX_ATTEMPTS, Step
from studio.upload_files import content_type

logger = logging.getLogger(__name__)


def read(sound_id: int) -> Step:
    """Read a long recording that has arrived. Never raises for a bad file or an accident; safe to repeat."""
    sound = _claim(LongSound.objects.filter(pk=sound_id, state=LongSound.State.QUEUED))
    if sound is None:
        return Step.DONE
    return _guarded(sound, _read)


def _read(sound: LongSound) -> Step:
    with _whole(sound) as file:
        meter = LevelMeter(audio.PROBE_RATE)
        facts = audio.probe(file, max_seconds=MAX_SECONDS, max_bytes=MAX_BYTES, hear=meter.add)
        levels = meter.finish()
        cuts = first_cuts(levels, sound.batch.entries.count())
        stored = _stored(sound, file)
    found: dict[str, Any] = {"file": stored} if stored else {}
    found |= {"content_type": content_type(facts.container), "seconds": facts.seconds, "levels": levels, "cuts": cuts}
    with transaction.atomic():
        kept = _held(sound).update(
            **found, state=LongSound.State.READY, started_at=None, failure="", version=F("version") + 1
        )
        if kept:
            # One by one, so that their files go as well.
            for part in sound.parts.all():
                part.delete()
    if stored and not kept:
        sound.file.storage.delete(stored)
    return Step.DONE


@contextmanager
def _whole(sound: LongSound) -> Iterator[BinaryIO]:
    """Yield the file, seekable, on this machine: joined from its parts, or fetched where that has been done."""
    if sound.file:
        with local_copy(sound.file) as copy:
            yield copy
        return
    with TemporaryFile() as copy:
        for part in sound.parts.order_by("number"):
            with part.file.open("rb") as file:
                for chunk in file.chunks():
                    copy.write(chunk)
        yield copy  # type: ignore[misc]


def _stored(sound: LongSound, file: BinaryIO) -> str:
    """Store the joined file and return its name; "" where it is stored already."""
    if sound.file:
        return ""
    file.seek(0)
    sound.file.save("long", File(file), save=False)
    return str(sound.file.name)


def cut_into_rows(batch: UploadBatch) -> Step:
    """Give each row of a confirmed long recording its piece as a file. Rows that have one are left as they are."""
    sound = LongSound.objects.filter(batch=batch).first()
    if sound is None or sound.state != LongSound.State.CUTTING:
        return Step.DONE
    sound = _claim(LongSound.objects.filter(pk=sound.pk, state=LongSound.State.CUTTING))
    # Another run is cutting; it will place what it cut.
    return _guarded(sound, _cut) if sound is not None else Step.FAILED


def _cut(sound: LongSound) -> Step:
    rows = list(sound.batch.sounds.filter(file="", state=UploadedSound.State.QUEUED).order_by("position"))
    with local_copy(sound.file) as file:
        spans = [(row.start_ms or 0, row.end_ms or 0) for row in rows]
        for number, piece in cut_into_files(file, spans):
            _give(rows[number], piece)
    _held(sound).update(state=LongSound.State.CUT, started_at=None)
    return Step.DONE


def _give(row: UploadedSound, piece: BinaryIO) -> None:
    file = File(piece, name="piece")
    row.digest, row.bytes = digest_of(file), piece.seek(0, 2)
    piece.seek(0)
    row.file.save("piece", file, save=False)
    given = UploadedSound.objects.filter(pk=row.pk, file="")
    if not given.update(file=row.file.name, digest=row.digest, bytes=row.bytes):
        row.file.storage.delete(str(row.file.name))


def _claim(waiting: QuerySet[LongSound]) -> LongSound | None:
    if not waiting.filter(started_at=None).update(started_at=timezone.now(), attempts=F("attempts") + 1):
        return None
    return waiting.select_related("batch").first()


def _held(sound: LongSound) -> QuerySet[LongSound]:
    return LongSound.objects.filter(pk=sound.pk, state=sound.state, started_at=sound.started_at)


def _guarded(sound: LongSound, work: Any) -> Step:
    try:
        return work(sound)  # type: ignore[no-any-return]
    except FileNotFoundError:
        return _fail(sound, "missing")
    except audio.AudioError as error:
        return _fail(sound, error.code)
    except Exception:
        logger.exception("Reading or cutting long recording %s failed in attempt %s.", sound.pk, sound.attempts)
        if sound.attempts >= MAX_ATTEMPTS:
            return _fail(sound, "crashed")
        _held(sound).update(started_at=None)
        return Step.LATER


def _fail(sound: LongSound, code: str) -> Step:
    """Say why; where it was to be cut, its rows fail with it, so that each can be tried again."""
    with transaction.atomic():
        if _held(sound).update(state=LongSound.State.FAILED, failure=code, started_at=None):
            queued = sound.batch.sounds.filter(state=UploadedSound.State.QUEUED)
            if queued.update(state=UploadedSound.State.FAILED, failure=code):
                UploadBatch.objects.filter(pk=sound.batch_id).update(state=UploadBatch.State.DONE)
    return Step.FAILED

"""What the worker does with a confirmed upload: one file after the other becomes a recording and a take of its entry.

The truth is in the rows. A run claims a row by a filtered update and writes its result only while the claim stands, so
two workers, a repeated task or a speaker who withdraws meanwhile do no harm.
"""

import logging
import time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from dictionary.models import Take
from dictionary.voices import add_take
from media import files, services
from media.models import Recording
from media.rendering import local_copy
from studio.models import Prompt, UploadBatch, UploadedSound
from studio.reading import cut_into_rows
from studio.steps import MAX_ATTEMPTS, Step

__all__ = ["Step", "place_some"]

AT_ONCE = 25
SECONDS = 20

logger = logging.getLogger(__name__)


class _Lost(Exception):
    """The row was given to another run, or is gone: what this run did is undone."""


def place_some(batch_id: int) -> Step:
    """Place up to `AT_ONCE` files of an upload, and say whether there is more to do. Never raises; safe to repeat."""
    batch = UploadBatch.objects.filter(pk=batch_id, state=UploadBatch.State.PLACING).first()
    if batch is None:
        return Step.DONE
    UploadBatch.objects.filter(pk=batch.pk).update(changed_at=timezone.now())
    if batch.is_long:
        step = cut_into_rows(batch)
        if step is not Step.DONE:
            return step
    until = time.monotonic() + SECONDS
    for _turn in range(AT_ONCE):
        sound = _claim(batch)
        if sound is None:
            return _ended(batch)
        if not _place(sound):
            return Step.LATER
        if time.monotonic() > until:
            break
    return Step.MORE


def _claim(batch: UploadBatch) -> UploadedSound | None:
    """Return a row that nobody else works on; the ones that failed before come last."""
    waiting = UploadedSound.objects.filter(batch=batch, state=UploadedSound.State.QUEUED, started_at=None)
    while (pk := waiting.order_by("attempts", "position", "pk").values_list("pk", flat=True).first()) is not None:
        if waiting.filter(pk=pk).update(started_at=timezone.now(), attempts=F("attempts") + 1):
            return (
                UploadedSound.objects.select_related("batch__speaker", "batch__variety", "entry").filter(pk=pk).first()
            )
    return None


def _ended(batch: UploadBatch) -> Step:
    """Close the upload when nothing is left; where another run still holds a row, that run will."""
    with transaction.atomic():
        if not batch.sounds.filter(state=UploadedSound.State.QUEUED).exists():
            UploadBatch.objects.filter(pk=batch.pk).update(state=UploadBatch.State.DONE, changed_at=timezone.now())
    return Step.DONE


def _place(sound: UploadedSound) -> bool:
    """Place one file or write down why not; say whether to go on at once: after an accident, only a little later."""
    try:
        _try_to_place(sound)
    except _Lost:
        logger.info("Upload %s was taken over or withdrawn.", sound.uuid)
    except FileNotFoundError:
        _fail(sound, "missing")
    except Exception as error:
        code = _refusal(error)
        if not code:
            logger.exception("Placing upload %s failed in attempt %s.", sound.uuid, sound.attempts)
        if not code and sound.attempts < MAX_ATTEMPTS:
            _held(sound).update(started_at=None)
            return False
        _fail(sound, code or "crashed")
    return True


def _refusal(error: Exception) -> str:
    """Return the code of a refusal, which more attempts would not change; "" for an accident."""
    if not isinstance(error, ValidationError):
        return ""
    found = error.error_dict.get("file", []) if hasattr(error, "error_dict") else []
    return next((str(one.code) for one in found if one.code), "refused")


def _try_to_place(sound: UploadedSound) -> None:
    batch = sound.batch
    if sound.entry is None:
        return _fail(sound, "entry_gone")
    if not batch.speaker.has_consented:
        return _fail(sound, "no_consent")
    if Take.objects.filter(entry=sound.entry, recording__digest=sound.digest).exclude(recording__digest="").exists():
        _drop_file_when_kept(sound, state=UploadedSound.State.SKIPPED)
        return None
    if not sound.file:
        return _fail(sound, "missing")
    suffix = sound.content_type.rpartition("/")[2]
    recording: Recording | None = None
    try:
        with local_copy(sound.file) as copy, transaction.atomic():
            recording = services.create_recording(
                title=sound.entry.text,
                file=File(copy, name=f"sound.{suffix[:5]}"),
                kind=Recording.Kind.NATIVE,
                transcript=sound.entry.text,
                speaker=batch.speaker,
                variety=batch.variety,
                pace=sound.pace,
                uploaded_by=batch.uploaded_by,
            )
            add_take(sound.entry, recording)
            _drop_file_when_kept(sound, state=UploadedSound.State.PLACED, recording=recording)
            if batch.session_id:
                waiting = Prompt.objects.filter(session=batch.session_id, entry=sound.entry, state=Prompt.State.WAITING)
                waiting.update(state=Prompt.State.RECORDED, updated_at=timezone.now())
    except Exception:
        # The row is rolled back; its file, which no database knows of, is not.
        if recording is not None and recording.file:
            recording.file.storage.delete(str(recording.file.name))
        raise
    return None


def _held(sound: UploadedSound) -> QuerySet[UploadedSound]:
    """Return the row if this run still holds it."""
    return UploadedSound.objects.filter(
        pk=sound.pk, state=UploadedSound.State.QUEUED, started_at=sound.started_at, attempts=sound.attempts
    )


@transaction.atomic
def _drop_file_when_kept(sound: UploadedSound, **values: Any) -> None:
    """Write the result, if the row is still this run's, and let go of the uploaded copy once that is committed.

    However often that has to be tried: no row names the copy any more, and a storage that does not answer must not
    undo what is committed.
    """
    if not _held(sound).update(**values, file="", started_at=None, failure=""):
        raise _Lost
    files.drop(files.PRIVATE, [str(sound.file.name or "")])


def _fail(sound: UploadedSound, code: str) -> None:
    _held(sound).update(state=UploadedSound.State.FAILED, failure=code, started_at=None)

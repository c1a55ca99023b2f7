"""Bringing in recordings that were made elsewhere: begin an upload, take its files in, place them, forget them.

Which file goes to which entry is `studio.assigning`; a long recording is `studio.long_sounds`; what the worker does is
`studio.placing`. Nothing outside the tables of uploads changes before `confirm`.
"""

from collections.abc import Sequence
from datetime import date
from tempfile import SpooledTemporaryFile
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from media import audio, services
from media.audio import AudioFacts
from media.models import Speaker, Variety
from studio.assigning import judge, placeable
from studio.long_sounds import make_rows
from studio.matching import safe_name
from studio.models import LongSound, RecordingSession, UploadBatch, UploadedSound, UploadEntry
from studio.tasks import place_uploads
from studio.upload_files import content_type, copy_bounded
from studio.upload_state import hold_open

MAX_FILES = 2000
IN_MEMORY = 1024 * 1024


@transaction.atomic
def start_batch(
    *,
    speaker: Speaker,
    variety: Variety,
    entries: Sequence[int],
    by: Any,
    kind: str = UploadBatch.Kind.FILES,
    pace: str = "normal",
    matched_by: str = UploadBatch.Order.NAME,
    place: str = "",
    held_on: date | None = None,
    session: RecordingSession | None = None,
) -> UploadBatch:
    """Return a new upload for these entries, in their order. Raises `ValidationError` with the fields at fault."""
    if not speaker.has_consented:
        message = _("This speaker's consent is not on record yet. Open the speaker and enter it first.")
        raise ValidationError({"speaker": message})
    if not entries:
        raise ValidationError({"scope": _("Choose which words the recordings are for.")})
    batch = UploadBatch(
        kind=kind,
        speaker=speaker,
        variety=variety,
        pace=pace,
        matched_by=matched_by,
        place=place,
        held_on=held_on,
        session=session,
        uploaded_by=by,
    )
    batch.full_clean()
    batch.save()
    rows = [UploadEntry(batch=batch, entry_id=pk, position=place) for place, pk in enumerate(dict.fromkeys(entries))]
    UploadEntry.objects.bulk_create(rows, batch_size=500)
    return batch


def receive_file(*, batch: UploadBatch, name: str, stream: Any, promised: int = 0) -> UploadedSound:
    """Take one file in, whatever it is: a bad one is kept as a row that says why, without its bytes.

    Sent again it is the same row; after a bad file, a good one of that name takes its place. Memory does not grow
    with the file. Raises `Gone`, or `ValidationError` for one file too many or one of which less came than `promised`.
    """
    name = safe_name(name)
    with SpooledTemporaryFile(max_size=IN_MEMORY) as local:
        digest, size = copy_bounded(stream, local, audio.MAX_BYTES, promised)
        same = batch.sounds.filter(name=name, digest=digest).first()
        if same is not None:
            return same
        sound = UploadedSound(batch=batch, name=name, digest=digest, bytes=size, pace=batch.pace)
        file = File(local, name="sound")  # type: ignore[arg-type]
        file.size = size
        try:
            _describe(sound, services.check_audio(file))
        except ValidationError as error:
            sound.fault = error.code or "damaged"
        else:
            sound.file.save("sound", file, save=False)
        return _kept(sound)


def _describe(sound: UploadedSound, facts: AudioFacts) -> None:
    sound.seconds, sound.content_type = facts.seconds, content_type(facts.container)


def _kept(sound: UploadedSound) -> UploadedSound:
    """Save the row if the upload is still open and not full; else let go of the file."""
    try:
        with transaction.atomic():
            hold_open(sound.batch)
            if sound.batch.sounds.exclude(fault="").filter(name=sound.name).delete()[0] == 0:
                _leave_room(sound.batch)
            kept, made = UploadedSound.objects.get_or_create(
                batch=sound.batch,
                name=sound.name,
                digest=sound.digest,
                defaults={
                    "file": sound.file.name or "",
                    "bytes": sound.bytes,
                    "seconds": sound.seconds,
                    "content_type": sound.content_type,
                    "fault": sound.fault,
                    # Until it is matched it has no word, and counts as such.
                    "problem": "" if sound.fault else "none",
                    "pace": sound.pace,
                },
            )
    except Exception:
        _drop(sound)
        raise
    if not made:
        _drop(sound)
    return kept


def _leave_room(batch: UploadBatch) -> None:
    if batch.sounds.count() >= MAX_FILES:
        message = _("One upload holds at most %(most)d files. Start another one for the rest.")
        raise ValidationError(message % {"most": MAX_FILES}, code="full")


def _drop(sound: UploadedSound) -> None:
    if sound.file.name:
        sound.file.storage.delete(sound.file.name)


@transaction.atomic
def confirm(*, batch: UploadBatch) -> int:
    """Let the worker place what can be placed; return how many. From here on the upload cannot be changed.

    Raises `ValidationError`: nothing to place, no consent, or it has been confirmed already.
    """
    hold_open(batch)
    if not Speaker.objects.get(pk=batch.speaker_id).has_consented:
        raise ValidationError(
            _("The speaker's consent is not on record any more. Nothing of this voice can be placed.")
        )
    if batch.is_long:
        make_rows(batch)
    judge(batch)
    queued = placeable(batch).update(state=UploadedSound.State.QUEUED, queued_at=timezone.now())
    if not queued:
        raise ValidationError(_("There is nothing to place yet: no file has a word."))
    UploadBatch.objects.filter(pk=batch.pk).update(state=UploadBatch.State.PLACING, changed_at=timezone.now())
    batch.refresh_from_db()
    place_uploads.enqueue(batch.pk)
    return queued


@transaction.atomic
def retry(*, batch: UploadBatch, sound: UploadedSound | None = None) -> int:
    """Let the worker try again what failed: one, or all of the upload. Return how many there were."""
    failed = batch.sounds.filter(state=UploadedSound.State.FAILED)
    if sound is not None:
        failed = failed.filter(pk=sound.pk)
    now = timezone.now()
    fresh = {"state": UploadedSound.State.QUEUED, "failure": "", "attempts": 0, "started_at": None, "queued_at": now}
    count = failed.update(**fresh)
    if count:
        # Pieces that could not be cut out are cut out first.
        LongSound.objects.filter(batch=batch, state=LongSound.State.FAILED).update(
            state=LongSound.State.CUTTING, failure="", attempts=0, started_at=None, queued_at=now
        )
        UploadBatch.objects.filter(pk=batch.pk).update(state=UploadBatch.State.PLACING, changed_at=now)
        place_uploads.enqueue(batch.pk)
    return count


@transaction.atomic
def discard(*, batch: UploadBatch) -> None:
    """Delete an open upload with all its files. Raises `Gone` for one that is being placed or placed."""
    hold_open(batch)
    batch.delete()


def forget_speaker(speaker: Speaker) -> int:
    """Delete every upload of the speaker with all files that are still there; return how many uploads.

    A worker that is placing one of them finds its row gone and undoes what it was about to do.
    """
    batches = UploadBatch.objects.filter(speaker=speaker)
    count = batches.count()
    with transaction.atomic():
        batches.delete()
    return count

"""A long recording: it comes in parts, is read once by a worker, and is cut where a person says.

The parts are objects of the private storage, because no object store can append to a file; the worker joins them.
"""

from collections.abc import Sequence
from tempfile import SpooledTemporaryFile
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from studio.cutting import MOST_PIECES, PAUSES_MS, STEP_MS, assign, best_cut, cut
from studio.matching import safe_name
from studio.models import LongPart, LongSound, UploadBatch, UploadedSound
from studio.tasks import read_long_sound
from studio.upload_files import copy_bounded
from studio.upload_state import hold_open

MAX_BYTES = 300 * 1024 * 1024
MAX_SECONDS = 60 * 60
PART_BYTES = 4 * 1024 * 1024
MOST_PARTS = 2 * MAX_BYTES // PART_BYTES
MIN_PIECE_MS = 100


@transaction.atomic
def begin(*, batch: UploadBatch, name: str, size: int) -> LongSound:
    """Return the long recording of the upload, ready for its parts. The same file goes on where it broke off; another
    one takes its place. Raises `ValidationError`."""
    hold_open(batch)
    if size > MAX_BYTES:
        raise ValidationError(_("The file is larger than 300 MB. Save it as MP3 or FLAC, or cut it into parts."))
    if size <= 0:
        raise ValidationError(_("The file is empty. Choose the recording again."))
    name = safe_name(name)
    old = LongSound.objects.filter(batch=batch).first()
    if old is not None and (old.name, old.bytes, old.state) == (name, size, LongSound.State.COMING):
        return old
    if old is not None:
        old.delete()
    return LongSound.objects.create(batch=batch, name=name, bytes=size)


def receive_part(*, sound: LongSound, number: int, stream: Any, most: int = PART_BYTES, promised: int = 0) -> None:
    """Keep one part; sent again it changes nothing. Raises `ValidationError` for one that cannot be."""
    if sound.state != LongSound.State.COMING or not 0 <= number < MOST_PARTS:
        raise ValidationError(_("This part does not belong to the file."))
    if sound.parts.filter(number=number).exists():
        return
    part = LongPart(sound=sound, number=number)
    # Without a script all of the file is one part: it must not lie in memory.
    with SpooledTemporaryFile(max_size=PART_BYTES) as local:
        _digest, part.bytes = copy_bounded(stream, local, most, promised)
        if not 0 < part.bytes <= most:
            raise ValidationError(_("This part does not belong to the file."))
        received = File(local, name="part")  # type: ignore[arg-type]
        received.size = part.bytes
        part.file.save("part", received, save=False)
    try:
        with transaction.atomic():
            hold_open(sound.batch)
            _row, made = LongPart.objects.get_or_create(
                sound=sound, number=number, defaults={"file": part.file.name, "bytes": part.bytes}
            )
    except Exception:
        part.file.storage.delete(str(part.file.name))
        raise
    if not made:
        part.file.storage.delete(str(part.file.name))


@transaction.atomic
def finish(*, sound: LongSound) -> None:
    """Let a worker read the file, if all of it is here. Raises `ValidationError` if not."""
    hold_open(sound.batch)
    if sum(sound.parts.values_list("bytes", flat=True)) != sound.bytes:
        raise ValidationError(
            _("Not all of the file arrived. Choose the same file again; what is here is not sent twice.")
        )
    coming = LongSound.objects.filter(pk=sound.pk, state=LongSound.State.COMING)
    if coming.update(state=LongSound.State.QUEUED, queued_at=timezone.now()):
        read_long_sound.enqueue(sound.pk)


@transaction.atomic
def read_again(*, sound: LongSound) -> bool:
    """Let a worker try again to read what it could not; say whether there was anything to try."""
    hold_open(sound.batch)
    failed = LongSound.objects.filter(pk=sound.pk, state=LongSound.State.FAILED)
    fresh = {"state": LongSound.State.QUEUED, "failure": "", "attempts": 0, "started_at": None}
    if not failed.update(**fresh, queued_at=timezone.now()):
        return False
    read_long_sound.enqueue(sound.pk)
    return True


def first_cuts(levels: bytes, wanted: int) -> list[dict[str, Any]]:
    """Return the pieces that the silences give, by the pause that comes nearest to the wanted number."""
    return _as_cuts(best_cut(levels, wanted)[1])


@transaction.atomic
def cut_anew(*, sound: LongSound, pause_ms: int) -> None:
    """Cut again at silences of another length; what was moved by hand is lost. Raises `ValidationError`."""
    hold_open(sound.batch)
    if pause_ms not in PAUSES_MS:
        raise ValidationError(_("Choose how long a silence must be."))
    sound.cuts = _as_cuts(cut(bytes(sound.levels), pause_ms=pause_ms))
    sound.version += 1
    sound.save(update_fields=["cuts", "version"])


def _as_cuts(spans: Sequence[Any]) -> list[dict[str, Any]]:
    return [{"start": span.start, "end": span.end, "kept": True, "skip": 0} for span in spans[:MOST_PIECES]]


@transaction.atomic
def save_cuts(*, sound: LongSound, version: int, cuts: Any) -> int:
    """Keep the pieces as a person left them; return the new version. Raises `ValidationError`: not pieces of this
    recording, or changed meanwhile in another window (code `conflict`)."""
    hold_open(sound.batch)
    checked = _checked(cuts, len(sound.levels) * STEP_MS)
    same = LongSound.objects.filter(pk=sound.pk, state=LongSound.State.READY, version=version)
    if not same.update(cuts=checked, version=version + 1):
        message = _("The pieces were changed in another window. Load the page again to go on from there.")
        raise ValidationError(message, code="conflict")
    return version + 1


def _checked(cuts: Any, length: int) -> list[dict[str, Any]]:
    if not isinstance(cuts, list) or len(cuts) > MOST_PIECES:
        raise ValidationError(_("At most %(most)d pieces can be cut.") % {"most": MOST_PIECES})
    found, last = [], 0
    for one in cuts:
        piece = _piece(one)
        if (
            piece is None
            or not last <= piece["start"] <= piece["end"] - MIN_PIECE_MS
            or piece["end"] > length + STEP_MS
        ):
            raise ValidationError(_("A piece must end after it begins, and pieces must not overlap."))
        last = piece["end"]
        found.append(piece)
    return found


def _piece(one: Any) -> dict[str, Any] | None:
    if not isinstance(one, dict):
        return None
    start, end, skip, kept = (one.get(name) for name in ("start", "end", "skip", "kept"))
    if any(type(value) is not int for value in (start, end, skip)) or type(kept) is not bool:
        return None
    return {"start": start, "end": end, "kept": kept, "skip": skip} if skip in range(-1, 2001) else None


def pieces_with_entries(sound: LongSound) -> list[tuple[dict[str, Any], int | None]]:
    """Return each piece with the entry that it would be placed for."""
    entries = list(sound.batch.entries.values_list("entry", flat=True))
    places = assign(((one["kept"], one["skip"]) for one in sound.cuts), entries)
    return list(zip(sound.cuts, places, strict=True))


def make_rows(batch: UploadBatch) -> None:
    """Turn the pieces that have an entry into rows to be placed. Called once, when the upload is confirmed."""
    sound = LongSound.objects.filter(batch=batch, state=LongSound.State.READY).first()
    if sound is None:
        raise ValidationError(_("The recording has not been read yet."))
    rows = [
        UploadedSound(
            batch=batch,
            name=f"{number:04d}",
            position=number,
            start_ms=piece["start"],
            end_ms=piece["end"],
            seconds=(piece["end"] - piece["start"]) / 1000,
            content_type="audio/flac",
            entry_id=entry,
            how="order",
            # Said twice, both are takes of the word: the person saw the same word beside both.
            decision=UploadedSound.Decision.ANYWAY,
            pace=batch.pace,
        )
        for number, (piece, entry) in enumerate(pieces_with_entries(sound), start=1)
        if entry is not None
    ]
    UploadedSound.objects.bulk_create(rows, batch_size=200)
    LongSound.objects.filter(pk=sound.pk).update(
        state=LongSound.State.CUTTING, started_at=None, attempts=0, queued_at=timezone.now()
    )

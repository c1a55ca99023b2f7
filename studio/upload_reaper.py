"""Set going again what a dead worker held, and let go of uploads that nobody went on with."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from media import files
from studio.models import LongSound, UploadBatch, UploadedSound
from studio.steps import MAX_ATTEMPTS
from studio.tasks import place_uploads, read_long_sound

STUCK_AFTER = timedelta(minutes=15)
KEPT_FOR = timedelta(days=14)
AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Reaped:
    """What the reaper did: work given back to the workers, given up, and uploads whose files were deleted."""

    queued: int
    failed: int
    deleted: int


def reap_uploads(*, older_than: timedelta = STUCK_AFTER, kept_for: timedelta = KEPT_FOR) -> Reaped:
    """Free what has been in work for too long, call the workers again, delete what lay for two weeks.

    Calling once too often does nothing: a run that finds its row claimed or done leaves it.
    """
    now = timezone.now()
    limit = now - older_than
    failed = _give_up_or_free(UploadedSound.objects.filter(state=UploadedSound.State.QUEUED), limit)
    failed += _give_up_or_free(
        LongSound.objects.filter(state__in=[LongSound.State.QUEUED, LongSound.State.CUTTING]), limit
    )
    queued = _call_again(limit)
    return Reaped(queued=queued, failed=failed, deleted=_delete_abandoned(now - kept_for))


def _give_up_or_free(rows: QuerySet, limit: datetime) -> int:
    """Free rows whose worker died; give those up that killed three of them."""
    stuck = rows.filter(started_at__lt=limit)
    failed = stuck.filter(attempts__gte=MAX_ATTEMPTS).update(state="failed", failure="crashed", started_at=None)
    stuck.filter(attempts__lt=MAX_ATTEMPTS).update(started_at=None, queued_at=limit)
    return failed


def _call_again(limit: datetime) -> int:
    """Call a worker for what no task seems to be left for. Each call moves the row's time, so it is not made twice."""
    now, queued = timezone.now(), 0
    reading = LongSound.objects.filter(state=LongSound.State.QUEUED, started_at=None, queued_at__lte=limit)
    for pk in list(reading.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            if reading.filter(pk=pk).update(queued_at=now):
                read_long_sound.enqueue(pk)
                queued += 1
    placing = UploadBatch.objects.filter(state=UploadBatch.State.PLACING, changed_at__lt=limit)
    for pk in list(placing.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            if placing.filter(pk=pk).update(changed_at=now):
                place_uploads.enqueue(pk)
                queued += 1
    return queued


def _delete_abandoned(before: datetime) -> int:
    """Delete uploads that were never confirmed, and the files that are left of those that were placed."""
    old = UploadBatch.objects.filter(changed_at__lt=before)
    deleted = 0
    for batch in old.filter(state=UploadBatch.State.OPEN).order_by("pk")[:AT_ONCE]:
        with transaction.atomic():
            # Somebody may have gone on with it this very moment.
            if old.filter(pk=batch.pk, state=UploadBatch.State.OPEN).update(changed_at=batch.changed_at):
                batch.delete()
                deleted += 1
    done = old.filter(state=UploadBatch.State.DONE)
    for long in LongSound.objects.filter(batch__in=done).defer("levels").order_by("pk")[:AT_ONCE]:
        long.delete()
        deleted += 1
    for sound in UploadedSound.objects.filter(batch__in=done).exclude(file="").order_by("pk")[: AT_ONCE * 10]:
        with transaction.atomic():
            # Unless it was given back to the worker this very moment.
            if UploadedSound.objects.filter(pk=sound.pk, batch__in=done).update(file=""):
                files.drop(files.PRIVATE, [str(sound.file.name)])
    return deleted

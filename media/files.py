"""Files go for certain: what has to be deleted is written down first, in the same transaction, and then carried out.

The only writer of `FileDeletion`. A storage that does not answer is asked again by the reaper, until the file is gone.
"""

import logging
from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from media.models import FileDeletion

PRIVATE, PUBLIC = "private", "default"

ORPHAN_AFTER = timedelta(hours=2)  # no run takes as long; after it nobody will point at what it stored
LONGEST_PAUSE = timedelta(hours=6)
AT_ONCE = 500

logger = logging.getLogger(__name__)


def drop(storage: str, names: Iterable[str], *, is_withdrawal: bool = False) -> None:
    """Delete stored files on commit of the present transaction, however often that has to be tried."""
    rows = [
        FileDeletion(storage=storage, name=name, due_at=timezone.now(), is_withdrawal=is_withdrawal)
        for name in names
        if name
    ]
    FileDeletion.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["storage", "name"],
        update_fields=["due_at", *(["is_withdrawal"] if is_withdrawal else [])],
        batch_size=500,
    )
    transaction.on_commit(partial(carry_out, storage, [row.name for row in rows]))


def announce(storage: str, names: Iterable[str]) -> None:
    """Say that files will be stored. Unless `keep` follows, they are taken for orphans after a while."""
    due_at = timezone.now() + ORPHAN_AFTER
    FileDeletion.objects.bulk_create(
        [FileDeletion(storage=storage, name=name, due_at=due_at) for name in names], ignore_conflicts=True
    )


def keep(storage: str, names: Iterable[str]) -> None:
    """Say that rows point at these files now. Call it in the transaction that writes the rows."""
    FileDeletion.objects.filter(storage=storage, name__in=list(names)).delete()


def carry_out(storage: str, names: Iterable[str]) -> int:
    """Delete these files now, and return how many are left for later."""
    rows = FileDeletion.objects.filter(storage=storage, name__in=list(names), due_at__lte=timezone.now())
    return sum(not _delete(row) for row in rows)


def carry_out_due(*, limit: int = AT_ONCE) -> int:
    """Delete what is due, the reaper's part; return how many files are gone."""
    due = FileDeletion.objects.filter(due_at__lte=timezone.now()).order_by("due_at", "pk")[:limit]
    return sum(_delete(row) for row in list(due))


def _delete(row: FileDeletion) -> bool:
    try:
        storages[row.storage].delete(row.name)
    except Exception:
        # Whatever it was, an answer that never came or a right that is missing: the file must go all the same.
        row.attempts += 1
        row.due_at = timezone.now() + min(LONGEST_PAUSE, timedelta(minutes=2 ** min(row.attempts, 10)))
        row.save(update_fields=["attempts", "due_at"])
        logger.exception("A file could not be deleted from the storage %s in attempt %s.", row.storage, row.attempts)
        return False
    row.delete()
    return True

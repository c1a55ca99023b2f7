"""Files that no row names: a process was killed between storing a file and writing its row.

Nobody could find such a file, and no speaker could take the voice in it back. A model says which folder of the private
storage is its own (`own`); the sweep walks these folders and no others, so that a bucket may hold other things too.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from django.core.files.storage import Storage
from django.db import models, transaction
from django.utils import timezone

from media.files import ORPHAN_AFTER, PRIVATE, drop
from media.models import FileDeletion
from media.storage import private_storage

BATCH = 500

_owners: dict[str, list[tuple[type[models.Model], str]]] = defaultdict(list)


def own(folder: str, *owners: tuple[type[models.Model], str]) -> None:
    """Say that files in a folder belong to rows of these models; each pair is a model and the name of its field."""
    _owners[folder] = [*_owners[folder], *(owner for owner in owners if owner not in _owners[folder])]


def sweep(*, older_than: timedelta = ORPHAN_AFTER) -> int:
    """Delete the files that no row names, and return how many; younger ones may still be about to be named."""
    storage, before, gone = private_storage(), timezone.now() - older_than, 0
    for folder, owners in sorted(_owners.items()):
        names = _files_in(storage, folder)
        while batch := list(islice(names, BATCH)):
            orphans = [name for name in _unnamed(batch, owners) if _stored_at(storage, name) < before]
            with transaction.atomic():
                drop(PRIVATE, orphans)
            gone += len(orphans)
    return gone


def _files_in(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever stored there
        return
    yield from (f"{folder}/{name}" for name in files if name)
    for name in folders:
        yield from _files_in(storage, f"{folder}/{name}")


def _unnamed(names: list[str], owners: list[tuple[type[models.Model], str]]) -> list[str]:
    """Return the names that no row has; one query for each owner. What waits to be deleted is known already."""
    known = set(FileDeletion.objects.filter(storage=PRIVATE, name__in=names).values_list("name", flat=True))
    for model, field in owners:
        rows: Any = model._base_manager.filter(**{f"{field}__in": names})
        known |= set(rows.values_list(field, flat=True))
    return [name for name in names if name not in known]


def _stored_at(storage: Storage, name: str) -> Any:
    """Return when a file was stored; one that went this moment counts as new."""
    try:
        return storage.get_modified_time(name)
    except FileNotFoundError:
        return timezone.now()

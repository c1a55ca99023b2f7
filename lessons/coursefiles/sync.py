"""Bring files and database together, item by item, without ever overwriting what an author changed.

For every item three contents are compared: the file's, the database's, and the one that was loaded last
(its digest is kept). Database as loaded: the file wins. Database changed, file not: the author's stays.
Both changed: the author's stays, and the conflict is listed. Deleted in the CMS: stays deleted.
"""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from ..models import LoadedItem

Data = dict[str, Any]


class Kind(Protocol):
    """One kind of item in the files."""

    name: str

    def read(self, root: Path) -> dict[str, Data]:
        """Return the items of the files by key, in canonical form."""

    def current(self) -> dict[str, tuple[Any, Data]]:
        """Return the items of the database by key: the object and its canonical data."""

    def create(self, items: dict[str, Data]) -> None:
        """Make what is not there."""

    def update(self, key: str, thing: Any, data: Data) -> None:
        """Make an object say what the file says."""

    def write(self, root: Path, items: dict[str, Data]) -> None:
        """Write items to the files."""

    def object_id(self, key: str) -> str:
        """Return a lasting name of the object behind a key."""


@dataclass
class Report:
    """What a load did."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)

    def add(self, other: "Report") -> None:
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged
        self.kept += other.kept
        self.conflicts += other.conflicts
        self.deleted += other.deleted


def digest(data: Data) -> str:
    """Return a name of an item's content."""
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.blake2s(canonical.encode(), digest_size=16).hexdigest()


def bring_in(kind: Kind, root: Path, *, dry_run: bool = False) -> Report:
    """Load one kind; with `dry_run` only say what would be done."""
    wanted, there = kind.read(root), kind.current()
    prefix = f"{kind.name}/"
    loaded = dict(LoadedItem.objects.filter(key__startswith=prefix).values_list("key", "digest"))
    report = Report()
    new: dict[str, Data] = {}
    changed: dict[str, Any] = {}
    settled: list[str] = []
    for key, data in wanted.items():
        before = loaded.get(prefix + key)
        if key not in there:
            if before is not None:
                report.deleted.append(prefix + key)
            else:
                new[key] = data
            continue
        thing, now = there[key]
        if (as_filed := getattr(kind, "as_filed", None)) is not None:
            now = as_filed(key, now, data)
        if now == data:
            settled.append(key)
        elif before == digest(now) or (before is None and getattr(kind, "adopts", False)):
            changed[key] = thing
        elif before == digest(data):
            report.kept.append(prefix + key)
        else:
            report.conflicts.append(prefix + key)
    report.created, report.updated, report.unchanged = len(new), len(changed), len(settled)
    if not dry_run:
        kind.create(new)
        for key, thing in changed.items():
            kind.update(key, thing, wanted[key])
        _remember(kind, prefix, {key: wanted[key] for key in [*new, *changed, *settled]}, loaded)
    return report


def _remember(kind: Kind, prefix: str, items: dict[str, Data], loaded: dict[str, str]) -> None:
    rows = [
        LoadedItem(key=prefix + key, digest=digest(data), object_id=kind.object_id(key))
        for key, data in items.items()
        if loaded.get(prefix + key) != digest(data)
    ]
    LoadedItem.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["key"], update_fields=["digest", "object_id"], batch_size=500
    )

"""Recordings that come with the course: ready renditions, so that nothing is made at the first start.

Only synthetic voices are in the files. A native speaker's voice stays where the consent is kept.
"""

import hashlib
from pathlib import Path
from typing import Any

from dictionary.models import Entry
from dictionary.voices import add_takes
from media.models import Recording, Rendition, Variety
from media.services import add_ready_recording

from .files import CourseFileError, Row, read_csv, write_csv
from .refs import Refs, uuid_of
from .sync import Data

COLUMNS = ["item", "file", "kind", "transcript", "voice", "licence", "duration_seconds", "peaks"]
FORMATS = ("opus", "mp3")


class Sounds:
    """audio/recordings.csv and the files beside it; a recording is known by the entry that it says."""

    name = "recording"

    def __init__(self, refs: Refs, root: Path) -> None:
        self.refs, self.root = refs, root

    def read(self, root: Path) -> dict[str, Data]:
        found = {}
        for row in read_csv(root / "audio" / "recordings.csv", COLUMNS):
            data = {column: row[column] for column in COLUMNS}
            found[row["item"]] = data | {"sound": _sound_of_files(row, root / "audio" / row["file"])}
        return found

    def current(self) -> dict[str, tuple[Any, Data]]:
        found = {}
        ready = Recording.objects.filter(kind="synthetic", status="ready", file="").prefetch_related("renditions")
        for recording in ready.order_by("pk"):
            key = self.refs.key_of("recording", recording.uuid)
            found[key] = (recording, _data(key, recording))
        return found

    def create(self, items: dict[str, Data]) -> None:
        varieties = {variety.code: variety for variety in Variety.objects.all()}
        entries = {e.code: e for e in Entry.objects.select_related("variety").filter(code__in=items)}
        takes = []
        for key, data in items.items():
            entry = entries.get(key)
            recording = self._store(key, data, entry.variety if entry else varieties["latvian"])
            if entry is not None:
                takes.append((entry.pk, recording.pk))
        add_takes(takes)

    def update(self, key: str, thing: Recording, data: Data) -> None:
        self._store(key, data, thing.variety)

    def _store(self, key: str, data: Data, variety: Variety | None) -> Recording:
        uuid = uuid_of("recording", key)
        recording = add_ready_recording(
            opus=self.root / "audio" / f"{data['file']}.opus",
            mp3=self.root / "audio" / f"{data['file']}.mp3",
            duration_seconds=float(data["duration_seconds"]),
            peaks=[int(peak) for peak in data["peaks"].split()],
            title=f"{data['transcript']} ({data['voice']})",
            transcript=data["transcript"],
            kind=data["kind"],
            variety=variety,
            licence=data["licence"],
            uuid=uuid,
        )
        self.refs.remember(key, uuid)
        self.refs.add("recording", key, recording.pk)
        return recording

    def write(self, root: Path, items: dict[str, Data]) -> None:
        rows = [{column: items[key][column] for column in COLUMNS} for key in sorted(items)]
        write_csv(root / "audio" / "recordings.csv", COLUMNS, rows)
        for key, (recording, _data) in self.current().items():
            for rendition in recording.renditions.all():
                target = root / "audio" / f"{items[key]['file']}.{rendition.format}"
                with rendition.file.open("rb") as file:
                    target.write_bytes(file.read())

    def object_id(self, key: str) -> str:
        return str(uuid_of("recording", key))


def _data(key: str, recording: Recording) -> Data:
    voice = recording.title.removeprefix(f"{recording.transcript} (").removesuffix(")")
    duration = recording.duration_seconds or 0.0
    return {
        "item": key,
        "file": key,
        "kind": recording.kind,
        "transcript": recording.transcript,
        "voice": voice,
        "licence": recording.licence,
        "duration_seconds": f"{duration:.2f}",
        "peaks": " ".join(str(peak) for peak in recording.peaks),
        "sound": str(next((one.uuid for one in recording.renditions.all()), "")),
    }


def _sound_of_files(row: Row, path: Path) -> str:
    """Return the name that the files' sound has once it is loaded, so that a sound made anew is noticed."""
    digests = []
    for format in FORMATS:
        file = path.with_name(f"{path.name}.{format}")
        if not file.exists():
            raise CourseFileError(f"{row.at('file')}: {file.name} is missing")
        digests.append(hashlib.sha256(file.read_bytes()).hexdigest())
    return str(Rendition.uuid_for(Recording(uuid=uuid_of("recording", row["item"])), digests))

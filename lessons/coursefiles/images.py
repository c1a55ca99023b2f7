"""Pictures that lessons and exercises show: images/images.csv, with what must be said of each, and the files."""

import hashlib
import zlib
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from dictionary.models import Entry
from media.image_forms import WholeImageField
from media.models import CourseImage

from .codec import complaint
from .files import CourseFileError, read_csv, write_csv
from .refs import Refs
from .sync import Data

COLUMNS = ["image", "file", "title", "description", "credit"]
ENTRIES = "entries"
"""The column that says whose own picture it is; there once an entry has one."""


def pictured(root: Path) -> dict[str, str]:
    """Return which entry has which image as its own, by code and by the name that the files give it."""
    table = root / "images" / "images.csv"
    found: dict[str, str] = {}
    for row in read_csv(table, COLUMNS) if table.exists() else []:
        for code in (row.get(ENTRIES) or "").split():
            if code in found:
                raise CourseFileError(f"{table}: entry {code!r} has two images")
            found[code] = row["image"]
    return found


class Images:
    """Images by the name that the files give them, else by their content. Only those in use are written."""

    name = "image"

    def __init__(self, refs: Refs) -> None:
        self.refs = refs
        self.root = Path()
        self.contents: dict[str, str] = {}

    def read(self, root: Path) -> dict[str, Data]:
        self.root = root / "images"
        table = self.root / "images.csv"
        found: dict[str, Data] = {}
        for row in read_csv(table, COLUMNS) if table.exists() else []:
            key, path = row["image"], self.root / row["file"]
            if not key or key in found:
                raise CourseFileError(f"{row.at('image')}: image {key!r} has no name or stands twice")
            if not row["description"]:
                raise CourseFileError(f"{row.at('description')}: image {key!r} has no description")
            if not path.is_file():
                raise CourseFileError(f"{row.at('file')}: {row['file']} is missing")
            content = hashlib.sha1(path.read_bytes(), usedforsecurity=False).hexdigest()
            found[key] = {column: row[column] for column in COLUMNS} | {"content": content}
            self.contents[key] = content
            if key not in self.refs.to_pk["image"]:
                # A stand-in below zero, so that exercises can be read before the image is made.
                self.refs.add("image", key, -zlib.crc32(key.encode()))
        return found

    def current(self) -> dict[str, tuple[Any, Data]]:
        found = {}
        for image in CourseImage.objects.order_by("pk"):
            key = self.refs.to_key["image"].get(image.pk)
            if key:
                found[key] = (image, _data(key, image))
        return found

    def create(self, items: dict[str, Data]) -> None:
        for key, data in items.items():
            self.update(key, CourseImage(), data)

    def update(self, key: str, thing: CourseImage, data: Data) -> None:
        thing.title, thing.description, thing.credit = data["title"], data["description"], data["credit"]
        old = ""
        if thing.file_hash != data["content"]:
            old = thing.file.name if thing.pk else ""
            thing.file, thing.file_hash = self._checked(data["file"]), data["content"]
            thing.file_size = thing.file.size
        thing.save()
        if old:
            # What was made from the old file would still be shown.
            thing.file.storage.delete(old)
            for rendition in thing.renditions.all():
                rendition.delete()
        self.refs.keys[data["content"]] = key
        self.refs.add("image", key, thing.pk)

    def _checked(self, name: str) -> Any:
        """Return the file, looked at as every upload is. Raises CourseFileError that names it."""
        path = self.root / name
        try:
            return WholeImageField().to_python(SimpleUploadedFile(name, path.read_bytes()))
        except ValidationError as error:
            raise CourseFileError(f"{path}: {complaint(error)}") from error

    def write(self, root: Path, items: dict[str, Data]) -> None:
        used = {self.refs.to_key["image"][pk] for pk in self.refs.images_named if pk in self.refs.to_key["image"]}
        if not used:
            return
        rows = [{column: items[key][column] for column in COLUMNS} for key in sorted(used)]
        columns, codes = COLUMNS, self._codes()
        if codes:
            columns = [*COLUMNS, ENTRIES]
            rows = [row | {ENTRIES: " ".join(codes[row["image"]])} for row in rows]
        write_csv(root / "images" / "images.csv", columns, rows)
        for key, (image, _data) in self.current().items():
            if key in used:
                with image.file.open("rb") as file:
                    (root / "images" / items[key]["file"]).write_bytes(file.read())

    def _codes(self) -> dict[str, list[str]]:
        """Return the codes of the entries that have an image as their own, by its name."""
        found: dict[str, list[str]] = defaultdict(list)
        for pk, code in Entry.objects.exclude(image=None).order_by("code").values_list("image_id", "code"):
            if key := self.refs.key("image", pk):
                found[key].append(code)
        return found

    def object_id(self, key: str) -> str:
        return self.contents[key]


def _data(key: str, image: CourseImage) -> Data:
    return {
        "image": key,
        "file": f"{key}{Path(image.file.name).suffix.lower()}",
        "title": image.title,
        "description": image.description,
        "credit": image.credit,
        "content": image.file_hash,
    }

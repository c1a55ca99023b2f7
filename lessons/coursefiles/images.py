"""Pictures that come with the course: images/images.csv and the files beside it."""

import hashlib
import zlib
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images.models import SourceImageIOError

from media.image_forms import WholeImageField
from media.models import CourseImage

from .codec import complaint
from .files import CourseFileError, read_csv, write_csv
from .refs import Refs, image_id
from .sync import Data

COLUMNS = ["image", "file", "title", "description", "credit"]


class Images:
    """Images, known by the key in their first column; their files may be replaced under it."""

    name = "image"

    def __init__(self, refs: Refs, root: Path) -> None:
        self.refs, self.folder = refs, root / "images"

    def read(self, root: Path) -> dict[str, Data]:
        table = root / "images" / "images.csv"
        found: dict[str, Data] = {}
        for row in read_csv(table, COLUMNS) if table.exists() else []:
            data: Data = {column: row[column] for column in COLUMNS}
            key = data["image"]
            if not key or key in found:
                raise CourseFileError(f"{table}: image {key!r} has no key or stands twice")
            if not data["description"]:
                raise CourseFileError(f"{table}: image {key!r} has no description")
            found[key] = data | {"content": _digest(_bytes(table.with_name(data["file"])))}
            if key not in self.refs.to_pk["image"]:
                # It is still to be made; a stand-in below zero lets the exercises be read before.
                self.refs.add("image", key, -zlib.crc32(key.encode()))
        return found

    def current(self) -> dict[str, tuple[Any, Data]]:
        return {self.refs.key("image", image.pk): (image, self._data(image)) for image in CourseImage.objects.all()}

    def _data(self, image: CourseImage) -> Data:
        key = self.refs.key("image", image.pk)
        return {
            "image": key,
            "file": f"{key}{Path(image.file.name).suffix}",
            "title": image.title,
            "description": image.description,
            "credit": image.credit,
            "content": image.file_hash or _hash(image),
        }

    def create(self, items: dict[str, Data]) -> None:
        for key, data in items.items():
            image = CourseImage()
            self._fill(image, data)
            self.refs.keys[image_id(image.pk)] = key
            self.refs.add("image", key, image.pk)

    def update(self, key: str, thing: CourseImage, data: Data) -> None:
        self._fill(thing, data)

    def _fill(self, image: CourseImage, data: Data) -> None:
        image.title, image.description, image.credit = data["title"], data["description"], data["credit"]
        old = None
        if image.pk is None or image.file_hash != data["content"]:
            old = image.file.name if image.pk else None
            upload = SimpleUploadedFile(data["file"], _bytes(self.folder / data["file"]))
            try:
                image.file = WholeImageField().to_python(upload)
                image.file_size, image.file_hash = upload.size, data["content"]
                image.full_clean()
            except ValidationError as error:
                raise CourseFileError(f"{self.folder / data['file']}: {complaint(error)}") from error
        image.save()
        if old:
            image.file.storage.delete(old)
            for rendition in image.renditions.all():
                rendition.delete()

    def write(self, root: Path, items: dict[str, Data]) -> None:
        if not items:
            return
        rows = [{column: items[key][column] for column in COLUMNS} for key in sorted(items)]
        write_csv(root / "images" / "images.csv", COLUMNS, rows)
        for key, (image, _data) in self.current().items():
            try:
                content = _stored(image)
            except (SourceImageIOError, OSError) as error:
                raise CourseFileError(f"image {key!r}: its file {image.file.name} is lost") from error
            (root / "images" / items[key]["file"]).write_bytes(content)

    def object_id(self, key: str) -> str:
        return image_id(self.refs.pk("image", key))


def _digest(content: bytes) -> str:
    """Return the name that Wagtail gives to a file's content."""
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def _hash(image: CourseImage) -> str:
    try:
        return _digest(_stored(image))
    except (SourceImageIOError, OSError):
        return ""


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CourseFileError(f"{path}: this file is missing") from error


def _stored(image: CourseImage) -> bytes:
    with image.open_file() as file:
        return bytes(file.read())

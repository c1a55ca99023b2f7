"""Read a part of a stored file in small pieces, from a disk and from an object store alike.

An object store's file object would fetch the whole object first; here only the asked-for bytes travel.
"""

from collections.abc import Iterator
from typing import Any, Protocol

from django.core.files.storage import Storage

CHUNK = 64 * 1024


class _Reader(Protocol):
    def read(self, size: int, /) -> bytes: ...

    def close(self) -> Any: ...


class StorageUnavailable(Exception):
    """The object store did not answer as it should; trying later may help."""


class Window:
    """`length` bytes of an open file, piece by piece; memory does not grow with them. Closes the file."""

    def __init__(self, reader: _Reader, length: int) -> None:
        self._reader, self._left = reader, length

    def __iter__(self) -> Iterator[bytes]:
        while self._left > 0 and (piece := self._reader.read(min(CHUNK, self._left))):
            self._left -= len(piece)
            yield piece

    def close(self) -> None:
        self._reader.close()


def open_window(storage: Storage, name: str, start: int, length: int) -> Window:
    """Return `length` bytes of the stored file from `start` on.

    Raises `FileNotFoundError`, now and not in the middle of a reply, or `StorageUnavailable`.
    """
    if hasattr(storage, "bucket"):
        return Window(_open_object(storage, name, start, length), length)
    file = storage.open(name, "rb")
    file.seek(start)
    return Window(file, length)


def _open_object(storage: Any, name: str, start: int, length: int) -> _Reader:
    from botocore.exceptions import BotoCoreError, ClientError
    from storages.utils import clean_name

    key = storage._normalize_name(clean_name(name))
    try:
        reply = storage.bucket.Object(key).get(Range=f"bytes={start}-{start + length - 1}")
    except ClientError as error:
        if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 404:
            raise FileNotFoundError(name) from error
        raise StorageUnavailable(str(error)) from error
    except BotoCoreError as error:
        raise StorageUnavailable(str(error)) from error
    return reply["Body"]

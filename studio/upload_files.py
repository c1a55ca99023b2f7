"""Files on their way in: copied in pieces, known by their digest, named by what they are."""

import hashlib
from typing import Any, BinaryIO

CHUNK = 256 * 1024
CONTENT_TYPES = {
    "wav": "audio/wav",
    "flac": "audio/flac",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "matroska": "audio/webm",
    "mov": "audio/mp4",
    "aac": "audio/aac",
}


def copy_bounded(stream: Any, into: BinaryIO | Any, most: int) -> tuple[str, int]:
    """Copy a stream in pieces and return its SHA-256 and length; stop one byte behind the most that is allowed."""
    digest, size = hashlib.sha256(), 0
    while size <= most and (chunk := stream.read(min(CHUNK, most + 1 - size))):
        digest.update(chunk)
        into.write(chunk)
        size += len(chunk)
    into.seek(0)
    return digest.hexdigest(), size


def content_type(container: str) -> str:
    """Return the type of a file by what FFmpeg calls its container."""
    return CONTENT_TYPES.get(container.split(",")[0], "application/octet-stream")

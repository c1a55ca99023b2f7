"""Files on their way in: copied in pieces, known by their digest, named by what they are."""

import hashlib
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

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


def copy_bounded(stream: Any, into: BinaryIO | Any, most: int, promised: int = 0) -> tuple[str, int]:
    """Copy a stream in pieces and return its SHA-256 and length; stop one byte behind the most that is allowed.

    Raises `ValidationError` where less arrives than was promised: half an MP3 would pass for a shorter one.
    """
    digest, size = hashlib.sha256(), 0
    while size <= most and (chunk := stream.read(min(CHUNK, most + 1 - size))):
        digest.update(chunk)
        into.write(chunk)
        size += len(chunk)
    if size < min(promised, most):
        raise ValidationError(_("The file did not arrive whole. Send it again."), code="broken_off")
    into.seek(0)
    return digest.hexdigest(), size


def content_type(container: str) -> str:
    """Return the type of a file by what FFmpeg calls its container."""
    return CONTENT_TYPES.get(container.split(",")[0], "application/octet-stream")


def promised_length(request: HttpRequest) -> int:
    """Return how many bytes the request said that it brings; 0 where it did not say."""
    said = request.META.get("CONTENT_LENGTH") or ""
    return int(said) if said.isdecimal() and len(said) < 18 else 0

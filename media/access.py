"""Originals and evidence leave the house only here: as an attachment, with a line in the log before the first byte.

What is uploaded and not placed yet is heard by those who place it, in the studio, as sound alone and without a line.
"""

from datetime import timedelta
from uuid import UUID

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone

from media.models import AccessLog

KEPT = timedelta(days=2 * 365)


def handed_out(request: HttpRequest, file: FieldFile, kind: str, subject: UUID) -> FileResponse:
    """Return the file for somebody who may have it, and write down who fetched what.

    As an attachment: what was uploaded must never run or show itself on this site. Raises `Http404` without a file.
    """
    if not file:
        raise Http404
    try:
        opened = file.storage.open(str(file.name), "rb")
    except FileNotFoundError as error:
        raise Http404 from error
    AccessLog.objects.create(user=request.user, kind=kind, subject=subject)  # type: ignore[misc]
    suffix = str(file.name).rpartition(".")[2]
    return FileResponse(
        opened, as_attachment=True, filename=f"{kind}-{subject}.{suffix}", content_type="application/octet-stream"
    )


def prune_log() -> int:
    """Forget accesses older than two years; return how many."""
    return AccessLog.objects.filter(accessed_at__lt=timezone.now() - KEPT).delete()[0]

"""Uploaded sound for staff, as it came, before it is placed."""

from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponseBase

from media.views import by_this_process


def serve_to_staff(request: HttpRequest, file: FieldFile, size: int, content_type: str) -> HttpResponseBase:
    """Reply with the file or the part of it that was asked for. Only as sound, never kept by anybody in between.

    What was uploaded must never show or run itself on this site, so nothing but a sound is ever sent as what it is.
    """
    if not file or not content_type.startswith("audio/"):
        raise Http404
    response = by_this_process(request, file, size, content_type)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response

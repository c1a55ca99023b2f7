"""Uploaded sound for staff, as it came: by this process, in parts, from whatever storage it lies in."""

from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from media.delivery import StorageUnavailable, open_window
from media.ranges import Unsatisfiable, byte_range


def serve_to_staff(request: HttpRequest, file: FieldFile, size: int, content_type: str) -> HttpResponseBase:
    """Reply with the file or the part of it that was asked for. Only as sound, never kept by anybody in between.

    What was uploaded must never show or run itself on this site, so nothing but a sound is ever sent as what it is.
    """
    if not file or not content_type.startswith("audio/"):
        raise Http404
    try:
        part = byte_range(request.headers.get("Range", ""), size) if request.method == "GET" else None
    except Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, length = part or (0, size)
    headers = {"Content-Type": content_type, "Content-Length": str(length), "Accept-Ranges": "bytes"}
    headers |= {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    if part:
        headers["Content-Range"] = f"bytes {start}-{start + length - 1}/{size}"
    if request.method == "HEAD":
        return HttpResponse(headers=headers)
    try:
        window = open_window(file.storage, str(file.name), start, length)
    except FileNotFoundError as error:
        raise Http404 from error
    except StorageUnavailable:
        return HttpResponse(status=503, headers={"Retry-After": "5"})
    return StreamingHttpResponse(window, status=206 if part else 200, headers=headers)

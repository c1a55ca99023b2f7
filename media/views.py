"""Audio for everybody: the renditions of recordings that learners may hear, and nothing else."""

from uuid import UUID

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import require_safe

from media.delivery import StorageUnavailable, open_window
from media.models import Recording, Rendition
from media.ranges import Unsatisfiable, byte_range

# For ever in a browser; a shared cache asks again after a day, so that a voice that was taken back is forgotten there.
FOREVER = "public, max-age=31536000, s-maxage=86400, immutable"
SIGNED_SECONDS = 3600


@require_safe
def serve_audio(request: HttpRequest, uuid: UUID, extension: str) -> HttpResponseBase:
    """Reply with a rendition, or with the part of it that was asked for.

    Its name is derived from its sound, so the reply may be kept for ever. How the bytes travel is
    `AUDIO_DELIVERY`'s choice: through this process, by nginx, or from the object store.
    """
    heard = Rendition.objects.filter(recording__status=Recording.Status.READY, recording__is_public=True)
    rendition = get_object_or_404(heard, uuid=uuid, format=extension)
    etag = quote_etag(rendition.uuid.hex)
    if _is_known(request, etag):
        response: HttpResponseBase = HttpResponse(status=304)
    elif settings.AUDIO_DELIVERY == "accel":
        return _by_web_server(rendition)
    elif settings.AUDIO_DELIVERY == "redirect":
        return _by_object_store(rendition)
    else:
        response = by_this_process(request, rendition.file, rendition.bytes, rendition.content_type, etag)
    if response.status_code < 400:
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = FOREVER
    return response


def _is_known(request: HttpRequest, etag: str) -> bool:
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in known or etag in {tag.removeprefix("W/") for tag in known}


def by_this_process(
    request: HttpRequest, file: FieldFile, size: int, content_type: str, etag: str = ""
) -> HttpResponseBase:
    """Return the bytes, or the range of them that was asked for, through Python, from whatever storage."""
    part = None
    if request.method == "GET" and request.headers.get("If-Range", etag) == etag:
        try:
            part = byte_range(request.headers.get("Range", ""), size)
        except Unsatisfiable:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, length = part or (0, size)
    headers = {"Content-Type": content_type, "Content-Length": str(length), "Accept-Ranges": "bytes"}
    if part:
        headers["Content-Range"] = f"bytes {start}-{start + length - 1}/{size}"
    storage, name = file.storage, str(file.name)
    try:
        if request.method == "HEAD":
            if not storage.exists(name):
                raise FileNotFoundError
            return HttpResponse(headers=headers)
        window = open_window(storage, name, start, length)
    except FileNotFoundError as error:
        raise Http404 from error
    except StorageUnavailable:
        return HttpResponse(status=503, headers={"Retry-After": "5"})
    return StreamingHttpResponse(window, status=206 if part else 200, headers=headers)


def _by_web_server(rendition: Rendition) -> HttpResponse:
    """Let nginx send the file: `location /protected/ { internal; alias <MEDIA_ROOT>/; }`. It does Range and ETag."""
    headers = {"X-Accel-Redirect": f"/protected/{rendition.file.name}", "Content-Type": rendition.content_type}
    return HttpResponse(headers={**headers, "Cache-Control": FOREVER})


def _by_object_store(rendition: Rendition) -> HttpResponse:
    """Send the browser to a signed address. The redirect is kept no longer than half the signature is good for."""
    parameters = {"ResponseContentType": rendition.content_type, "ResponseCacheControl": FOREVER}
    address = rendition.file.storage.url(  # type: ignore[call-arg]
        rendition.file.name, parameters=parameters, expire=SIGNED_SECONDS
    )
    headers = {"Location": address, "Cache-Control": f"public, max-age={SIGNED_SECONDS // 2}"}
    return HttpResponse(status=302, headers=headers)

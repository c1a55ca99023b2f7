"""Images from local storage, on machines where no web server stands in front."""

from pathlib import PurePosixPath

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve

# Recordings and documents have views of their own that know who may have them.
PUBLIC_FOLDERS = {"images", "original_images", "avatar_images"}
YEAR_SECONDS = 31_536_000


@require_safe
def serve_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """Return a picture below MEDIA_ROOT; anything outside the picture folders is 404.

    Wagtail gives each rendition a name of its own, so that it may be kept for ever.
    """
    parts = PurePosixPath(path).parts
    if "\x00" in path or ".." in parts or not parts or parts[0] not in PUBLIC_FOLDERS:
        raise Http404
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError as error:  # a name longer than the file system takes
        raise Http404 from error
    patch_cache_control(response, public=True, max_age=YEAR_SECONDS, immutable=True)
    return response

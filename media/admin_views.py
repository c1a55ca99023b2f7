"""Small pages of the admin beside Wagtail's own: the state of a recording, another try, files for staff."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from media.access import handed_out
from media.models import AccessLog, Recording
from media.permissions import may_listen, recording_policy
from media.services import retry_recording
from media.views import by_this_process


@require_GET
@never_cache
def recording_status(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the piece of the form that shows the sound; the form asks for it until the sound is ready."""
    recording = _recording(request, pk, "change")
    return render(request, "media/admin/recording_status.html", {"recording": recording})


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a worker try a failed recording again, and go back to its form."""
    if retry_recording(_recording(request, pk, "change")):
        messages.success(request, _("The recording is being prepared again."))
    else:
        messages.warning(request, _("There is nothing to try again."))
    return redirect("recording:edit", pk)


@require_GET
@never_cache
def original(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the file as it was uploaded, to administrators; the log says to whom."""
    recording = _recording(request, pk, "change")
    if not request.user.has_perm("media.fetch_original"):
        raise PermissionDenied
    return handed_out(request, recording.file, AccessLog.Kind.ORIGINAL, recording.uuid)


@require_safe
def sound(request: HttpRequest, pk: int, extension: str) -> HttpResponseBase:
    """Let staff hear a rendition that learners do not hear (yet), or a part of it.

    Always through this process: an address signed by an object store would outlive the question who may listen.
    Nothing on the way may keep it, for it may be rejected or withdrawn the next minute.
    """
    recording = get_object_or_404(Recording, pk=pk)
    if not may_listen(request.user, recording):
        raise PermissionDenied
    rendition = get_object_or_404(recording.renditions, format=extension)
    etag = quote_etag(rendition.uuid.hex)
    response = by_this_process(request, rendition.file, rendition.bytes, rendition.content_type, etag)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _recording(request: HttpRequest, pk: int, action: str) -> Recording:
    recording: Recording = get_object_or_404(Recording.objects.with_audio(), pk=pk)
    if not recording_policy.user_has_permission_for_instance(request.user, action, recording):
        raise PermissionDenied
    return recording

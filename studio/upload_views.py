"""The admin's pages for uploads: begin one, send its files, see what goes where, place them."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from media import audio
from media.permissions import recording_policy
from studio import uploads
from studio.models import UploadBatch, UploadedSound
from studio.staff_audio import serve_to_staff
from studio.upload_faults import fault_text
from studio.upload_files import promised_length
from studio.upload_forms import StartForm

PER_PAGE = 20
FAULTY = 400
GONE = 409
MOST_SHOWN = 50
ACCEPT = ".wav,.mp3,.m4a,.ogg,.oga,.opus,.webm,.flac,.aac,.aif,.aiff,audio/*"


def uploader_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let in those who hold sessions and may add recordings."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if not user.has_perm("studio.add_recordingsession") or not recording_policy.user_has_permission(user, "add"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def page(request: HttpRequest, title: str, template: str, batch: UploadBatch | None = None, **context: Any) -> Any:
    """Return the context that all pages of an upload share: title, path, and the steps."""
    trail = [{"url": reverse("studio_upload"), "label": _("Upload recordings")}]
    if batch is not None:
        trail.append({"url": "", "label": title})
    shared = {"page_title": title, "header_title": title, "header_icon": "upload", "breadcrumbs_items": trail}
    return render(request, template, shared | {"batch": batch} | context, status=context.get("status", 200))


def found(uuid: UUID) -> UploadBatch:
    batch: UploadBatch = get_object_or_404(UploadBatch.objects.select_related("speaker", "variety"), uuid=uuid)
    return batch


@require_http_methods(["GET", "HEAD", "POST"])
@uploader_only
def start(request: HttpRequest) -> HttpResponseBase:
    """Begin an upload, or go on with one of the last ones."""
    form = StartForm(request.POST or None, initial={"scope": request.GET.get("scope", "")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        chosen = {name: data[name] for name in ("kind", "speaker", "pace", "matched_by", "place", "held_on", "entries")}
        try:
            batch = uploads.start_batch(
                **chosen,
                variety=data["variety"] or data["speaker"].variety,
                session=form.session,
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("studio_upload_files", batch.uuid)
    batches = (
        UploadBatch.objects.order_by("-pk")
        .select_related("speaker")
        .annotate(files=Count("sounds"), placed=Count("sounds", filter=Q(sounds__state="placed")))
    )
    rows = Paginator(batches, PER_PAGE).get_page(request.GET.get("p"))
    status = FAULTY if form.is_bound else 200
    title = _("Upload recordings")
    return page(request, title, "studio/uploads/start.html", form=form, rows=rows, status=status, media=form.media)


@require_http_methods(["GET", "HEAD", "POST"])
@uploader_only
def files(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Send the files. A script sends them one by one; without it, the form takes a few at once."""
    batch = found(uuid)
    if not batch.is_open:
        return redirect("studio_upload_progress", batch.uuid)
    if batch.is_long:
        return redirect("studio_upload_long", batch.uuid)
    if request.method == "POST":
        try:
            for file in request.FILES.getlist("files"):
                uploads.receive_file(batch=batch, name=file.name or "", stream=file)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("studio_upload_files", batch.uuid)
    kept = list(batch.sounds.order_by("pk").values_list("name", "bytes", "fault"))
    bad = batch.sounds.exclude(fault="").order_by("pk")
    context = {
        "count": sum(1 for row in kept if not row[2]),
        "bad_count": sum(1 for row in kept if row[2]),
        "bad": bad[:MOST_SHOWN],
        "accept": ACCEPT,
        "known": {name: size for name, size, fault in kept if not fault},
        "words": sending_words(),
        "most_bytes": audio.MAX_BYTES,
        "entries": batch.entries.count(),
    }
    return page(request, _("Send the files"), "studio/uploads/files.html", batch, **context)


@require_POST
@uploader_only
def receive(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Take one file in: the body is the file, its name stands in the header `X-Upload-Name`, percent-encoded."""
    name = unquote(request.headers.get("X-Upload-Name", ""))
    promised = promised_length(request)
    try:
        sound = uploads.receive_file(batch=found(uuid), name=name, stream=request, promised=promised)
    except ValidationError as error:
        return JsonResponse({"message": " ".join(error.messages)}, status=GONE)
    return JsonResponse({"name": sound.name, "fault": sound.fault, "message": sound.fault_text})


def sending_words() -> dict[str, str]:
    """Return what the scripts that send files say."""
    return {
        "waits": _("waits"),
        "sending": _("is being sent"),
        "here": _("is here"),
        "before": _("was here already"),
        "failed": _("did not arrive. Check the connection, then try again."),
        "gone": _("You are signed out, or the upload is gone. Load the page again."),
        "unreadable": _("cannot be read from this device. Choose it again."),
        "too_big": fault_text("too_big"),
        "progress": _("{done} of {all} files are through."),
        "all": _("All files are through: {good} good, {bad} with a fault."),
        "part": _("{percent} % have arrived."),
        "again": _("Try again"),
    }


@require_POST
@uploader_only
def discard(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Throw an open upload away."""
    try:
        uploads.discard(batch=found(uuid))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The upload and its files are deleted. Nothing was placed."))
    return redirect("studio_upload")


@require_POST
@uploader_only
def confirm(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Place what can be placed."""
    batch = found(uuid)
    back = "studio_upload_cut" if batch.is_long else "studio_upload_check"
    return place(request, batch) or redirect(back, batch.uuid)


def place(request: HttpRequest, batch: UploadBatch) -> HttpResponse | None:
    """Confirm, and return the way to the progress; None where that cannot be, which is said."""
    try:
        count = uploads.confirm(batch=batch)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return None if batch.is_open else redirect("studio_upload_progress", batch.uuid)
    said = ngettext("%(count)d recording is being placed.", "%(count)d recordings are being placed.", count)
    messages.success(request, said % {"count": count})
    return redirect("studio_upload_progress", batch.uuid)


@require_GET
@never_cache
@uploader_only
def progress(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Show how placing goes; with `part`, only the piece of the page that changes."""
    batch = found(uuid)
    if batch.is_open:
        return redirect("studio_upload_files", batch.uuid)
    states = dict(batch.sounds.values_list("state").annotate(count=Count("pk")).order_by())
    failed = batch.sounds.filter(state=UploadedSound.State.FAILED).select_related("entry")
    total = sum(count for state, count in states.items() if state != UploadedSound.State.WAITING)
    context = {
        "states": states,
        "total": total,
        "through": total - states.get(UploadedSound.State.QUEUED, 0),
        "failed": failed[:MOST_SHOWN],
        "is_running": batch.state == UploadBatch.State.PLACING,
    }
    if "part" in request.GET:
        return render(request, "studio/uploads/_progress.html", {"batch": batch} | context)
    return page(request, _("Placing the recordings"), "studio/uploads/progress.html", batch, **context)


@require_POST
@uploader_only
def retry(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Try again what failed: one file, or all of them."""
    batch = found(uuid)
    number = request.POST.get("sound", "")
    sound = batch.sounds.filter(pk=number).first() if number.isdecimal() and len(number) < 18 else None
    if (number and sound is None) or not uploads.retry(batch=batch, sound=sound):
        messages.warning(request, _("There is nothing to try again."))
    return redirect("studio_upload_progress", batch.uuid)


@require_http_methods(["GET", "HEAD"])
@uploader_only
def sound(request: HttpRequest, uuid: UUID, sound: UUID) -> HttpResponseBase:
    """Let staff hear an uploaded file before it is placed."""
    row = get_object_or_404(UploadedSound, batch__uuid=uuid, uuid=sound)
    return serve_to_staff(request, row.file, row.bytes, row.content_type)

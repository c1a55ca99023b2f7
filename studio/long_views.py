"""The admin's pages for a long recording: send it in parts, cut it on its waveform."""

import json
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from studio import long_sounds
from studio.cutting import PAUSES_MS, STEP_MS
from studio.models import LongSound
from studio.staff_audio import serve_to_staff
from studio.upload_files import promised_length
from studio.upload_views import ACCEPT, GONE, found, page, sending_words, uploader_only

MOST_JSON = 500_000


def _long(uuid: UUID) -> LongSound:
    sound: LongSound = get_object_or_404(LongSound.objects.select_related("batch"), batch__uuid=uuid)
    return sound


@require_http_methods(["GET", "HEAD", "POST"])
@uploader_only
def send(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Send the long recording. A script sends it in parts; without it, the form takes it whole."""
    batch = found(uuid)
    if not batch.is_open or not batch.is_long:
        return redirect("studio_upload_files", batch.uuid)
    if request.method == "POST" and (file := request.FILES.get("file")):
        try:
            sound = long_sounds.begin(batch=batch, name=file.name or "", size=file.size or 0)
            # Whole files replace what a script had sent of the same one.
            for part in sound.parts.all():
                part.delete()
            long_sounds.receive_part(sound=sound, number=0, stream=file, most=long_sounds.MAX_BYTES)
            long_sounds.finish(sound=sound)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            return redirect("studio_upload_cut", batch.uuid)
    here = LongSound.objects.filter(batch=batch).defer("levels").first()
    is_here = here is not None and here.state != LongSound.State.COMING
    if request.method != "POST" and is_here and "new" not in request.GET:
        return redirect("studio_upload_cut", batch.uuid)
    words = sending_words() | {
        "too_big": _("The file is larger than 300 MB. Save it as MP3 or FLAC, or cut it into parts.")
    }
    context = {"long": None if is_here else here, "accept": ACCEPT, "words": words, "most_bytes": long_sounds.MAX_BYTES}
    return page(request, _("Send the long recording"), "studio/uploads/long.html", batch, **context)


@require_POST
@uploader_only
def begin(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Say which file is coming; the reply says which parts of it are here already."""
    data = _json(request)
    name, size = data.get("name"), data.get("size")
    if not isinstance(name, str) or type(size) is not int:
        return JsonResponse({"message": _("The request cannot be read.")}, status=400)
    try:
        sound = long_sounds.begin(batch=found(uuid), name=name, size=size)
    except ValidationError as error:
        return JsonResponse({"message": " ".join(error.messages)}, status=GONE)
    here = list(sound.parts.values_list("number", flat=True))
    return JsonResponse({"parts": here, "part_bytes": long_sounds.PART_BYTES})


@require_POST
@uploader_only
def part(request: HttpRequest, uuid: UUID, number: int) -> HttpResponseBase:
    """Take one part in: the body is the part."""
    promised = promised_length(request)
    try:
        long_sounds.receive_part(sound=_long(uuid), number=number, stream=request, promised=promised)
    except ValidationError as error:
        return JsonResponse({"message": " ".join(error.messages)}, status=GONE)
    return JsonResponse({})


@require_POST
@uploader_only
def finish(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Say that all parts have been sent."""
    try:
        long_sounds.finish(sound=_long(uuid))
    except ValidationError as error:
        return JsonResponse({"message": " ".join(error.messages)}, status=GONE)
    return JsonResponse({})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@uploader_only
def cut(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Show the waveform with its pieces; POST keeps the pieces as JSON, `{"version", "pieces"}`."""
    batch = found(uuid)
    if not batch.is_open:
        return redirect("studio_upload_progress", batch.uuid)
    sound = LongSound.objects.filter(batch=batch).defer("levels").first()
    if sound is None or sound.state == LongSound.State.COMING:
        return redirect("studio_upload_long", batch.uuid)
    if request.method == "POST":
        return _save(request, _long(uuid))
    if "part" in request.GET:
        return render(request, "studio/uploads/_reading.html", {"batch": batch, "long": sound})
    context: dict[str, Any] = {"long": sound, "is_ready": sound.state == LongSound.State.READY}
    if context["is_ready"]:
        entries = batch.entries.select_related("entry").prefetch_related("entry__glosses")
        listed = [{"text": one.entry.text, "gloss": one.entry.gloss} for one in entries]
        context |= {
            "data": {"pieces": sound.cuts, "version": sound.version, "step": STEP_MS, "entries": listed},
            "words": cutting_words(),
            "pauses": [(pause, f"{pause / 1000:g}".replace(".", ",")) for pause in PAUSES_MS],
        }
    return page(request, _("Cut the long recording"), "studio/uploads/cut.html", batch, **context)


def _save(request: HttpRequest, sound: LongSound) -> HttpResponse:
    data = _json(request)
    version = data.get("version")
    if type(version) is not int:
        return JsonResponse({"message": _("The request cannot be read.")}, status=400)
    try:
        version = long_sounds.save_cuts(sound=sound, version=version, cuts=data.get("pieces"))
    except ValidationError as error:
        status = GONE if error.code in ("conflict", "gone") else 400
        return JsonResponse({"message": " ".join(error.messages)}, status=status)
    return JsonResponse({"version": version})


def _json(request: HttpRequest) -> dict[str, Any]:
    body = request.read(MOST_JSON + 1)
    try:
        data = json.loads(body) if len(body) <= MOST_JSON else None
    except (ValueError, RecursionError):
        data = None
    return data if isinstance(data, dict) else {}


@require_POST
@uploader_only
def anew(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Cut again at silences of another length, or read again what could not be read."""
    sound = _long(uuid)
    pause = request.POST.get("pause", "")
    try:
        if sound.state == LongSound.State.FAILED:
            long_sounds.read_again(sound=sound)
        else:
            long_sounds.cut_anew(sound=sound, pause_ms=int(pause) if pause.isdecimal() and len(pause) < 6 else 0)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("studio_upload_cut", uuid)


@require_GET
@never_cache
@uploader_only
def levels(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Return the levels that the waveform is drawn from: one byte for each step."""
    sound = _long(uuid)
    if not sound.levels:
        raise Http404
    return HttpResponse(bytes(sound.levels), content_type="application/octet-stream")


@require_http_methods(["GET", "HEAD"])
@uploader_only
def listen(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Let staff hear the long recording; players ask for the part they need."""
    sound = get_object_or_404(LongSound.objects.defer("levels"), batch__uuid=uuid)
    return serve_to_staff(request, sound.file, sound.bytes, sound.content_type)


def cutting_words() -> dict[str, str]:
    """Return what the script of the waveform says."""
    return {
        "piece": _("Piece {number}"),
        "dropped": _("dropped"),
        "no_word": _("no word left"),
        "again": _("said again"),
        "left_out": _("{count} left out before it"),
        "saved": _("Kept."),
        "saving": _("Being kept…"),
        "not_saved": _("Not kept: check the connection. It is tried again with the next change."),
        "place": _("Place {count} pieces"),
        "summary": _("{pieces} pieces, {words} words: {placed} would be placed."),
        "drop": _("Drop"),
        "keep": _("Keep"),
    }

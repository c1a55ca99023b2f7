"""Recording sessions in the admin: the list, a new one, one session, its paper list, the recorder's screen."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from .models import RecordingSession
from .recorder_texts import recorder_texts
from .shown import counted_sessions, prompts_of

PER_PAGE = 50
VIEW = "studio.view_recordingsession"
ADD = "studio.add_recordingsession"
CHANGE = "studio.change_recordingsession"


def need(request: HttpRequest, permission: str) -> None:
    """Raise PermissionDenied, which the admin answers in words."""
    if not request.user.has_perm(permission):
        raise PermissionDenied


def trail(*steps: dict[str, str]) -> list[dict[str, str]]:
    """Return the path above a page of the studio."""
    return [{"url": reverse("studio_sessions"), "label": _("Recording sessions")}, *steps]


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """List the sessions, newest first."""
    need(request, VIEW)
    context = {
        "page_title": _("Recording sessions"),
        "header_icon": "media",
        "breadcrumbs_items": trail(),
        "rows": Paginator(counted_sessions(), PER_PAGE).get_page(request.GET.get("p")),
        "may_add": request.user.has_perm(ADD),
    }
    return render(request, "studio/admin/sessions.html", context)


@require_safe
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one session: how far it is, and each take with its sound and what became of it."""
    need(request, VIEW)
    found = get_object_or_404(counted_sessions(), pk=pk)
    prompts: list[Any] = prompts_of(found)
    for prompt in prompts:
        for take in prompt.shown_takes:
            take.sources = take.recording.staff_sources
    title = str(found)
    context = {
        "page_title": title,
        "header_icon": "media",
        "breadcrumbs_items": trail({"url": "", "label": title}),
        "session": found,
        "prompts": prompts,
        "may_record": request.user.has_perm(CHANGE),
        "has_consent": bool(found.speaker and found.speaker.has_consented),
        "may_open_speaker": request.user.has_perm("media.change_speaker"),
    }
    return render(request, "studio/admin/session.html", context)


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the session is over, or that it goes on after all. What a device still sends is kept either way."""
    need(request, CHANGE)
    found = get_object_or_404(RecordingSession, pk=pk)
    found.closed_at = None if found.closed_at else timezone.now()
    found.save(update_fields=["closed_at"])
    messages.success(request, _("The session is over.") if found.closed_at else _("The session goes on."))
    return redirect("studio_session", pk)


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the prompts as a list to print, for a speaker who would rather have paper in hand."""
    need(request, VIEW)
    found = get_object_or_404(RecordingSession.objects.select_related("speaker"), pk=pk)
    # In Latvian whatever the language of the page: the speaker reads it.
    prompts = [
        {"number": one.position, "romani": one.entry.text, "meaning": one.entry.gloss_in("lv")}
        for one in found.prompts.select_related("entry").prefetch_related("entry__glosses")
    ]
    return render(request, "studio/paper.html", {"session": found, "prompts": prompts})


@require_safe
@never_cache
@ensure_csrf_cookie
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the screen on which a speaker is recorded. The prompts come from the API."""
    need(request, CHANGE)
    found = get_object_or_404(RecordingSession.objects.select_related("speaker"), pk=pk)
    has_consent = bool(found.speaker and found.speaker.has_consented)
    context = {"session": found, "has_consent": has_consent, "texts": recorder_texts()}
    return render(request, "studio/record.html", context)


def create_errors(form: Any, error: ValidationError) -> None:
    """Put what a service found wrong at the fields of a form; what belongs to none of them at its top."""
    for name, faults in error.error_dict.items() if hasattr(error, "error_dict") else [("", error.error_list)]:
        form.add_error(name if name in form.fields else None, faults)

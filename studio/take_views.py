"""The second listener's pages in the admin: one take after the other, and the list of all by what became of them."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.auth import permission_denied

from dictionary.voices import heard_takes
from media.models import Recording
from media.permissions import CHECK

from .checking import (
    DecidedMeanwhile,
    Scope,
    decide_take,
    for_listening,
    last_decision,
    next_take,
    offered,
    takes_for,
    token_of,
    undo_decision,
)

PER_PAGE = 25
VOICES = 6
FAULTY = 400


@never_cache
@require_http_methods(["GET", "HEAD"])
def takes(request: HttpRequest) -> HttpResponse:
    """Show the take that waits next, or the one that is asked for by `take`."""
    if not request.user.has_perm(CHECK):
        return permission_denied(request)
    scope = Scope.of(request.GET)
    asked = request.GET.get("take", "")
    recording = _asked_for(asked) if asked else next_take(request.user, scope, _number(request.GET.get("after")))
    return _page(request, scope, recording)


@require_POST
def decide(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Accept or reject one take and go to the next; a fault is shown beside the take, with what was typed."""
    if not request.user.has_perm(CHECK):
        return permission_denied(request)
    scope, data = Scope.of(request.POST), request.POST
    spoken = Recording.objects.exclude(kind=Recording.Kind.SYNTHETIC)
    recording: Recording = get_object_or_404(for_listening(spoken), uuid=uuid)
    accepts = data.get("decision") == "accept"
    try:
        decided = decide_take(
            recording=recording,
            by=request.user,
            seen=data.get("seen", ""),
            reason="" if accepts else data.get("reason") or "-",
            note="" if accepts else data.get("note", "").replace("\x00", "").strip(),
        )
    except DecidedMeanwhile as meanwhile:
        messages.warning(request, _meanwhile(meanwhile.recording))
    except ValidationError as error:
        return _page(request, scope, recording, error)
    else:
        messages.success(request, _decision(decided))
    return redirect(reverse("studio_takes") + scope.query(after=_number(data.get("after"))))


@require_POST
def undo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take back this listener's own decision about a take, and show the take again."""
    if not request.user.has_perm(CHECK):
        return permission_denied(request)
    scope = Scope.of(request.POST)
    recording = get_object_or_404(Recording, uuid=uuid)
    try:
        undo_decision(recording=recording, by=request.user)
    except DecidedMeanwhile as meanwhile:
        messages.warning(request, _meanwhile(meanwhile.recording))
        return redirect(reverse("studio_takes") + scope.query())
    messages.success(request, _("Taken back. Listen once more and decide."))
    return redirect(
        reverse("studio_takes") + scope.query(take=recording.uuid, after=_number(request.POST.get("after")))
    )


@never_cache
@require_http_methods(["GET", "HEAD"])
def takes_list(request: HttpRequest) -> HttpResponse:
    """List the takes by what became of them: those that wait, the accepted, the rejected with the reason."""
    may_check = request.user.has_perm(CHECK)
    if not may_check and not request.user.has_perm("studio.view_recordingsession"):
        return permission_denied(request)
    states = dict(Recording.Review.choices)
    state = request.GET.get("state", "")
    state = state if state in states else Recording.Review.OPEN
    found = Recording.objects.exclude(kind=Recording.Kind.SYNTHETIC).filter(review=state)
    order = ["pk"] if state == Recording.Review.OPEN else ["-reviewed_at", "-pk"]
    title = _("All takes")
    context = {
        "page_title": title,
        "header_title": title,
        "header_icon": "media",
        "breadcrumbs_items": [_step(), {"url": "", "label": title}],
        "state": state,
        "states": list(states.items()),
        "rows": Paginator(for_listening(found).order_by(*order), PER_PAGE).get_page(request.GET.get("p")),
        "may_check": may_check,
        "may_record": request.user.has_perm("studio.add_recordingsession"),
    }
    return render(request, "studio/admin/takes_list.html", context)


def _page(
    request: HttpRequest, scope: Scope, recording: Recording | None, fault: ValidationError | None = None
) -> HttpResponse:
    title = _("Check recordings")
    waiting = scope.narrow(takes_for(request.user))
    after = _number((request.POST if request.method == "POST" else request.GET).get("after"))
    context = {
        "page_title": title,
        "header_title": title,
        "header_icon": "media",
        "breadcrumbs_items": [_step()],
        "scope": scope,
        "offered": offered(request.user, scope),
        "recording": recording,
        "is_own": recording is not None and recording.uploaded_by_id == request.user.pk,
        "waiting": waiting.count(),
        "after": after or "",
        "here": scope.query(),
        "later": scope.query(after=recording.pk) if recording else "",
        "last": last_decision(request.user),
        "reasons": list(Recording.Reason.choices),
        "faults": _faults(fault),
        "note": request.POST.get("note", "") if fault else "",
    }
    if recording is not None:
        context |= {"seen": token_of(recording), "others": _others(recording)}
    # The script asks for the part alone: a phone need not fetch the whole admin for each take. The messages go with
    # it; in the whole page Wagtail shows them.
    context["part"] = part = request.headers.get("X-Part") == "take"
    template = "studio/admin/_take.html" if part else "studio/admin/takes.html"
    return render(request, template, context, status=FAULTY if fault else 200)


def _others(recording: Recording) -> list[Recording]:
    """Return other voices that say the same word, to compare with; at most `VOICES`."""
    take = next(iter(recording.takes.all()), None)
    if take is None:
        return []
    return [other.recording for other in heard_takes(take.entry).exclude(recording=recording)[:VOICES]]


def _asked_for(uuid: str) -> Recording:
    try:
        number = UUID(uuid)
    except ValueError:
        number = UUID(int=0)
    takes = Recording.objects.ready().exclude(kind=Recording.Kind.SYNTHETIC)
    return get_object_or_404(for_listening(takes), uuid=number)


def _faults(error: ValidationError | None) -> dict[str, list[str]]:
    if error is None:
        return {}
    return error.message_dict if hasattr(error, "error_dict") else {"whole": error.messages}


def _number(text: str | None) -> int:
    """Return the place in the queue that an address names; the beginning where it names none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _step() -> dict[str, str]:
    return {"url": reverse("studio_takes"), "label": _("Check recordings")}


def _decision(recording: Recording) -> str:
    if recording.review == Recording.Review.ACCEPTED:
        return _("“%(take)s”: accepted. Learners hear it now.") % {"take": recording.title}
    reason = recording.get_review_reason_display()
    return _("“%(take)s”: rejected (%(reason)s). Nobody hears it.") % {"take": recording.title, "reason": reason}


def _meanwhile(recording: Recording) -> str:
    if recording.review == Recording.Review.OPEN:
        return _("“%(take)s” has changed meanwhile, so it waits again.") % {"take": recording.title}
    values = {"take": recording.title, "state": recording.get_review_display()}
    return _("Somebody else has decided about “%(take)s” meanwhile: %(state)s. Here is the next one.") % values

"""The reviewers' queue of lessons and exercises: a list, and one thing read part by part and decided about."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.models import Page, TaskState

from cms.commenting import LONGEST

from .lessons import (
    PERMISSION,
    DecidedMeanwhile,
    decide,
    keep_remarks,
    open_remarks,
    revision_that_waits,
    states_of,
    thing_of,
    token_of,
    waiting_for,
)
from .lessons_reading import Part, Reading, put_remarks, read

PER_PAGE = 25
FAULTY = 400
REMARK = "remark:"
"""What the names of the fields for remarks begin with; the path of the part follows."""


@never_cache
@require_http_methods(["GET", "HEAD"])
def lessons(request: HttpRequest) -> HttpResponse:
    """List what waits for this reviewer, the longest wait first."""
    if not request.user.has_perm(PERMISSION):
        return permission_denied(request)
    title = _("Lessons and exercises")
    context = {
        "page_title": title,
        "header_icon": "glasses",
        "breadcrumbs_items": [_room(), {"url": "", "label": title}],
        "rows": Paginator(waiting_for(request.user), PER_PAGE).get_page(request.GET.get("p")),
    }
    return render(request, "review/admin/lessons.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lesson(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show one thing part by part; POST keeps remarks (`save`) or decides (`approve`, `reject`)."""
    if not request.user.has_perm(PERMISSION):
        return permission_denied(request)
    state = get_object_or_404(states_of(request.user), pk=pk)
    thing = thing_of(state)
    if thing is None:
        raise Http404
    if request.method == "POST":
        return _act(request, state, thing)
    return _page(request, state, thing)


def _act(request: HttpRequest, state: TaskState, thing: Any) -> HttpResponseBase:
    data, action = request.POST, request.POST.get("action", "")
    paths = {part.path for part in read(thing, revision_that_waits(state, thing)).parts}
    seen, remarks = data.get("seen", ""), {path: text for path, text in _typed(data).items() if path in paths}
    try:
        if action in ("approve", "reject"):
            note = data.get("note", "")
            decide(state=state, by=request.user, seen=seen, approves=action == "approve", note=note, remarks=remarks)
        else:
            kept = keep_remarks(state=state, by=request.user, seen=seen, remarks=remarks)
    except DecidedMeanwhile as meanwhile:
        now = meanwhile.state
        return _page(request, now, thing_of(now) or thing, meanwhile=_meanwhile(now))
    except ValidationError as error:
        return _page(request, state, thing, faults=error.message_dict)
    if action not in ("approve", "reject"):
        _say_kept(request, kept)
        return redirect("review_lesson", state.pk)
    title = state.revision.object_str
    if action == "approve":
        messages.success(request, _("“%(title)s”: right for you. An editor publishes it.") % {"title": title})
    else:
        messages.success(request, _("“%(title)s”: the author has been asked to change it.") % {"title": title})
    return redirect("review_lessons")


def _typed(data: QueryDict) -> dict[str, str]:
    return {name.removeprefix(REMARK): str(text) for name, text in data.items() if name.startswith(REMARK)}


def _say_kept(request: HttpRequest, kept: int) -> None:
    if kept:
        text = ngettext(
            "%(count)d remark kept. The author sees it.", "%(count)d remarks kept. The author sees them.", kept
        )
        messages.success(request, text % {"count": kept})
    else:
        messages.info(request, _("Nothing was written, so nothing was kept."))


def _page(
    request: HttpRequest,
    state: TaskState,
    thing: Any,
    *,
    faults: dict[str, list[str]] | None = None,
    meanwhile: str = "",
) -> HttpResponse:
    revision = revision_that_waits(state, thing)
    reading = read(thing, revision)
    rest = put_remarks(reading.parts, open_remarks(thing))
    lost = _put_typed(reading, request.POST, faults or {})
    waits = state.status == TaskState.STATUS_IN_PROGRESS
    title = revision.object_str
    context = {
        "page_title": title,
        "header_icon": "glasses",
        "breadcrumbs_items": [
            _room(),
            {"url": reverse("review_lessons"), "label": _("Lessons and exercises")},
            {"url": "", "label": title},
        ],
        "state": state,
        "waits": waits,
        "meanwhile": meanwhile,
        "reading": reading,
        "rest": rest,
        "lost": lost,
        "note": request.POST.get("note", ""),
        "note_faults": (faults or {}).get("note", []),
        "fault_at": next((part.anchor for part in reading.parts if part.faults), "decision") if faults else "",
        "seen": token_of(state, revision),
        "longest": LONGEST,
        "kind": thing._meta.verbose_name,
        "whole": _whole(state, thing) if waits else "",
        "newer": _newer(request, state) if not waits else None,
        "before": _last_note(state),
    }
    return render(request, "review/admin/lesson.html", context, status=FAULTY if faults or meanwhile else 200)


def _put_typed(reading: Reading, data: QueryDict, faults: dict[str, list[str]]) -> list[Part]:
    """Lay what was typed where it was typed; return what was typed about parts that are not there any more."""
    typed = {path: text for path, text in _typed(data).items() if text.strip()}
    for part in reading.parts:
        part.typed, part.faults = typed.pop(part.path, ""), faults.get(part.path, ())
    return [Part(path=path, label="", typed=text) for path, text in typed.items()]


def _whole(state: TaskState, thing: Any) -> str:
    """Return where the whole is shown as learners would see it."""
    name = "wagtailadmin_pages:workflow_preview"
    if not isinstance(thing, Page):
        name = thing.snippet_viewset.get_url_name("workflow_preview")
    return reverse(name, args=[thing.pk, state.task_id])


def _newer(request: HttpRequest, state: TaskState) -> TaskState | None:
    """Return what waits instead, where the author has sent it again."""
    return (
        waiting_for(request.user)
        .filter(workflow_state__object_id=state.workflow_state.object_id)
        .filter(workflow_state__base_content_type=state.workflow_state.base_content_type_id)
        .first()
    )


def _last_note(state: TaskState) -> TaskState | None:
    """Return the last request for changes, so that a reviewer sees what had been asked."""
    earlier = TaskState.objects.filter(workflow_state=state.workflow_state, status=TaskState.STATUS_REJECTED)
    return earlier.exclude(pk=state.pk).exclude(comment="").select_related("finished_by").order_by("-pk").first()


def _meanwhile(state: TaskState) -> str:
    if state.status == TaskState.STATUS_IN_PROGRESS:
        return _("It has been changed while you read it. Nothing was decided or kept. Here is how it is now.")
    if state.status == TaskState.STATUS_CANCELLED:
        return _("The author has taken it back meanwhile. Nothing was decided or kept.")
    return _("Somebody else has decided about it meanwhile. Your decision was not kept.")


def _room() -> dict[str, str]:
    return {"url": reverse("review_home"), "label": _("Native review")}

"""The dry run: a table of what goes where, in which everything can still be changed."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from dictionary.models import Entry
from media.models import Recording
from studio import assigning
from studio.models import UploadBatch, UploadedSound
from studio.upload_scope import label
from studio.upload_views import FAULTY, found, page, place, uploader_only

PER_PAGE = 50


@require_POST
@uploader_only
def match(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Propose where each file goes, by name or by order."""
    batch = found(uuid)
    try:
        assigning.match_batch(batch=batch, matched_by=request.POST.get("matched_by", batch.matched_by))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        if not batch.is_open:
            return redirect("studio_upload_progress", batch.uuid)
    return redirect("studio_upload_check", batch.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@uploader_only
def check(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Show what goes where; POST keeps changes of the page, and with `go=place` places everything."""
    batch = found(uuid)
    if not batch.is_open:
        return redirect("studio_upload_progress", batch.uuid)
    if batch.is_long:
        return redirect("studio_upload_cut", batch.uuid)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            assigning.assign(batch=batch, changes=_changes(request))
        except ValidationError as error:
            if not hasattr(error, "error_dict"):
                messages.error(request, " ".join(error.messages))
                return redirect("studio_upload_progress", batch.uuid)
            errors = {name: " ".join(found) for name, found in error.message_dict.items()}
            messages.error(request, _("Nothing was changed yet. Look at the rows that are marked."))
        else:
            return _after_saving(request, batch)
    return _table(request, batch, errors)


def _after_saving(request: HttpRequest, batch: UploadBatch) -> HttpResponseBase:
    if request.POST.get("go") == "place" and (response := place(request, batch)):
        return response
    if request.POST.get("go") != "place":
        messages.success(request, _("Kept. Nothing has been placed yet."))
    response = redirect("studio_upload_check", batch.uuid)
    response["Location"] += f"?{_query(request)}"
    return response


def _query(request: HttpRequest) -> str:
    show = "problems" if request.GET.get("show") == "problems" else ""
    number = request.GET.get("p", "1")
    return f"show={show}&p={number if number.isdecimal() and len(number) < 6 else 1}"


def _changes(request: HttpRequest) -> dict[int, assigning.Change]:
    """Return what the page's fields say of each of its files; unknown numbers are left aside by the service."""
    found: dict[int, assigning.Change] = {}
    for name in request.POST:
        prefix, _dash, number = name.partition("-")
        if prefix == "word" and number.isdecimal() and len(number) < 18 and len(found) < PER_PAGE:
            pace, decision = request.POST.get(f"pace-{number}", ""), request.POST.get(f"decision-{number}", "")
            found[int(number)] = assigning.Change(request.POST[name].replace("\x00", ""), pace, decision)
    return found


def counts(batch: UploadBatch) -> dict[str, int]:
    """Return how many files there are of each kind, in one query."""
    out, informed = Q(decision=UploadedSound.Decision.OUT), Q(problem__in=assigning.INFORMED)
    return batch.sounds.aggregate(
        all=Count("pk"),
        bad=Count("pk", filter=~Q(fault="")),
        out=Count("pk", filter=Q(fault="") & out),
        skipped=Count("pk", filter=Q(fault="") & ~out & informed),
        open=Count("pk", filter=Q(fault="") & ~out & ~Q(problem="") & ~informed),
        ready=Count("pk", filter=Q(fault="", problem="", entry__isnull=False) & ~out),
    )


def _table(request: HttpRequest, batch: UploadBatch, errors: dict[str, str]) -> Any:
    rows = batch.sounds.select_related("entry").prefetch_related("entry__glosses").order_by("position", "pk")
    only_problems = request.GET.get("show") == "problems"
    if only_problems:
        rows = rows.filter(~Q(problem="") | ~Q(fault=""))
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    asked = {pk for sound in shown for pk in sound.candidates}
    names = {
        pk: label(code, text) for pk, code, text in Entry.objects.filter(pk__in=asked).values_list("pk", "code", "text")
    }
    offered = batch.entries.select_related("entry").values_list("entry__code", "entry__text")
    for sound in shown:
        number = sound.pk
        perhaps = [names[pk] for pk in sound.candidates if pk in names] if sound.problem == "ask" else []
        word = request.POST.get(f"word-{number}", assigning.word_of(sound))
        # What the template shows beside the row; typed values stay where the page comes back with errors.
        vars(sound).update(word=word, error=errors.get(f"word-{number}", ""), perhaps=perhaps)
        if errors:
            sound.pace = request.POST.get(f"pace-{number}", sound.pace)
            sound.decision = request.POST.get(f"decision-{number}", sound.decision)
    context = {
        "rows": shown,
        "counts": counts(batch),
        "only_problems": only_problems,
        "query": _query(request),
        "offered": [label(code, text) for code, text in offered],
        "paces": Recording.Pace.choices,
        "decisions": UploadedSound.Decision.choices,
        "status": FAULTY if errors else 200,
    }
    return page(request, _("What goes where"), "studio/uploads/check.html", batch, **context)

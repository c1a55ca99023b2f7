"""The report on what is missing, its lists, and the ways from there to the recorder. For authors and reviewers."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from dictionary.models import Entry
from lessons.exercises import types
from lessons.exercises.base import ExerciseType
from lessons.models import Exercise, LessonPage

from . import links, weekly
from .completeness import (
    COLUMNS,
    KINDS,
    LISTS,
    MEANINGS,
    NO_TWIN,
    VOICELESS,
    everything,
    find_place,
    listing,
    may_see,
    report,
)
from .scope import Place, courses
from .sheets import csv_response

PER_PAGE = 50
AT_ONCE = 100
"""Words that one link takes along: a server reads no longer line."""

View = Callable[..., HttpResponse]


def for_the_studio(view: View) -> View:
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_see(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return inner


@require_http_methods(["GET", "HEAD"])
@for_the_studio
def completeness(request: HttpRequest) -> HttpResponse:
    """Show for each course and its modules what is missing; `?format=csv` gives it as a table."""
    found = report()
    if request.GET.get("format") == "csv":
        return _report_as_table(found)
    context = {
        "page_title": _("What is missing"),
        "header_icon": "list-ul",
        "breadcrumbs_items": [{"url": "", "label": _("What is missing")}],
        "reports": [
            {
                "course": one,
                "rows": [
                    _row(request, one.whole, "course"),
                    *(_row(request, line, "module") for line in one.modules),
                ],
            }
            for one in found
        ],
        "columns": [(label, LISTS[name], MEANINGS[name]) for name, label in COLUMNS.items()],
        "letter": weekly.letter_of(request.user),
        "letter_address": weekly.address_of(request.user),
    }
    return render(request, "studio/admin/completeness.html", context)


def _row(request: HttpRequest, line: Any, kind: str) -> dict[str, Any]:
    place = {kind: line.place.pk}
    cells = [(line.counts[what], links.missing(what, **place), label) for what, label in COLUMNS.items()]
    needs_voices = kind == "module" and line.counts[VOICELESS]
    return {
        "line": line,
        "is_whole": kind == "course",
        "cells": cells,
        "voiceless_url": links.missing(VOICELESS, **place),
        "record_url": links.new_session(request.user, module=line.place.pk) if needs_voices else "",
    }


def _report_as_table(found: Iterable[Any]) -> HttpResponse:
    head = [_("Course"), _("Module"), _("Words and phrases"), _("With a native voice"), *LISTS.values()]
    rows = []
    for one in found:
        for line in [*one.modules, one.whole]:
            module = "" if line is one.whole else line.place.title
            rows.append([one.whole.place.title, module, line.words, line.done, *(line.counts[what] for what in LISTS)])
    return csv_response("completeness", head, rows)


@require_http_methods(["GET", "HEAD"])
@for_the_studio
def missing(request: HttpRequest) -> HttpResponse:
    """List the words (or exercises) behind one number; `?format=csv` gives all of them as a table."""
    what, kind, place = _asked(request)
    pks = listing(what, place)
    if request.GET.get("format") == "csv":
        return csv_response(f"missing-{what}", _head(what), map(_cells, _things(what, pks)))
    page = Paginator(pks, PER_PAGE).get_page(request.GET.get("p"))
    here = {"what": what, **({kind: place.pk} if kind else {})}
    may_record = what != NO_TWIN and bool(links.new_session(request.user))
    context = {
        "page_title": LISTS[what],
        "header_icon": "list-ul",
        "breadcrumbs_items": [
            {"url": reverse("studio_completeness"), "label": _("What is missing")},
            {"url": "", "label": LISTS[what], "sublabel": place.title},
        ],
        "what": what,
        "meaning": MEANINGS[what],
        "lists": LISTS.items(),
        "places": _choices(kind, place),
        "chosen": f"{kind}-{place.pk}" if kind else "",
        "place": place,
        "page": page,
        "things": _things(what, page.object_list),
        "here": urlencode(here),
        "here_fields": here.items(),
        "may_record": may_record,
        "all_at_once": may_record and PER_PAGE < len(pks) <= AT_ONCE,
        "edit_name": (Exercise if what == NO_TWIN else Entry).snippet_viewset.get_url_name("edit"),  # type: ignore[attr-defined]
    }
    return render(request, "studio/admin/missing.html", context)


def _asked(request: HttpRequest) -> tuple[str, str, Place]:
    """Return which list of which place is asked for. Raises Http404 for what there is not."""
    what = request.GET.get("what") or VOICELESS
    if what not in LISTS:
        raise Http404
    chosen = request.GET.get("place", "")
    given = [chosen.split("-", 1)] if chosen else [(one, request.GET[one]) for one in KINDS if request.GET.get(one)]
    if not given:
        return what, "", everything()
    kind, number = [*given[-1], ""][:2]  # the narrowest
    if kind not in KINDS or not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise Http404
    place = find_place(kind, int(number))
    if place is None:
        raise Http404
    return what, kind, place


def _choices(kind: str, place: Place) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the places to choose from, lessons below their module."""
    names = {page: name for name, page in KINDS.items()}
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    for course in courses():
        whole = _("%(title)s – the whole course") % {"title": course.title}
        groups.append((course.title, [(f"course-{course.pk}", whole)]))
        for module in course.modules:
            options = [(f"module-{module.pk}", _("%(title)s – the whole module") % {"title": module.title})]
            options += [(f"{names[one.kind]}-{one.pk}", one.title) for one in module.parts if one.kind is LessonPage]
            groups.append((module.title, options))
    known = {value for _label, options in groups for value, _text in options}
    if kind and f"{kind}-{place.pk}" not in known:
        groups.append((_("Not published yet"), [(f"{kind}-{place.pk}", place.title)]))
    return groups


def _things(what: str, pks: Iterable[int]) -> list[Any]:
    """Return the entries or exercises in the given order, with what their row shows; three queries."""
    pks = list(pks)
    if what == NO_TWIN:
        found = Exercise.objects.in_bulk(pks)
        for one in found.values():
            one.why = _why_no_twin(one)  # type: ignore[attr-defined]
    else:
        shown = Entry.objects.select_related("variety", "recording").prefetch_related("glosses")
        found = shown.in_bulk(pks)
        for entry in found.values():
            entry.heard_as = heard_as(entry)
    return [found[pk] for pk in pks if pk in found]


def _why_no_twin(exercise: Exercise) -> str:
    kind = types().get(exercise.type)
    if kind is None or type(kind).silent is ExerciseType.silent:
        return _("This kind of exercise has no form without sound: offer another one beside it.")
    return _("Nothing in it has to be heard: either its word has no sound yet, or it is no listening exercise.")


def _head(what: str) -> list[str]:
    if what == NO_TWIN:
        return [_("Exercise"), _("Type"), _("Why")]
    return [_("Code"), _("Romani"), _("Meaning"), _("Kind"), _("Variety"), _("Review"), _("What learners hear")]


def _cells(thing: Any) -> list[str]:
    if isinstance(thing, Exercise):
        return [thing.title, thing.type_name, thing.why]  # type: ignore[attr-defined]
    state = thing.get_review_state_display()
    return [thing.code, thing.text, thing.gloss, thing.get_kind_display(), str(thing.variety), state, heard_as(thing)]


def heard_as(entry: Entry) -> str:
    """Say in words what learners hear of an entry."""
    recording = entry.recording
    if recording is None or not recording.is_heard:
        return _("nothing")
    return _("a synthetic voice") if recording.is_synthetic else _("a native voice")


@require_http_methods(["GET", "HEAD"])
@for_the_studio
def record_these(request: HttpRequest) -> HttpResponse:
    """Lead from the ticked words of a list, or from a whole short one, to a new session that asks for them."""
    what, kind, place = _asked(request)
    if request.GET.get("all"):
        pks = listing(what, place)[:AT_ONCE] if what != NO_TWIN else []
        codes = [one.code for one in _things(what, pks)]
    else:
        asked = [code for code in dict.fromkeys(request.GET.getlist("entry")) if "\x00" not in code][:AT_ONCE]
        known = set(Entry.objects.filter(code__in=asked).values_list("code", flat=True))
        codes = [code for code in asked if code in known]  # in the list's order
    if not codes:
        messages.warning(request, _("Tick the words that are to be recorded."))
        return redirect(links.missing(what, **({kind: place.pk} if kind else {})))
    address = links.new_session(request.user, codes=codes)
    if not address:
        raise PermissionDenied
    return redirect(address)


@require_POST
@for_the_studio
def switch_letter(request: HttpRequest) -> HttpResponse:
    """Subscribe to the weekly letter, or leave it: one click, and back to where it was made."""
    is_wanted = request.POST.get("wanted") == "yes"
    weekly.switch(user=request.user, is_wanted=is_wanted)
    if is_wanted:
        messages.success(request, _("You will get a letter each week."))
    else:
        messages.success(request, _("You will get no more weekly letters."))
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(back if is_ours else reverse("studio_completeness"))

"""A new session: what is missing is gathered, looked through, put in order, and becomes the prompts.

It is one form without a script: whatever is pressed, all that was typed and chosen comes back with it.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from dictionary.models import Entry

from .forms import SessionForm, WantedForm
from .gathering import MOST_PROMPTS, gather, in_order
from .services import create_session
from .views import ADD, create_errors, need, trail

FAULTY = 400


@require_http_methods(["GET", "HEAD", "POST"])
def new_session(request: HttpRequest) -> HttpResponse:
    """Show what would be asked for and let it be changed; the button at the end makes the session.

    `?lesson=`, `?module=` (primary keys of pages), `?theme=`, `?q=` and `?entries=` (codes) say what to begin with.
    """
    need(request, ADD)
    if request.method != "POST":
        return _gathered(request, WantedForm(request.GET), SessionForm())
    action, _colon, code = request.POST.get("do", "create").partition(":")
    wanted = WantedForm(request.POST)
    if action == "gather":
        return _gathered(request, wanted, _as_typed(request))
    codes = [one for one in dict.fromkeys(request.POST.getlist("entry")) if "\x00" not in one][:MOST_PROMPTS]
    if action == "create":
        return _create(request, wanted, _entries(codes))
    return _page(request, wanted, _as_typed(request), _entries(_changed(codes, action, code)))


def _as_typed(request: HttpRequest) -> SessionForm:
    """Return the form with what was typed, but without a word about what is still missing."""
    return SessionForm(initial=request.POST.dict())


def _gathered(request: HttpRequest, wanted: WantedForm, form: SessionForm) -> HttpResponse:
    found = gather(wanted.wanted())
    return _page(request, wanted, form, found.entries, total=found.total)


def _entries(codes: list[str]) -> list[Entry]:
    by_code = dict(Entry.objects.filter(code__in=codes).values_list("code", "pk"))
    return in_order(by_code[code] for code in codes if code in by_code)


def _changed(codes: list[str], action: str, code: str) -> list[str]:
    """Return the codes with one of them moved or taken out."""
    if code not in codes:
        return codes
    place, codes = codes.index(code), [one for one in codes if one != code]
    step = {"up": -1, "down": 1}.get(action)
    if step is not None:
        codes.insert(max(place + step, 0), code)
    return codes


def _create(request: HttpRequest, wanted: WantedForm, entries: list[Entry]) -> HttpResponse:
    form = SessionForm(request.POST)
    if not form.is_valid():
        return _page(request, wanted, form, entries)
    try:
        session = create_session(entries=entries, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        create_errors(form, error)
        return _page(request, wanted, form, entries)
    count = session.prompts.count()
    made = ngettext("A session with %(count)d prompt is ready.", "A session with %(count)d prompts is ready.", count)
    messages.success(request, made % {"count": count})
    return redirect("studio_session", session.pk)


def _page(
    request: HttpRequest, wanted: WantedForm, form: SessionForm, entries: list[Entry], *, total: int = 0
) -> HttpResponse:
    title = _("New recording session")
    context: dict[str, Any] = {
        "page_title": title,
        "header_icon": "media",
        "breadcrumbs_items": trail({"url": "", "label": title}),
        "wanted": wanted,
        "form": form,
        "entries": entries,
        "total": max(total, len(entries)),
        "most": MOST_PROMPTS,
    }
    return render(request, "studio/admin/new_session.html", context, status=FAULTY if form.errors else 200)

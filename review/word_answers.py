"""The editor's step: what is made of what native reviewers say about words."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.auth import permission_denied

from dictionary.models import Entry, SignOff
from dictionary.reviewing import add_told_form, decide, leave_as_it_is, make_main_form, waiting_one
from lessons.contested import is_same_form
from progress.appeals import accept_form, propose_spoken_form

from .word_views import FAULTY, faults_of

RIGHT_TO_ANSWER = "dictionary.change_entry"
SHOWN = 50


@transaction.atomic
def take_as_variant(*, sign_off: SignOff, by: Any) -> SignOff:
    """Add the form that a reviewer told to the word's variants, with the day on which they said it.

    It counts for learners who wrote it before as well, as any form does that a reviewer accepts in `progress.appeals`.
    Raises `ValidationError` that names `form`.
    """
    current = waiting_one(sign_off, SignOff.DIFFERENTLY)
    entry = Entry.objects.select_for_update().get(pk=current.entry_id)
    add_told_form(entry, current.form, current.form_variety, by, day=current.signed_on)
    # Another spelling of the same form has counted all along: nobody's answer is to be judged again.
    if not is_same_form(current.form, entry.text):
        queued = propose_spoken_form(entry=entry, form=current.form)
        accept_form(form=queued, by=by, spelling=current.form, variety=current.form_variety or entry.variety)
    return decide(current, SignOff.VARIANT, by)


ANSWERS = {"variant": take_as_variant, "main": make_main_form}


@require_safe
def answers(request: HttpRequest, code: str) -> HttpResponse:
    """Show what reviewers said about a word, and let an editor answer what waits."""
    if not request.user.has_perm(RIGHT_TO_ANSWER):
        return permission_denied(request)
    return _page(request, get_object_or_404(Entry.objects.prefetch_related("glosses"), code=code))


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a told form as a variant, make it the main form, or leave the word as it is and say why."""
    if not request.user.has_perm(RIGHT_TO_ANSWER):
        return permission_denied(request)
    said = get_object_or_404(SignOff.objects.select_related("entry"), pk=pk)
    outcome = request.POST.get("outcome", "")
    try:
        if outcome == "kept":
            leave_as_it_is(sign_off=said, by=request.user, reason=request.POST.get("reason", ""))
        elif outcome in ANSWERS:
            ANSWERS[outcome](sign_off=said, by=request.user)
        else:
            raise ValidationError({"outcome": _("Choose what becomes of it.")})
    except ValidationError as error:
        return _page(request, said.entry, error, said)
    messages.success(request, _("Kept. The reviewer sees it in the list of their words."))
    return redirect("review_word_answers", said.entry.code)


def _page(
    request: HttpRequest, entry: Entry, fault: ValidationError | None = None, faulty: SignOff | None = None
) -> HttpResponse:
    said = SignOff.objects.filter(entry=entry).select_related(
        "by", "form_variety", "variety", "comment", "decided_by", "entry"
    )
    rows = list(said[:SHOWN])
    title = _("What reviewers say")
    editor = AdminURLFinder(request.user).get_edit_url(entry) or ""
    context = {
        "page_title": title,
        "header_title": title,
        "header_icon": "openquote",
        "breadcrumbs_items": [{"url": editor, "label": entry.text}, {"url": "", "label": title}],
        "entry": entry,
        "editor": editor,
        "waiting": [one for one in rows if one.is_waiting],
        "done": [one for one in rows if not one.is_waiting],
        "faults": faults_of(fault),
        "faulty": faulty,
        "reason": request.POST.get("reason", "") if fault else "",
    }
    return render(request, "review/admin/word_answers.html", context, status=FAULTY if fault else 200)


def answers_url(entry: Entry) -> str:
    return reverse("review_word_answers", args=[entry.code])

"""The reviewers' queue of questions: one at a time, with the place that the answer fills; and what became of them."""

from typing import Any, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied

from accounts.models import User
from dictionary.reviewing import profile_of

from .lessons import PERMISSION
from .models import Answer
from .questions import Question, entries_of, find_question, queue_for, said_to, titles_of
from .questions_services import LONGEST_FORM, LONGEST_NAME, LONGEST_TEXT, answer_question

PER_PAGE = 25
OTHERS = 5
FAULTY = 400


@never_cache
@require_http_methods(["GET", "HEAD"])
def questions(request: HttpRequest) -> HttpResponseBase:
    """Lead to the question that comes next, or say that none is left; `after` names the one that was left alone."""
    if not request.user.has_perm(PERMISSION):
        return permission_denied(request)
    waiting = queue_for(request.user)
    after = request.GET.get("after", "")
    names = [name_of(one) for one in waiting]
    start = names.index(after) + 1 if after in names else 0
    if start < len(waiting):
        return redirect(address_of(waiting[start]))
    context = {**_frame(_("Questions")), "count": len(waiting)}
    return render(request, "review/admin/questions_done.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, lesson: UUID, digest: str, place: str) -> HttpResponseBase:
    """Show one question in its place; POST keeps what this reviewer says to it."""
    if not request.user.has_perm(PERMISSION):
        return permission_denied(request)
    found = find_question(lesson, digest, place)
    if request.method != "POST":
        if found is None:
            raise Http404
        return _page(request, found)
    if found is None:
        return _gone(request)
    data = request.POST
    try:
        answer_question(
            question=found,
            by=request.user,
            text=data.get("text", ""),
            romani=data.get("romani", ""),
            signed_as=data.get("signed_as", ""),
        )
    except ValidationError as error:
        return _page(request, found, faults=error.message_dict)
    messages.success(request, _("Thank you. An editor takes it from here."))
    return redirect(address_of(found))


@never_cache
@require_http_methods(["GET", "HEAD"])
def my_answers(request: HttpRequest) -> HttpResponse:
    """List what this reviewer has said, the newest first, and what became of it."""
    if not request.user.has_perm(PERMISSION):
        return permission_denied(request)
    mine = Answer.objects.filter(by=request.user.pk).select_related("entry").order_by("-said_on", "-pk")
    rows = Paginator(mine, PER_PAGE).get_page(request.GET.get("p"))
    lessons = titles_of(one.lesson for one in rows)
    context = {
        **_frame(_("What you have answered")),
        "rows": rows,
        "answers": [(one, lessons.get(one.lesson)) for one in rows],
    }
    return render(request, "review/admin/questions_mine.html", context)


def name_of(question: Question) -> str:
    return f"{question.lesson}.{question.digest}.{question.place}"


def address_of(question: Question) -> str:
    return reverse("review_question", args=[question.lesson, question.digest, question.place])


def _page(request: HttpRequest, found: Question, faults: dict[str, list[str]] | None = None) -> HttpResponse:
    there = Answer.objects.filter(lesson=found.lesson, digest=found.digest).select_related("by").order_by("-said_on")
    answers = said_to([found], there).to(found)
    mine = next((one for one in answers if one.by_id == request.user.pk), None)
    typed = request.POST if faults is not None else None
    editable = mine if mine is not None and mine.state == Answer.ANSWERED else None
    entries = entries_of(found)
    context = {
        **_frame(found.title),
        "question": found,
        "lines": [(line, entries.get(line.entry or 0)) for line in found.lines],
        "mine": mine,
        "others": [one for one in answers if one is not mine][:OTHERS] if mine is not None else [],
        "said_by_others": len(answers) if mine is None else 0,
        "faults": faults or {},
        "text": typed.get("text", "") if typed is not None else getattr(editable, "text", ""),
        "romani": typed.get("romani", "") if typed is not None else getattr(editable, "romani", ""),
        "signed_as": typed.get("signed_as", "") if typed is not None else _name(request, editable),
        "longest": {"text": LONGEST_TEXT, "romani": LONGEST_FORM, "signed_as": LONGEST_NAME},
        "next": f"{reverse('review_questions')}?after={name_of(found)}",
    }
    return render(request, "review/admin/question.html", context, status=FAULTY if faults else 200)


def _name(request: HttpRequest, mine: Answer | None) -> str:
    """Return how this person signs words, unless they signed this answer otherwise; before that, as the last answer
    or by the account's name."""
    if mine is not None:
        return mine.signed_as
    if profile := profile_of(request.user):
        return profile.signs_as
    last = Answer.objects.filter(by=request.user.pk).order_by("-said_on").values_list("signed_as", flat=True).first()
    user = cast(User, request.user)  # nobody else gets into the admin
    return user.name if last is None else last


def _gone(request: HttpRequest) -> HttpResponse:
    """Say that the author asks something else now; what was typed can be copied."""
    typed = [request.POST.get(name, "") for name in ("text", "romani")]
    context = {**_frame(_("Questions")), "typed": "\n".join(text for text in typed if text)}
    return render(request, "review/admin/question_gone.html", context, status=FAULTY)


def _frame(title: str) -> dict[str, Any]:
    return {
        "page_title": title,
        "header_icon": "help",
        "breadcrumbs_items": [
            {"url": reverse("review_home"), "label": _("Native review")},
            {"url": reverse("review_questions"), "label": _("Questions")},
            {"url": "", "label": title},
        ],
    }

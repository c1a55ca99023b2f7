"""Quizzes as pages: what counts, the attempt, its result. Personal, so never cached; they work without a script."""

import uuid as uuids
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lessons.models import Quiz
from lessons.querysets import Place, page_of_quiz, place_of, visible_quizzes
from lessons.services import quiz_rules

from .appeals import appeal_answer
from .hints import open_hint
from .models import Attempt
from .querysets import attempts_of, notices_of, percent
from .services import (
    answer_exercise,
    close_all_over,
    close_when_over,
    see_notices,
    start_attempt,
    submit_attempt,
)
from .shown import attempt_result, attempt_steps, quiz_standings, shown_notices
from .taking import FormAnswer, read_form

FAULTY = 400
MOST_NOTICES = 5
WAITING = "answer_waiting"
LONGEST_WAITING = 20_000
"""Characters of a form that wait in a session for its owner to sign in again; no exercise's form is as long."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say what counts before the start; POST starts an attempt, or goes on with the one that is open."""
    found = visible_quizzes().filter(uuid=uuid).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)
        return _start(request, found)
    return _quiz_page(request, found)


def _quiz_page(request: HttpRequest, found: Quiz, fault: str = "") -> HttpResponse:
    attempts = close_all_over(attempts=attempts_of(request.user).filter(quiz_uuid=found.uuid).order_by("id"))
    standing = next(iter(quiz_standings(attempts)), None)
    if standing and standing["best_score"] is not None:
        standing["best_percent"] = percent(standing["best_score"])
    used = len(attempts)
    context = {
        "quiz": found,
        "rules": quiz_rules(found),
        "home": _page_of(found),
        "standing": standing,
        "used": used,
        "left": max(found.attempts_allowed - used, 0) if found.attempts_allowed is not None else None,
        "new_id": uuids.uuid4(),
        "fault": fault,
        "notices": _notices(request, found),
    }
    return render(request, "progress/quiz.html", context, status=FAULTY if fault else 200)


def _notices(request: HttpRequest, found: Quiz) -> list[dict[str, Any]]:
    if not request.user.is_authenticated:
        return []
    return shown_notices(list(notices_of(request.user).filter(attempt__quiz_uuid=found.uuid)[:MOST_NOTICES]))


def _start(request: HttpRequest, found: Quiz) -> HttpResponse:
    """Start the attempt whose id the form carried: a double click or a form sent again starts one."""
    try:
        wanted = UUID(request.POST.get("id", ""))
    except ValueError:
        wanted = uuids.uuid4()
    mine = attempts_of(request.user).filter(quiz_uuid=found.uuid)
    close_all_over(attempts=mine.filter(submitted_at=None))
    known = mine.filter(uuid=wanted).first() or mine.filter(submitted_at__isnull=True).order_by("-id").first()
    if known is None:
        try:
            known, _made = start_attempt(user=request.user, quiz=found, attempt_id=wanted)
        except ValidationError as error:
            return _quiz_page(request, found, fault=error.messages[0])
    return redirect("attempt", known.uuid)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attempt(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show an attempt: its questions while it is open, its result afterwards. POST answers one question or hands in.

    What is sent after the session has ended waits until its owner has signed in again.
    """
    if not request.user.is_authenticated:
        if request.method == "POST":
            _let_wait(request)
        return redirect_to_login(request.path)
    found = attempts_of(request.user).select_related("quiz").filter(uuid=uuid).first()
    if found is None:
        raise Http404
    sent = request.POST if request.method == "POST" else _waiting(request)
    if sent is None:
        return _attempt_page(request, close_when_over(attempt=found))
    if "submit" in sent:
        submit_attempt(attempt=found)
        return redirect("attempt", found.uuid)
    if "appeal" in sent:
        return _appeal(request, found, sent)
    if "hint" in sent:
        return _hint(request, found, sent)
    return _answer(request, found, sent)


def _let_wait(request: HttpRequest) -> None:
    form = request.POST.urlencode()
    if len(form) <= LONGEST_WAITING:
        request.session[WAITING] = {"path": request.path, "form": form}


def _waiting(request: HttpRequest) -> QueryDict | None:
    """Return, once, the form that was sent to this page before its owner signed in."""
    kept = request.session.get(WAITING)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[WAITING]
    return QueryDict(kept["form"])


def _appeal(request: HttpRequest, found: Attempt, sent: QueryDict) -> HttpResponse:
    """Send an answer to the reviewers' queue and show its question again; the page says how it stands."""
    form = read_form(sent, found)
    # There may be nothing to appeal any more: another tab was first, or the form was accepted meanwhile.
    with suppress(ValidationError):
        appeal_answer(user=request.user, attempt=found.uuid, exercise=form.exercise)
    return redirect(f"{request.path}#q{form.position}")


def _hint(request: HttpRequest, found: Attempt, sent: QueryDict) -> HttpResponse:
    """Open a hint that costs and show its question again, as far as it was filled in."""
    number = str(sent["hint"])
    if not (number.isascii() and number.isdecimal() and len(number) < 4):
        raise Http404
    form = replace(read_form(sent, found), fault="", hint=int(number))
    # A form that was sent again after the one before it may come too early; the page says which is next.
    with suppress(ValidationError):
        open_hint(user=request.user, attempt=found.uuid, exercise=form.exercise, number=form.hint)
    return _attempt_page(request, close_when_over(attempt=found), form)


def _answer(request: HttpRequest, found: Attempt, sent: QueryDict) -> HttpResponse:
    """Keep the answer of one question's form and lead on; show the form again, as it was, if it cannot be taken."""
    form = read_form(sent, found)
    if form.fault:
        return _attempt_page(request, found, form)
    try:
        answer_exercise(
            user=request.user, attempt=found.uuid, exercise=form.exercise, answer=form.answer, client_id=form.client_id
        )
    except ValidationError as error:
        return _attempt_page(request, found, form.refused(error.messages[0]))
    if not close_when_over(attempt=found).is_open:
        return redirect(request.path)  # where it says that the answer came too late
    # With feedback at once the question itself is shown again, with its verdict; otherwise the next one.
    place = form.position if found.gives_feedback_at_once else form.position + 1
    return redirect(f"{request.path}#q{place}" if place <= form.whole else f"{request.path}#finish")


def _attempt_page(request: HttpRequest, found: Attempt, form: FormAnswer | None = None) -> HttpResponse:
    home = _page_of(found.quiz) if found.quiz else None
    see_notices(attempt=found)
    if not found.is_open:
        place = place_of(home) if home else Place()
        context = attempt_result(found) | {"attempt": found, "quiz": found.quiz, "home": home}
        context |= {"onward": place.after or place.course, "is_last": place.after is None}
        context["left"] = _attempts_left(request, found)
        return render(request, "progress/result.html", context)
    context = attempt_steps(found, form) | {"attempt": found, "quiz": found.quiz, "home": home}
    return render(request, "progress/attempt.html", context, status=FAULTY if form and form.fault else 200)


def _attempts_left(request: HttpRequest, found: Attempt) -> bool:
    """Say whether the learner may try this quiz again; no, if it is not offered any more."""
    if found.quiz is None or not visible_quizzes().filter(pk=found.quiz.pk).exists():
        return False
    allowed = found.quiz.attempts_allowed
    return allowed is None or attempts_of(request.user).filter(quiz_uuid=found.quiz_uuid).count() < allowed


def _page_of(found: Quiz) -> Any:
    return page_of_quiz(found, get_language() or "lv")

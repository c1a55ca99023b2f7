"""After too many wrong passwords (django-axes): whom it concerns, and what they see."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def login_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str | None:
    """Return the e-mail address of an attempt, whichever form it came through."""
    given = credentials or request.POST
    for name in ("username", "email", "login"):
        if value := given.get(name):
            return str(value).strip().lower()[:254]
    return None


def respond(request: HttpRequest, *_args: Any) -> HttpResponse:
    """Answer 429: a page for people, problem details for programs."""
    if not request.path.startswith("/api/"):
        return too_many(request)
    body = {
        "type": "about:blank",
        "title": _("Too many requests"),
        "status": 429,
        "detail": _("There were too many attempts. Please wait a quarter of an hour and try again."),
    }
    return JsonResponse(body, status=429, content_type="application/problem+json")


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Show the page that asks to wait."""
    return render(request, "accounts/too_many.html", status=429)

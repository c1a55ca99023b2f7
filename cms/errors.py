"""What a visitor sees when something fails: plain words, a way on, and never a blank page.

Below /api/ the same failures have the shape that programs expect.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

STATUS_TEXTS = {
    400: (gettext_lazy("This request cannot be read"), gettext_lazy("Go back and try again.")),
    403: (gettext_lazy("This page is not open to you"), gettext_lazy("Sign in with an account that may see it.")),
    404: (gettext_lazy("There is no such page"), gettext_lazy("Open the course or search the dictionary.")),
}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain a form that was open too long; what was typed is still in the page one step back."""
    title = _("The form has expired")
    advice = _("Go back, reload the page and send it again. What you typed is still there.")
    return _page(request, 403, title, advice)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer without database and session: either may be what failed."""
    title, advice = _("Something went wrong on our side"), _("Your answers are safe. Please try again in a moment.")
    if request.path.startswith("/api/"):
        return _problem(500, title, advice)
    context = {"title": title, "advice": advice, "site": settings.WAGTAIL_SITE_NAME}
    try:
        page: str = loader.render_to_string("cms/500.html", context)
    except Exception:  # whatever failed: this is the last page before a blank one
        page = f"<!doctype html><title>{title}</title><h1>{title}</h1><p>{advice}</p>"
    return HttpResponse(page, status=500)


def _page(request: HttpRequest, status: int, title: Any = None, advice: Any = None) -> HttpResponse:
    title, advice = title or STATUS_TEXTS[status][0], advice or STATUS_TEXTS[status][1]
    if request.path.startswith("/api/"):
        return _problem(status, title, advice)
    context = {"title": title, "advice": advice, "status": status}
    response = HttpResponse(loader.render_to_string("cms/error.html", context, request), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _problem(status: int, title: Any, detail: Any) -> JsonResponse:
    body = {"type": "about:blank", "title": str(title), "status": status, "detail": str(detail)}
    return JsonResponse(body, status=status, content_type="application/problem+json")

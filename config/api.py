"""The one shape of the API's errors.

Sign-in and pages of a list stand in modules of their own: DRF loads them while its views are still loading.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler

PROBLEM = "application/problem+json"

TITLES = {
    400: gettext_noop("The request is not right"),
    401: gettext_noop("Please sign in"),
    403: gettext_noop("This is not allowed"),
    404: gettext_noop("Not found"),
    405: gettext_noop("This method is not offered here"),
    413: gettext_noop("The request is too large"),
    415: gettext_noop("Please send JSON"),
    429: gettext_noop("Too many requests"),
}


class SessionScheme(OpenApiAuthenticationExtension):
    """Sign-in by session, for the schema."""

    target_class = "config.api_auth.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}


def problem_details(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Render every error as problem details (RFC 9457) whose `errors` name the fields.

    Django's own ValidationError counts too: services raise it, and DRF alone would make it a 500.
    """
    if isinstance(exc, DjangoValidationError):
        errors = exc.message_dict if hasattr(exc, "error_dict") else {api_settings.NON_FIELD_ERRORS_KEY: exc.messages}
        exc = exceptions.ValidationError(errors)
    response = exception_handler(exc, context)
    if response is None:
        return None
    body: dict[str, Any] = {"type": "about:blank", "title": title(response.status_code), "status": response.status_code}
    if isinstance(exc, exceptions.ValidationError):
        body["detail"] = _("Please correct the fields named under errors.")
        body["errors"] = flatten(response.data)
    else:
        body["detail"] = str(getattr(exc, "detail", "")) or body["title"]
        if isinstance(exc, Http404 | exceptions.NotFound):
            body["detail"] = _("There is nothing at this address.")
        elif isinstance(exc, PermissionDenied):
            body["detail"] = str(exc) or body["title"]
    response.data = body
    response.content_type = PROBLEM
    return response


def flatten(data: Any, path: str = "") -> dict[str, list[str]]:
    """Turn nested errors into {"path.to.field": ["message", …]}."""
    if isinstance(data, dict):
        found: dict[str, list[str]] = {}
        for key, value in data.items():
            found |= flatten(value, f"{path}.{key}" if path else str(key))
        return found
    if isinstance(data, list):
        if all(not isinstance(item, dict | list) for item in data):
            return {path or api_settings.NON_FIELD_ERRORS_KEY: [str(item) for item in data]}
        found = {}
        for number, item in enumerate(data):
            found |= flatten(item, f"{path}.{number}" if path else str(number))
        return found
    return {path or api_settings.NON_FIELD_ERRORS_KEY: [str(data)]}


def title(status: int) -> str:
    return _(TITLES.get(status, gettext_noop("The request could not be answered")))


@csrf_exempt  # whatever the method: that there is nothing needs no protection
def not_found(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
    """Answer an unknown address below /api/ in the API's own shape."""
    body = {"type": "about:blank", "title": title(404), "status": 404, "detail": _("There is nothing at this address.")}
    return JsonResponse(body, status=404, content_type=PROBLEM)


def server_error(request: HttpRequest) -> JsonResponse:
    """Keep the API's shape even where our own code failed."""
    body = {
        "type": "about:blank",
        "title": _("Something went wrong on our side"),
        "status": 500,
        "detail": _("Your answers are safe. Please try again in a moment."),
    }
    return JsonResponse(body, status=500, content_type=PROBLEM)

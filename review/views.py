"""The room's first page: what waits, and where to begin."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .parts import parts_for


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show each part with how much waits in it. Who has no part in it is refused as anywhere in the CMS."""
    parts = parts_for(request)
    if not parts:
        raise PermissionDenied
    context = {"page_title": _("Native review"), "header_icon": "glasses", "parts": parts}
    return render(request, "review/admin/home.html", context)

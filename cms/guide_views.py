"""The guides in the admin. Whoever may enter the admin may read them all."""

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from . import guides


@require_safe
def show_guide(request: HttpRequest, name: str = guides.CONTENTS) -> TemplateResponse:
    """Show one guide; without a name the table of contents, which is a guide too."""
    found = guides.guide(name)
    if found is None:
        raise Http404
    whole = {"url": reverse("guides") if name != guides.CONTENTS else "", "label": _("Guides")}
    here = [{"url": "", "label": found.title}] if name != guides.CONTENTS else []
    context = {
        "guide": found,
        "header_title": found.title,
        "breadcrumbs_items": [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, whole, *here],
        "header_icon": "help",
    }
    return TemplateResponse(request, "cms/guide.html", context)


@require_safe
@cache_control(private=True, max_age=3600)
def guide_picture(request: HttpRequest, name: str) -> HttpResponseBase:
    path = guides.picture(name)
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"))

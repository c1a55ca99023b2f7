"""Views that belong to no page of the tree."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms.caching import cacheable
from cms.search import clean_query, search_site

SHOWN = 40


def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask for the icon by its old name to the wheel."""
    return redirect(static("cms/wheel.svg"))


@require_safe
@cacheable
def search_page(request: HttpRequest) -> HttpResponse:
    """Show what was found for `?q=`; without it, the empty form. The same for everyone, so it is cached."""
    query = clean_query(request.GET.get("q", ""))
    hits = search_site(query, get_language() or "lv", request)
    return TemplateResponse(
        request, "cms/search.html", {"query": query, "hits": hits[:SHOWN], "is_cut": len(hits) > SHOWN}
    )

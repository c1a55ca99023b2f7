"""Pages of a list."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request


class Pages(PageNumberPagination):
    """At most 100 rows at once."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 100

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any] | None:
        # SQLite's integers end at 2**63: an absurd page number is simply not there.
        if len(request.query_params.get(self.page_query_param, "")) > 9:
            raise NotFound(_("There is no such page."))
        return super().paginate_queryset(queryset, request, view)

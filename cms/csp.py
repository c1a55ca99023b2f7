"""The content policy of the editors' side.

Everything else on the site runs under the strict policy in the settings. Wagtail's date pickers,
in the page editor and the explorer, still come with inline scripts, and its images with blobs.
"""

from collections.abc import Callable

from csp.constants import UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

ADMIN_ALSO = {"script-src": [UNSAFE_INLINE], "style-src": [UNSAFE_INLINE], "img-src": ["blob:"]}


class AdminPolicyMiddleware:
    """Add to the policy of `/admin/`, and of nothing else, what Wagtail needs. Stands below django-csp's middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.prefix = ""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Resolved late: the addresses are not loaded yet when the server builds its middleware.
        self.prefix = self.prefix or reverse("wagtailadmin_home")
        if request.path.startswith(self.prefix):
            response._csp_update = ADMIN_ALSO  # type: ignore[attr-defined]  # django-csp's own protocol
        return response

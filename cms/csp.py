"""The content policy of the editors' side.

Everything else on the site runs under the strict policy in the settings. Wagtail's date pickers,
in the page editor and the explorer, still come with inline scripts, and its images with blobs.
"""

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

ADMIN_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "media-src": [SELF, "blob:"],
}


class AdminPolicyMiddleware:
    """Give `/admin/`, and nothing else, the policy that Wagtail needs. Stands below django-csp's middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.prefix = ""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Resolved late: the addresses are not loaded yet when the server builds its middleware.
        self.prefix = self.prefix or reverse("wagtailadmin_home")
        if request.path.startswith(self.prefix):
            response._csp_replace = ADMIN_POLICY  # type: ignore[attr-defined]  # django-csp's own protocol
        return response

"""Every address of the site.

HTML has its language in the address (none = Latvian); the API takes it from Accept-Language.
"""

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.cache import cache_control
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from cms.health import healthz
from cms.views import favicon
from config import api

# The browsable description styles itself inline; its script comes as a file of ours.
api_docs = csp_update({"style-src": [UNSAFE_INLINE]})(SpectacularSwaggerSplitView.as_view(url_name="schema"))

api_v1: list[URLPattern | URLResolver] = [
    path("", include("courses.api.urls")),
    path("", include("lessons.api.urls")),
    path("", include("dictionary.api.urls")),
    path("", include("media.api.urls")),
    path("", include("progress.api.urls")),
    path("", include("studio.api.urls")),
    path("", include("accounts.api.urls")),
    path("schema/", cache_control(max_age=300)(SpectacularAPIView.as_view()), name="schema"),
    path("docs/", api_docs, name="api-docs"),
]

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("favicon.ico", favicon),
    path("admin/try-out/", include("lessons.urls")),
    path("admin/", include(admin_urls)),
    path("documents/", include(document_urls)),
    path("audio/", include("media.urls")),
    path("api/v1/", include(api_v1)),
    re_path(r"^api/.*$", api.not_found),
]

if not settings.S3_BUCKET:
    # Images by this process where no web server stands in front; recordings have their own view.
    from cms.files import serve_file

    urlpatterns.append(path(f"{settings.MEDIA_URL.strip('/')}/<path:path>", serve_file, name="file"))

urlpatterns += i18n_patterns(
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("tests/", include("progress.urls")),
    path("vingrinajumi/", include("lessons.page_urls")),
    path("klausisanas/", include("dictionary.page_urls")),
    path("", include("cms.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler400 = "cms.errors.bad_request"
handler403 = "cms.errors.permission_denied"
handler429 = "accounts.lockout.too_many"  # asked for by allauth's limits
handler404 = "cms.errors.page_not_found"
handler500 = "cms.errors.server_error"

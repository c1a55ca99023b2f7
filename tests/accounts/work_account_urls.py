"""The site's addresses, with those that exist only where OIDC_SERVER_URL is set."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from config import urls

urlpatterns = [
    *i18n_patterns(
        path("accounts/", include("accounts.work_account_urls")),
        path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
        prefix_default_language=False,
    ),
    *urls.urlpatterns,
]
handler429 = urls.handler429

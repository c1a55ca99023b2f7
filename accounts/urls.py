"""Pages of the account beside those of django-allauth. Comes before allauth's own addresses."""

from allauth.account import views as allauth_views
from django.conf import settings
from django.urls import include, path
from django.views.decorators.cache import never_cache

from accounts import views

urlpatterns = [
    path("profile/", views.profile, name="account_profile"),
    path("profile/keys/", views.tokens, name="account_tokens"),
    path("profile/keys/<slug:token_key>/", views.revoke_token, name="account_revoke_token"),
    path("profile/erase/", views.erase, name="account_erase"),
    # allauth's, but these pages show an address or belong to one person, so no cache may keep them.
    path("email/", never_cache(allauth_views.email), name="account_email"),
    path("password/change/", never_cache(allauth_views.password_change), name="account_change_password"),
    path("password/set/", never_cache(allauth_views.password_set), name="account_set_password"),
]

if settings.OIDC_SERVER_URL:
    urlpatterns.append(path("", include("accounts.work_account_urls")))

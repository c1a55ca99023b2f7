"""Addresses of signing in with an account at work; they exist where OIDC_SERVER_URL is set.

They stand before allauth's own, which would answer 500 while the other server is down.
"""

from collections.abc import Callable
from functools import wraps

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponse
from django.urls import path
from requests import RequestException


def expecting_failure(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Show a page that says what to do when the other server fails or answers nonsense."""

    @wraps(view)
    def inner(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return view(request, provider_id)
        except (RequestException, OAuth2Error, KeyError) as error:
            return render_authentication_error(request, provider_id, exception=error)

    return inner


urlpatterns = [
    path("oidc/<slug:provider_id>/login/", expecting_failure(views.login), name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", expecting_failure(views.callback), name="openid_connect_callback"),
]

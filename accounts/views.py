"""The account's own pages: details, keys for programs, erasure. All else about sign-in is allauth's."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import services
from accounts.adapter import front_page
from accounts.forms import ErasureForm, ProfileForm, TokenForm
from accounts.models import ApiToken, User


class PersonRequest(HttpRequest):
    """A request by somebody who is signed in."""

    user: User


def personal(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make a page of one person's: only for who is signed in, and kept by no cache."""
    return never_cache(login_required(view))


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, even if it is nothing; None when a page is only looked at."""
    return request.POST if request.method == "POST" else None


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: PersonRequest) -> HttpResponse:
    """Show and change what the person told about themselves."""
    form = ProfileForm(posted(request), instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("account_profile")
    # A form with mistakes has put them into request.user; the page around it shows what is stored.
    request.user.refresh_from_db()
    return render(request, "accounts/profile.html", {"form": form})


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: PersonRequest) -> HttpResponse:
    """List keys; make one, whose text this one answer shows."""
    form, text = TokenForm(posted(request)), ""
    if request.method == "POST" and form.is_valid():
        try:
            _token, text = services.create_token(user=request.user, name=form.cleaned_data["name"])
            form = TokenForm()
        except ValidationError as error:
            form.add_error(None, error)
    keys = ApiToken.objects.filter(user=request.user)
    return render(request, "accounts/tokens.html", {"form": form, "new_key": text, "keys": keys})


@personal
@require_POST
def revoke_token(request: PersonRequest, token_key: str) -> HttpResponse:
    """Take one key back."""
    get_object_or_404(ApiToken, user=request.user, token_key=token_key).delete()
    messages.success(request, _("The key has been taken back. It opens nothing any more."))
    return redirect("account_tokens")


@personal
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: PersonRequest) -> HttpResponse:
    """Ask once more, then erase the account with everything kept about the person."""
    form = ErasureForm(posted(request))
    asks_password = request.user.has_usable_password()
    if not asks_password:
        form.fields["password"].required = False
    if request.method == "POST" and form.is_valid() and _erase(request, form):
        logout(request)
        return redirect(front_page())
    return render(request, "accounts/erase.html", {"form": form, "asks_password": asks_password})


def _erase(request: PersonRequest, form: Any) -> bool:
    try:
        services.confirm_person(request, user=request.user, password=form.cleaned_data["password"])
        services.erase_account(user=request.user)
    except ValidationError as error:
        form.add_error("password", error.messages)
        return False
    return True

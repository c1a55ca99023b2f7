"""How allauth behaves here: our fields, our words, letters in the reader's language."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts import languages
from accounts.models import User
from accounts.work_accounts import minimal

OWN_FIELDS = ("name", "role", "municipality", "language")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts with an e-mail address and a password. Signing up is open to everyone."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is your e-mail already."),
        "email_password_mismatch": _("The e-mail and the password do not match."),
        "email_taken": _("An account with this e-mail exists already."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
        "invalid_password_reset": _("This link is no longer valid."),
        "rate_limited": _("That was too often. Please wait a few minutes."),
        "too_many_login_attempts": _("There were too many attempts. Please wait five minutes and try again."),
    }

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        for name in OWN_FIELDS:
            if name in form.cleaned_data:
                setattr(user, name, form.cleaned_data[name])
        return super().save_user(request, user, form, commit)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the language that the reader chose; links lead to pages in that language too."""
        user = context.get("user") or User.objects.filter(email=email).first()
        language = user.language if user else languages.active()
        context = {
            name: translate_url(value, language) if name.endswith("_url") else value for name, value in context.items()
        }
        with override(language):
            super().send_mail(template_prefix, email, {**context, "user": user})

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return front_page()

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return front_page()

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return front_page()

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_profile")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("account_profile" if self.request.user.is_authenticated else "account_login")


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Accounts at work (OpenID Connect). Of what they tell, only name and e-mail are kept."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "disconnect_last": _("This is your only way to sign in. Set a password first."),
        "no_password": _("This is your only way to sign in. Set a password first."),
        "connected_other": _("This work account belongs to another account here."),
        "email_taken": _("An account with this e-mail exists already. Sign in there and connect your %s."),
    }

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        # Before allauth puts it into the session of a sign-up; stored rows are cut by a signal handler.
        sociallogin.account.extra_data = minimal(sociallogin.account.extra_data)

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        user = super().populate_user(request, sociallogin, {"email": data.get("email")})
        parts = (data.get("first_name"), data.get("last_name"))
        user.name = str(data.get("name") or " ".join(part for part in parts if part))[:150]
        return user

    def get_signup_form_initial_data(self, sociallogin: Any) -> dict[str, Any]:
        initial = super().get_signup_form_initial_data(sociallogin)
        return {"email": initial["email"], "name": sociallogin.user.name, "language": languages.active()}


def front_page() -> str:
    """Return the address of the front page in the language of this request."""
    return reverse("wagtail_serve", args=[""])

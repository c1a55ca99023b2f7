"""What a person may do with their account. Raises Django's ValidationError with the field that is wrong."""

import time

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from knox.settings import knox_settings

from accounts.models import ApiToken, User

RECENT_SECONDS = 300


def create_token(*, user: User, name: str) -> tuple[ApiToken, str]:
    """Return a new key and its text, which nobody can read again. At most ten keys may be valid at once."""
    limit = knox_settings.TOKEN_LIMIT_PER_USER
    with transaction.atomic():
        # Two requests at once must not both take the last place.
        User.objects.select_for_update().get(pk=user.pk)
        valid = ApiToken.objects.filter(Q(expiry__gt=timezone.now()) | Q(expiry=None), user=user)
        if valid.count() >= limit:
            message = _("You have %(limit)d keys already. Take one back first.") % {"limit": limit}
            raise ValidationError({"name": message})
        return ApiToken.objects.create(user=user, name=name)


def sign_in(request: HttpRequest, *, email: str, password: str) -> User:
    """Return whose e-mail and password these are. Shares its limits of attempts with the sign-in page.

    Whoever has not confirmed the e-mail address yet is treated as on the page: not let in.
    """
    user = get_adapter(request).authenticate(request, email=email, password=password)
    if user is None or not user.is_active:
        raise ValidationError({"password": _("The e-mail and the password do not match.")})
    unconfirmed = not EmailAddress.objects.filter(user=user, verified=True).exists()
    if settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory" and unconfirmed:
        raise ValidationError({"email": _("Please confirm your e-mail address first; the letter has the link.")})
    return user


def letter_address(user: User) -> str:
    """Return where letters to the person may go that nobody asked for just now: only to a confirmed address, or ""."""
    is_confirmed = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists()
    return user.email if user.is_active and is_confirmed else ""


def confirm_person(request: HttpRequest, *, user: User, password: str) -> None:
    """Raise ValidationError unless this is surely `user`: by password, or by a sign-in just now."""
    if password:
        if not get_adapter(request).reauthenticate(user, password):
            raise ValidationError({"password": _("This is not your password.")})
    elif not signed_in_recently(request, user):
        if user.has_usable_password():
            raise ValidationError({"password": _("Type your password to confirm.")})
        raise ValidationError({"password": _("Please sign out, sign in again and repeat this within five minutes.")})


def signed_in_recently(request: HttpRequest, user: User) -> bool:
    """Say whether `user` of this session signed in within the last five minutes."""
    moments = [record.get("at", 0) for record in get_authentication_records(request, user)]
    return bool(moments) and time.time() - max(moments) < RECENT_SECONDS


def erase_account(*, user: User) -> None:
    """Erase the account and everything that any app keeps about the person. There is no way back."""
    with transaction.atomic():
        if user.is_superuser:
            others = User.objects.select_for_update().filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
            if not others:
                message = _("You are the only administrator. Make somebody else one first.")
                raise ValidationError({"password": message})
        user.delete()

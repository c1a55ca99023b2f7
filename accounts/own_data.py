"""What this room itself keeps about a person, and how it goes."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from accounts.models import ApiToken, User


def export(user: User) -> dict[str, Any]:
    """Return the account and everything that hangs on it, as plain values."""
    return {
        "email": user.email,
        "name": user.name,
        "role": user.role,
        "municipality": user.municipality,
        "language": user.language,
        "wants_answer_mail": user.wants_answer_mail,
        "listening_variety": user.listening_variety,
        "listening_speed": user.listening_speed,
        "date_joined": user.date_joined,
        "last_login": user.last_login,
        "groups": list(user.groups.order_by("name").values_list("name", flat=True)),
        "addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "keys": list(ApiToken.objects.filter(user=user).values("name", "created", "expiry")),
        "work_accounts": list(
            SocialAccount.objects.filter(user=user).values("provider", "uid", "extra_data", "date_joined", "last_login")
        ),
        "failed_sign_ins": list(
            AccessAttempt.objects.filter(username=user.email).values("attempt_time", "ip_address", "user_agent")
        ),
        "desk": _desk(user),
    }


def _desk(user: User) -> dict[str, Any] | None:
    profile = UserProfile.objects.filter(user=user).first()
    if profile is None:
        return None
    hidden = {"id", "user_id", "avatar"}
    plain = {field.attname: getattr(profile, field.attname) for field in profile._meta.concrete_fields}
    return {name: value for name, value in plain.items() if name not in hidden} | {"avatar": profile.avatar.name}


def erase(user: User) -> None:
    """Remove what does not go with the row of the account: picture, failed sign-ins, their name in the CMS log."""
    profile = UserProfile.objects.filter(user=user).first()
    if profile is not None and profile.avatar:
        profile.avatar.delete(save=False)
    AccessAttempt.objects.filter(username=user.email).delete()
    ModelLogEntry.objects.for_instance(user).delete()

"""Make the first accounts of a new site, so that `make run` can say how to sign in."""

import secrets
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand
from django.db import transaction

from accounts import roles
from accounts.models import User

# E-mail, name, group. The domain exists nowhere (RFC 2606), so no letter reaches a stranger.
FIRST = (
    ("admin@pamatkurss.example", "Administrators", roles.ADMINISTRATORS),
    ("author@pamatkurss.example", "Autors", roles.AUTHORS),
    ("reviewer@pamatkurss.example", "Recenzents", roles.NATIVE_REVIEWERS),
    ("editor@pamatkurss.example", "Redaktors", roles.EDITORS),
    ("coordinator@pamatkurss.example", "Koordinators", roles.COORDINATORS),
    ("learner@pamatkurss.example", "Dalībnieks", roles.LEARNERS),
)
# Without l, o, 0 and 1, which look like others. Fifteen of them hold 75 bits.
EASY = "abcdefghijkmnpqrstuvwxyz23456789"


class Command(BaseCommand):
    """Safe to run at every start: only a site without any account gets these, so one that was deleted stays so."""

    help = "Makes the first accounts of a new site; keeps their passwords in VAR_DIR/accounts.txt."

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.VAR_DIR) / "accounts.txt"
        with transaction.atomic():
            made = (
                [] if User.objects.exists() else [(email, create(email, name, group)) for email, name, group in FIRST]
            )
            if made:
                # Before the commit: an account whose password nobody knows must not stay.
                write(path, made)
        if made:
            self.stdout.write(f"Passwords of the first accounts: {path}")
        elif path.exists():
            self.stdout.write(f"First accounts, made earlier; passwords as they were then: {path}")
        for email, _name, group in FIRST if made or path.exists() else ():
            self.stdout.write(f"  {email}  ({group})")


def create(email: str, name: str, group: str) -> str:
    """Make one account, its address confirmed, and return its password."""
    password = easy_password()
    user = User.objects.create_user(email, password, name=name, is_superuser=group == roles.ADMINISTRATORS)
    user.groups.add(Group.objects.get(name=group))
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    return password


def easy_password() -> str:
    """Return a password that is easy to read and to type on a phone."""
    return "-".join("".join(secrets.choice(EASY) for _ in range(5)) for _ in range(3))


def write(path: Path, made: list[tuple[str, str]]) -> None:
    """Add the lines to a file that only its owner can read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.chmod(0o600)
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"{email}  {password}\n" for email, password in made)

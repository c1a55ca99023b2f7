"""The weekly letter to staff who want it: what is missing, and what has changed since the last one."""

import logging
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.models import User
from accounts.services import letter_address
from progress.letters import is_final

from . import links
from .completeness import LISTS, everything, line_of, may_see, missing_in
from .models import WeeklyLetter

logger = logging.getLogger(__name__)

DONE = "done"
FIGURES = {DONE: gettext_lazy("With a native voice"), **LISTS}


@dataclass(frozen=True)
class Figure:
    """One line of the letter: how many, how many more or fewer than in the last one, and where they are listed."""

    label: str
    count: int
    change: int | None
    url: str

    @property
    def change_in_words(self) -> str:
        if self.change is None:
            return ""
        if not self.change:
            return _("as before")
        return f"+{self.change}" if self.change > 0 else f"−{-self.change}"


def letter_of(user: Any) -> WeeklyLetter | None:
    return WeeklyLetter.objects.filter(user=user.pk).first()


def address_of(user: Any) -> str:
    """Return where the letter goes: to a confirmed address of somebody who works on what it is about, or nowhere."""
    return letter_address(user) if user.is_staff and may_see(user) else ""


def switch(*, user: Any, is_wanted: bool) -> WeeklyLetter:
    """Subscribe a person or let them go."""
    letter, _made = WeeklyLetter.objects.update_or_create(user=user, defaults={"is_wanted": is_wanted})
    return letter


def week_of(day: date) -> str:
    """Return the ISO week of a day.

    >>> week_of(date(2027, 1, 1))
    '2026-W53'
    """
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"


def counts_now() -> dict[str, int]:
    """Return what all published courses together lack, each word counted once."""
    whole = everything()
    line = line_of(whole, missing_in([whole]))
    return {DONE: line.done, **line.counts}


def send_due(*, week: str = "") -> tuple[int, int]:
    """Write to everybody who wants the letter and has not had this week's; return how many went out, and how many wait.

    Run twice, or by two machines at once, nobody gets it twice.
    """
    week = week or week_of(timezone.localdate())
    due = WeeklyLetter.objects.filter(is_wanted=True).exclude(sent_for_week=week)
    counts: dict[str, int] = {}
    sent = waiting = 0
    for letter in due.select_related("user").order_by("pk"):
        address = address_of(letter.user)
        if not address:
            continue
        counts = counts or counts_now()
        try:
            sent += _write(letter, address, week, counts)
        except OSError as error:
            logger.warning("A weekly letter waits: %s", error)
            waiting += 1
    return sent, waiting


def _write(letter: WeeklyLetter, address: str, week: str, counts: dict[str, int]) -> bool:
    """Write one letter; say whether it went out. Raises OSError if it may go later: then it counts as not sent."""
    before, last = letter.counts, letter.sent_for_week
    # Claimed first, by one process alone: a letter that comes twice is worse than one that a crash has lost.
    mine = WeeklyLetter.objects.filter(pk=letter.pk, is_wanted=True, sent_for_week=last)
    if not mine.update(sent_for_week=week, counts=counts):
        return False
    try:
        _send(letter.user, address, counts, before)
    except OSError as error:
        if is_final(error):
            logger.warning("A weekly letter was refused: %s", error)
            return False
        WeeklyLetter.objects.filter(pk=letter.pk, sent_for_week=week).update(sent_for_week=last, counts=before)
        raise
    return True


def _send(user: User, address: str, counts: dict[str, int], before: dict[str, int]) -> None:
    with override(user.language):
        base = settings.BASE_URL.rstrip("/")
        report_url = base + reverse("studio_completeness")
        context: dict[str, Any] = {
            "user": user,
            "language": user.language,
            "figures": [_figure(name, counts, before, base) for name in FIGURES],
            "report_url": report_url,
            "session_url": links.new_session(user) and base + links.new_session(user),
            "leave_url": f"{report_url}#letter",
            "site_url": f"{base}/",
        }
        subject = _("What is missing in the course this week")
        text = render_to_string("studio/letters/weekly.txt", context)
        html = render_to_string("studio/letters/weekly.html", context)
        send_mail(subject, text, None, [address], html_message=html)


def _figure(name: str, counts: dict[str, int], before: dict[str, int], base: str) -> Figure:
    change = counts[name] - before[name] if name in before else None
    url = base + (reverse("studio_completeness") if name == DONE else links.missing(name))
    return Figure(str(FIGURES[name]), counts[name], change, url)

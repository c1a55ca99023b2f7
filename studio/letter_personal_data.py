"""The weekly letter as personal data: what an export holds, and how it is erased."""

from typing import Any

from .models import WeeklyLetter


def export(user: Any) -> dict[str, Any] | None:
    letter = WeeklyLetter.objects.filter(user=user).first()
    if letter is None:
        return None
    return {"is_wanted": letter.is_wanted, "sent_for_week": letter.sent_for_week, "counts": letter.counts}


def erase(user: Any) -> None:
    WeeklyLetter.objects.filter(user=user).delete()

"""What a signature holds to: the Romani text, the meanings and the variety of an entry.

An entry says “reviewed” as long as it says what was signed. Whoever changes it, in the CMS, by a table or by the course
files, ends the signature; whoever puts it back as it was lets it hold again. `Entry.save` asks here each time.
"""

import hashlib
import json
from typing import Any

from django.utils import timezone

Content = dict[str, Any]


def signed_content(entry: Any) -> Content:
    """Return what a reviewer signs of an entry, as it stands in memory."""
    glosses = {gloss.language: gloss.text for gloss in entry.glosses.all()}
    return {"text": entry.text, "glosses": glosses, "variety": entry.variety.code}


def token_of(entry: Any) -> str:
    """Return what tells whether an entry still says what somebody has looked at."""
    canonical = json.dumps(signed_content(entry), sort_keys=True, ensure_ascii=False)
    return hashlib.blake2s(canonical.encode(), digest_size=12).hexdigest()


def settle_review(entry: Any) -> None:
    """Bring an entry that is about to be saved, and its sign-offs, to agree; one query where nobody has signed."""
    from .models import SignOff

    said = list(SignOff.objects.filter(entry=entry, taken_back_at=None).order_by("created_at", "pk"))
    now = signed_content(entry) if said else {}
    ended = [one for one in said if one.ended_at is None and one.seen != now]
    back = [one for one in said if one.ended_at is not None and one.seen == now]
    if ended:
        SignOff.objects.filter(pk__in=[one.pk for one in ended]).update(ended_at=timezone.now())
    if back:
        SignOff.objects.filter(pk__in=[one.pk for one in _once_each(back, said, now)]).update(ended_at=None)
    signatures = [one for one in said if one.verdict == SignOff.RIGHT]
    holding = [one for one in signatures if one.seen == now]
    if holding:
        set_review(entry, holding[-1].signed_on, holding[-1].by)
    elif entry.is_reviewed and (
        any(one in ended and one.signed_on.isoformat() == _day(entry) for one in signatures)
        or _differs_from_kept(entry)
    ):
        set_review(entry, None, None)


def set_review(entry: Any, day: Any, by: Any) -> None:
    """Say in memory that an entry was reviewed on a day, or that it is not."""
    entry.review_state = entry.REVIEWED if day else entry.UNREVIEWED
    entry.reviewed_on, entry.reviewed_by = day, by


def _once_each(back: list[Any], said: list[Any], now: Content) -> list[Any]:
    """Return of what holds again the last of each reviewer, who may say one thing at a time."""
    busy = {one.by_id for one in said if one.ended_at is None and one.seen == now} - {None}
    last = {one.by_id or -one.pk: one for one in back if one.by_id not in busy}
    return list(last.values())


def _differs_from_kept(entry: Any) -> bool:
    """Say whether an entry that was reviewed elsewhere comes to say something else, with the same day of review."""
    kept = type(entry).objects.filter(pk=entry.pk).select_related("variety").first()
    if kept is None or not kept.is_reviewed or _day(kept) != _day(entry):
        return False
    return signed_content(kept) != signed_content(entry)


def _day(entry: Any) -> Any:
    day = entry.reviewed_on
    return day.isoformat() if hasattr(day, "isoformat") else day

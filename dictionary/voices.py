"""Which of an entry's voices is heard first, and that a voice that came or went is noticed everywhere.

Pages, exercises, the API and the offline copies all read `Entry.recording`; so a take reaches every place by being
chosen here, and leaves every place the same way.
"""

from collections.abc import Iterable

from django.db import transaction

from media.models import Recording

from .models import Entry, Take
from .querysets import TakeQuerySet


@transaction.atomic
def add_take(entry: Entry, recording: Recording) -> Take:
    """Say that the recording says the entry, and choose anew what is heard first. Repeating it changes nothing."""
    take, _made = Take.objects.get_or_create(entry=entry, recording=recording)
    settle([entry.pk])
    return take


def heard_takes(entry: Entry) -> TakeQuerySet:
    """Return the takes that learners hear, in the order in which they are offered; with what players need."""
    return Take.objects.filter(entry=entry).heard().ranked().for_playing()


def voices_of(entry: Entry) -> list[Recording]:
    """Return the voices in which learners hear the entry: the one that is heard first in front, then as ranked.

    No query for an entry that was fetched `for_display()`.
    """
    if not entry.pk:
        return []
    takes = getattr(entry, "heard_voices", None)
    heard = [take.recording for take in (heard_takes(entry) if takes is None else takes)]
    return sorted(heard, key=lambda recording: recording.pk != entry.recording_id)


@transaction.atomic
def settle(entries: Iterable[int]) -> None:
    """Choose for each entry what is heard first, and write it where that changes.

    A native voice that is heard at normal pace stays, so an author's choice does. Else the best of the takes:
    native before synthetic, checked before unchecked, the entry's own variety, normal before slow, then the first made.
    """
    for entry in Entry.objects.filter(pk__in=set(entries)).select_related("recording").order_by("pk"):
        if not _stays(entry.recording):
            _choose(entry)


def _stays(now: Recording | None) -> bool:
    return now is not None and now.is_heard and not now.is_synthetic and not now.is_slow


def _choose(entry: Entry) -> None:
    best = Take.objects.filter(entry=entry).heard().ranked().first()
    chosen = best.recording_id if best else None
    if chosen is None and entry.recording is not None and entry.recording.review != Recording.Review.REJECTED:
        return  # it is still being prepared or waits for its second listener; nothing better is there
    if chosen != entry.recording_id:
        Entry.objects.filter(pk=entry.pk).update(recording=chosen)

"""Which of an entry's voices is heard first, and that a voice that came or went is noticed everywhere.

Pages, exercises, the API and the offline copies all read `Entry.recording`; so a take reaches every place by being
chosen here, and leaves every place the same way.
"""

from collections.abc import Iterable, Sequence

from django.db import transaction

from media.models import Recording

from .models import Entry, Take
from .querysets import TakeQuerySet


def add_take(entry: Entry, recording: Recording) -> None:
    """Say that the recording says the entry, and choose anew what is heard first. Repeating it changes nothing."""
    add_takes([(entry.pk, recording.pk)])


@transaction.atomic
def add_takes(pairs: Sequence[tuple[int, int]]) -> None:
    """The same for many (entry, recording) pairs of keys at once; a fixed number of queries."""
    Take.objects.bulk_create(
        [Take(entry_id=entry, recording_id=recording) for entry, recording in pairs],
        ignore_conflicts=True,
        batch_size=500,
    )
    settle(entry for entry, _recording in pairs)


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
    """Choose for each entry what is heard first, and write it where that changes; three queries, however many.

    A native voice that is heard at normal pace stays, so an author's choice does. Else the best of the takes:
    native before synthetic, normal before slow, checked before unchecked, the entry's own variety, then the first made.
    """
    keys = set(entries)
    best: dict[int, int] = {}
    heard = Take.objects.filter(entry__in=keys).heard().ranked()
    for entry, recording in heard.values_list("entry", "recording"):
        best.setdefault(entry, recording)
    changed = []
    for entry in Entry.objects.filter(pk__in=keys).select_related("recording").only("pk", *NEEDED).order_by("pk"):
        chosen = best.get(entry.pk)
        if chosen != entry.recording_id and not _stays(entry.recording, chosen):
            entry.recording_id = chosen
            changed.append(entry)
    Entry.objects.bulk_update(changed, ["recording"], batch_size=500)


NEEDED = [f"recording__{name}" for name in ("kind", "status", "review", "is_public", "pace")]


def _stays(now: Recording | None, chosen: int | None) -> bool:
    if now is None:
        return False
    if now.is_heard and not now.is_synthetic and not now.is_slow:
        return True
    # It is still being prepared or waits for its second listener; nothing better is there.
    return chosen is None and now.review != Recording.Review.REJECTED

"""A speaker takes a voice back: which words have no native voice then, and that authors see it until there is one."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import ngettext

from media.signals import losses_asked, voice_withdrawn
from media.withdrawal import Loss

from .models import Entry, LostVoice, Take

NAMED = 12


def losing(recordings: Sequence[int]) -> QuerySet[Entry]:
    """Return the entries of which these recordings are all the native voices that learners hear."""
    heard = Take.objects.filter(
        entry=OuterRef("pk"), recording__kind="native", recording__status="ready", recording__is_public=True
    )
    return Entry.objects.filter(Exists(heard.filter(recording__in=recordings))).exclude(
        Exists(heard.exclude(recording__in=recordings))
    )


@receiver(losses_asked, dispatch_uid="dictionary_losses")
def say_which_words(recordings: Sequence[int], **kwargs: Any) -> list[Loss]:
    found = losing(recordings).order_by("code")
    count = found.count()
    if not count:
        return []
    sentence = ngettext(
        "%(count)s word then has no native voice", "%(count)s words then have no native voice", count
    ) % {"count": count}
    return [Loss(sentence, list(found.values_list("text", flat=True)[:NAMED]), "rml")]


@receiver(voice_withdrawn, dispatch_uid="dictionary_note_lost_voices")
def note_lost_voices(recordings: Sequence[int], **kwargs: Any) -> None:
    today = timezone.localdate()
    LostVoice.objects.bulk_create(
        [LostVoice(entry_id=pk, withdrawn_on=today) for pk in losing(recordings).values_list("pk", flat=True)],
        update_conflicts=True,
        unique_fields=["entry"],
        update_fields=["withdrawn_on"],
    )

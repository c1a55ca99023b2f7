"""Recordings that came, went or changed: their entries choose anew what is heard first."""

from collections.abc import Sequence

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from media.models import Recording
from media.signals import heard_changed

from .models import Entry, Take
from .voices import settle


@receiver(heard_changed, dispatch_uid="dictionary_settle_voices")
def choose_anew(recordings: Sequence[int], **kwargs: object) -> None:
    settle(Take.objects.filter(recording__in=recordings).values_list("entry", flat=True))


@receiver(post_delete, sender=Take, dispatch_uid="dictionary_settle_after_delete")
def choose_without(instance: Take, **kwargs: object) -> None:
    settle([instance.entry_id])


@receiver(post_save, sender=Entry, dispatch_uid="dictionary_keep_take")
def keep_take(instance: Entry, **kwargs: object) -> None:
    """What an author chooses in the entry's form is one of its takes from then on."""
    if instance.recording_id is not None and Recording.objects.filter(pk=instance.recording_id).exists():
        Take.objects.get_or_create(entry_id=instance.pk, recording_id=instance.recording_id)
        settle([instance.pk])

"""Files go when their rows go, once the database has really let go of them; a changed setting reaches its takes."""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from media.models import Recording, RecordingSettings, Rendition, Speaker
from media.reviewing import publish_by_setting


@receiver(post_delete, sender=Recording, dispatch_uid="media_delete_original")
@receiver(post_delete, sender=Rendition, dispatch_uid="media_delete_rendition")
def delete_file(instance: Recording | Rendition, **kwargs: object) -> None:
    """Delete the audio of a deleted row, on commit: a rollback must find its file again."""
    if instance.file.name:
        transaction.on_commit(partial(instance.file.storage.delete, instance.file.name))


@receiver(post_delete, sender=Speaker, dispatch_uid="media_delete_consent")
def delete_consent(instance: Speaker, **kwargs: object) -> None:
    """Delete the consent form of a deleted speaker."""
    if instance.consent_file.name:
        transaction.on_commit(partial(instance.consent_file.storage.delete, instance.consent_file.name))


@receiver(post_save, sender=RecordingSettings, dispatch_uid="media_publish_by_setting")
def follow_the_setting(**kwargs: object) -> None:
    publish_by_setting()

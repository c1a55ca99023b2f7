"""Files go when their rows go, once the database has really let go of them."""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from media.models import Recording, Rendition, Speaker


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

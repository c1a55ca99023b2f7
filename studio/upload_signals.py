"""The files of uploads go when their rows go, once the database has really let go of them."""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from studio.models import LongPart, LongSound, UploadedSound


@receiver(post_delete, sender=UploadedSound, dispatch_uid="studio_delete_uploaded")
@receiver(post_delete, sender=LongSound, dispatch_uid="studio_delete_long")
@receiver(post_delete, sender=LongPart, dispatch_uid="studio_delete_part")
def delete_file(instance: UploadedSound | LongSound | LongPart, **kwargs: object) -> None:
    """Delete the sound of a deleted row, on commit: a rollback must find its file again."""
    if instance.file.name:
        transaction.on_commit(partial(instance.file.storage.delete, instance.file.name))

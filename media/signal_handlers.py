"""Files go when their rows go, once the database has really let go of them; a changed setting reaches its takes."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from media import files
from media.models import ConsentEvidence, Recording, RecordingSettings, Rendition
from media.reviewing import publish_by_setting


@receiver(post_delete, sender=Recording, dispatch_uid="media_delete_original")
@receiver(post_delete, sender=ConsentEvidence, dispatch_uid="media_delete_evidence")
def delete_private_file(instance: Recording | ConsentEvidence, **kwargs: object) -> None:
    """Delete what a deleted row kept in private, on commit: a rollback must find its file again."""
    files.drop(files.PRIVATE, [str(instance.file.name or "")])


@receiver(post_delete, sender=Rendition, dispatch_uid="media_delete_rendition")
def delete_rendition(instance: Rendition, **kwargs: object) -> None:
    files.drop(files.PUBLIC, [str(instance.file.name)])


@receiver(post_save, sender=RecordingSettings, dispatch_uid="media_publish_by_setting")
def follow_the_setting(**kwargs: object) -> None:
    publish_by_setting()

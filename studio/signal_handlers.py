"""What goes when something else goes: the files of uploads with their rows, and all of a voice that is taken back."""

from django.db.models.signals import post_delete
from django.dispatch import receiver

from media import files
from media.models import Speaker
from media.signals import voice_withdrawn
from studio.models import LongPart, LongSound, RecordingSession, UploadedSound
from studio.uploads import forget_speaker


@receiver(post_delete, sender=UploadedSound, dispatch_uid="studio_delete_uploaded")
@receiver(post_delete, sender=LongSound, dispatch_uid="studio_delete_long")
@receiver(post_delete, sender=LongPart, dispatch_uid="studio_delete_part")
def delete_file(instance: UploadedSound | LongSound | LongPart, **kwargs: object) -> None:
    """Delete the sound of a deleted row, however often that has to be tried."""
    files.drop(files.PRIVATE, [str(instance.file.name or "")])


@receiver(voice_withdrawn, dispatch_uid="studio_forget_voice")
def forget_voice(speaker: Speaker, **kwargs: object) -> None:
    """Delete what was uploaded and not placed yet; of the sessions the bare fact and the date stay."""
    for model, path in ((UploadedSound, "batch"), (LongSound, "batch"), (LongPart, "sound__batch")):
        kept = model.objects.filter(**{f"{path}__speaker": speaker}).exclude(file="")
        files.drop(files.PRIVATE, kept.values_list("file", flat=True), is_withdrawal=True)
    forget_speaker(speaker)
    RecordingSession.objects.filter(speaker=speaker).update(speaker=None, place="", purpose="")

"""A speaker takes the voice back: one action, and nothing of it is left. Decision 0021 has the reasons."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import ModelLogEntry

from media import files
from media.models import ConsentEvidence, FileDeletion, Recording, Rendition, Speaker, VoiceWithdrawal
from media.signals import losses_asked, voice_withdrawn


@dataclass(frozen=True)
class Loss:
    """What a room above would lose: in a sentence, with some of the names."""

    sentence: str
    names: Sequence[str] = ()
    language: str = ""


@dataclass(frozen=True)
class Preview:
    """What goes when a speaker takes the voice back."""

    takes: int
    heard: int
    files: int
    losses: list[Loss] = field(default_factory=list)


def preview_withdrawal(speaker: Speaker) -> Preview:
    """Return what would be deleted and what would be missing then; changes nothing."""
    takes = Recording.objects.filter(speaker=speaker)
    private, public = _files(speaker)
    answers = losses_asked.send(Recording, recordings=list(takes.values_list("pk", flat=True)))
    losses: list[Loss] = [loss for _receiver, said in answers for loss in cast(list[Loss], said)]
    return Preview(takes.count(), takes.heard().count(), len(private) + len(public), losses)


@transaction.atomic
def withdraw_voice(*, speaker: Speaker, by: Any) -> VoiceWithdrawal:
    """Delete the speaker with every recording, rendition, original and consent; keep the bare fact and the date.

    When this returns no address serves the voice. Its files go on commit, and again until they are gone
    (`files_left`). Pages, words and exercises that used it stay without it.
    """
    speaker = Speaker.objects.select_for_update().get(pk=speaker.pk)
    takes = list(Recording.objects.select_for_update().filter(speaker=speaker).values_list("pk", flat=True))
    voice_withdrawn.send(Speaker, speaker=speaker, recordings=takes)
    private, public = _files(speaker)
    files.drop(files.PRIVATE, private, is_withdrawal=True)
    files.drop(files.PUBLIC, public, is_withdrawal=True)
    _forget_in_history(Recording, takes)
    _forget_in_history(Speaker, [speaker.pk])
    Recording.objects.filter(pk__in=takes).delete()
    speaker.delete()
    return VoiceWithdrawal.objects.create(takes=len(takes), done_by=by)


def files_left() -> int:
    """Return how many files of voices that were taken back still wait to be deleted."""
    return FileDeletion.objects.filter(is_withdrawal=True).count()


def _files(speaker: Speaker) -> tuple[list[str], list[str]]:
    """Return the names of the speaker's files in the private and in the public storage."""
    originals = Recording.objects.filter(speaker=speaker).exclude(file="").values_list("file", flat=True)
    evidence = ConsentEvidence.objects.filter(speaker=speaker).values_list("file", flat=True)
    renditions = Rendition.objects.filter(recording__speaker=speaker).values_list("file", flat=True)
    return [*originals, *evidence], [*renditions]


def _forget_in_history(model: type, keys: Sequence[int]) -> None:
    """Delete what the admin's history says of these rows: it holds their names."""
    kind = ContentType.objects.get_for_model(model)
    ModelLogEntry.objects.filter(content_type=kind, object_id__in=[str(key) for key in keys]).delete()

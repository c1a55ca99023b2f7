"""A speaker takes a voice back: what learners saw keeps its words and its key, and loses the sound.

An `ExerciseVersion` is never changed (decision 0004) but for this: its addresses of the voice lead nowhere any more,
and a player that plays nothing would only puzzle. Its name, the digest of what it was, stays.
"""

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from media.models import Recording
from media.signals import voice_withdrawn

from .models import ExerciseVersion

AT_ONCE = 200


@receiver(voice_withdrawn, dispatch_uid="lessons_strip_lost_voices")
def strip_lost_voices(recordings: Sequence[int], **kwargs: Any) -> None:
    lost = {str(uuid) for uuid in Recording.objects.filter(pk__in=recordings).values_list("uuid", flat=True)}
    changed = []
    for version in ExerciseVersion.objects.only("definition").order_by("pk").iterator(AT_ONCE):
        silent = without_voices(version.definition, lost)
        if silent != version.definition:
            version.definition = silent
            changed.append(version)
        if len(changed) == AT_ONCE:
            ExerciseVersion.objects.bulk_update(changed, ["definition"])
            changed = []
    ExerciseVersion.objects.bulk_update(changed, ["definition"])


def without_voices(value: Any, lost: set[str]) -> Any:
    """Return a stored definition in which no sound of these recordings is named."""
    if isinstance(value, list):
        return [without_voices(one, lost) for one in value]
    if not isinstance(value, dict):
        return value
    if value.get("recording") in lost and "sources" in value:
        return None
    return {name: without_voices(one, lost) for name, one in value.items()}

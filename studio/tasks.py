"""Background work of uploads. Tasks carry ids only and may run twice; the truth is in the rows."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from media.background import task

RETRY_AFTER = timedelta(seconds=30)


@task(backend="jobs", queue_name="media")
def place_uploads(batch_id: int) -> str:
    """Place some files of an upload, then let others have the worker and go on."""
    from studio.placing import place_some
    from studio.steps import Step

    step = place_some(batch_id)
    if step in (Step.MORE, Step.LATER):
        _again(place_uploads, batch_id, is_later=step is Step.LATER)
    return step.value


@task(backend="jobs", queue_name="media")
def read_long_sound(sound_id: int) -> str:
    """Read a long recording: join its parts, check it, and find its silences."""
    from studio.reading import read
    from studio.steps import Step

    step = read(sound_id)
    if step is Step.LATER:
        _again(read_long_sound, sound_id, is_later=True)
    return step.value


def _again(again: Any, pk: int, *, is_later: bool) -> None:
    if is_later and again.get_backend().supports_defer:
        again = again.using(run_after=timezone.now() + RETRY_AFTER)
    again.enqueue(pk)

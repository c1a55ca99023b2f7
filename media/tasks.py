"""Background work of this room. Tasks carry ids only and may run twice."""

from datetime import timedelta

from django.utils import timezone

from media.background import task
from media.rendering import Outcome, prepare_recording

RETRY_AFTER = timedelta(seconds=30)


@task(backend="jobs", queue_name="media")
def make_renditions(recording_id: int) -> str:
    """Prepare one recording to be heard; after an accident try again a little later."""
    outcome = prepare_recording(recording_id)
    if outcome is Outcome.RETRY:
        again = make_renditions
        if again.get_backend().supports_defer:
            again = again.using(run_after=timezone.now() + RETRY_AFTER)
        again.enqueue(recording_id)
    return outcome.value

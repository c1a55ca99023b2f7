"""The second listener: nobody hears a new voice in the course before somebody else has checked the take.

The only writer of `Recording.review` and `Recording.is_public`, but for `Recording.start_review` at the beginning.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from media.models import Recording, RecordingSettings
from media.signals import heard_changed


def accept_take(recording: Recording, *, by: Any) -> Recording:
    """Let learners hear the take. Repeating it changes nothing. Raises `ValidationError` for one's own take."""
    return _decide(recording, by=by, review=Recording.Review.ACCEPTED)


def reject_take(recording: Recording, *, by: Any, reason: str, note: str = "") -> Recording:
    """Keep the take from learners and say why. Raises `ValidationError` that names `reason` or `note`."""
    errors = {}
    if reason not in Recording.Reason.values:
        errors["reason"] = _("Choose why the take cannot be used.")
    if len(note) > 200:
        errors["note"] = _("Keep the remark under 200 characters.")
    if errors:
        raise ValidationError(errors)
    return _decide(recording, by=by, review=Recording.Review.REJECTED, reason=reason, note=note)


@transaction.atomic
def reopen_take(recording: Recording) -> Recording:
    """Take a decision back: the take waits again."""
    recording = Recording.objects.select_for_update().get(pk=recording.pk)
    recording.start_review()
    return _stored(recording)


@transaction.atomic
def publish_by_setting() -> None:
    """Make what waits audible or not, as the site's setting now says."""
    allowed = RecordingSettings.load().unchecked_are_public
    waiting = Recording.objects.filter(review=Recording.Review.OPEN).exclude(is_public=allowed)
    keys = list(waiting.values_list("pk", flat=True))
    # Asked once more: a listener may have decided about one of them this very moment.
    Recording.objects.filter(pk__in=keys, review=Recording.Review.OPEN).update(is_public=allowed)
    heard_changed.send(Recording, recordings=keys)


@transaction.atomic
def _decide(recording: Recording, *, by: Any, review: str, reason: str = "", note: str = "") -> Recording:
    recording = Recording.objects.select_for_update().get(pk=recording.pk)
    if recording.uploaded_by_id is not None and recording.uploaded_by_id == by.pk:
        raise ValidationError(_("You recorded this take yourself. Somebody else must listen to it."), code="own_take")
    if (recording.review, recording.review_reason, recording.review_note) == (review, reason, note):
        return recording
    recording.review, recording.review_reason, recording.review_note = review, reason, note
    recording.is_public = review == Recording.Review.ACCEPTED
    recording.reviewed_by, recording.reviewed_at = by, timezone.now()
    return _stored(recording)


def _stored(recording: Recording) -> Recording:
    fields = ["review", "review_reason", "review_note", "reviewed_by", "reviewed_at", "is_public", "updated_at"]
    recording.save(update_fields=fields)
    heard_changed.send(Recording, recordings=[recording.pk])
    return recording

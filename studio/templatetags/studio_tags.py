"""Template tags of the studio's pages in the admin."""

from django import template
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from media.models import Recording

register = template.Library()


@register.simple_tag
def decided_in_words(recording: Recording) -> str:
    """Say what became of a take: the decision with its reason and remark, by whom and when."""
    if recording.review == Recording.Review.OPEN:
        return _("Waits for a second listener.")
    said = str(recording.get_review_display()).capitalize()
    if recording.review_reason:
        said += f": {recording.get_review_reason_display()}"
    if recording.review_note:
        said += f" – “{recording.review_note}”"
    if recording.reviewed_by is not None:
        said += f". {recording.reviewed_by}"
    if recording.reviewed_at is not None:
        said += f", {date_format(localtime(recording.reviewed_at), 'SHORT_DATETIME_FORMAT')}"
    return said


@register.filter
def codes(recording: Recording) -> str:
    """Return the codes of the entries that a take says, as the address of a new session wants them."""
    return ",".join(take.entry.code for take in recording.takes.all())

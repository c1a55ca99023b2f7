"""Comments at a field, said by reviewers who cannot open the editor, read by authors in it.

A page takes Wagtail's own comments, so that the author sees them at the very field and resolves them there. What is no
page (a word, an exercise) keeps a `FieldComment`, shown by `cms.comment_panels.CommentsPanel`.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Comment, Page

from cms.models import FieldComment

LONGEST = 1000


def comment_on(*, thing: models.Model, field: str, text: str, by: Any) -> FieldComment | Comment:
    """Keep what `by` says about a field of `thing`; return the comment.

    `field` is a content path as Wagtail writes it: `title`, `body.<id of the block>.text`; empty for the whole thing.
    Raises `ValidationError` for `text` where nothing or too much is said.
    """
    text = text.replace("\x00", "").strip()
    if not text:
        raise ValidationError({"text": _("Write what you would like to say.")})
    if len(text) > LONGEST:
        raise ValidationError({"text": _("At most %(count)d characters. Say it in two comments.") % {"count": LONGEST}})
    if isinstance(thing, Page):
        page = Page(pk=thing.pk) if type(thing) is not Page else thing
        return Comment.objects.create(page=page, user=by, text=text, contentpath=field or "title")
    kind = ContentType.objects.get_for_model(thing)
    return FieldComment.objects.create(content_type=kind, object_id=str(thing.pk), field=field, text=text, author=by)


def comments_on(thing: models.Model) -> models.QuerySet[FieldComment]:
    """Return what has been said about something that is no page, oldest first."""
    kind = ContentType.objects.get_for_model(thing)
    return FieldComment.objects.filter(content_type=kind, object_id=str(thing.pk)).select_related("author")


def resolve_comment(*, comment: FieldComment, by: Any) -> FieldComment:
    """Say that a comment has been dealt with. Saying it again changes nothing."""
    if comment.resolved_at is None:
        comment.resolved_at, comment.resolved_by = timezone.now(), by
        comment.save(update_fields=["resolved_at", "resolved_by"])
    return comment

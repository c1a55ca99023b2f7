"""Comments of reviewers at one field of something that is no page: a word, an exercise."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class FieldComment(models.Model):
    """What somebody says about one field. Pages have Wagtail's own comments; this is the same for snippets.

    Personal data: `author` and `resolved_by`, members of staff; cleared when that account is erased. The text stays,
    for it is about the course.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=64)
    target = GenericForeignKey("content_type", "object_id")
    field = models.CharField(_("field"), max_length=200, blank=True)
    text = models.TextField(_("comment"), max_length=1000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("who said it")
    )
    created_at = models.DateTimeField(_("said on"), auto_now_add=True)
    resolved_at = models.DateTimeField(_("done on"), null=True, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("comment at a field")
        verbose_name_plural = _("comments at fields")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="fieldcomment_of_thing")]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def field_label(self) -> str:
        """Return the field's name as its editor shows it; empty for a comment about the whole.

        A model may name content paths of its own in `comment_labels`.
        """
        model: Any = self.content_type.model_class()
        name = self.field.partition(".")[0]
        if model is None or not name:
            return ""
        if self.field in getattr(model, "comment_labels", {}):
            return str(model.comment_labels[self.field])
        known = {one.name: one for one in model._meta.get_fields()}
        found = known.get(name)
        return str(getattr(found, "verbose_name", name)) if found else name

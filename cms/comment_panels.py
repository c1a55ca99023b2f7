"""What reviewers said, at the top of a snippet's editor, each with a button that says it is done."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.panels import Panel

from cms.commenting import comments_on, resolve_comment
from cms.models import FieldComment

SHOWN = 20


class CommentsPanel(Panel):
    """The open comments on what is edited; nothing where there are none."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/comments.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.comments: list[FieldComment] = []
            if self.instance is not None and self.instance.pk:
                self.comments = list(comments_on(self.instance).filter(resolved_at=None)[:SHOWN])

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.comments)


@require_POST
def resolve(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say that a comment is dealt with; only who may edit the thing may say so."""
    comment = get_object_or_404(FieldComment.objects.select_related("content_type"), pk=pk)
    thing = comment.target
    if thing is None:
        raise Http404
    meta = thing._meta
    if not request.user.has_perm(f"{meta.app_label}.change_{meta.model_name}"):
        raise PermissionDenied
    resolve_comment(comment=comment, by=request.user)
    messages.success(request, _("The comment is marked as done."))
    url = AdminURLFinder(request.user).get_edit_url(thing)
    return redirect(url or "wagtailadmin_home")

"""What reviewers said, at the top of a snippet's editor, each with a button that says it is done.

The button stands in the editor's own form and must not send it: what is typed there would be lost. It is a link to a
small page, and a script marks the comment in the background instead.
"""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.forms.widgets import Script
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
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

        @property
        def media(self) -> forms.Media:
            script: Any = Script("cms/js/comments.js", type="module")
            return forms.Media(js=[script])

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.comments)


@require_http_methods(["GET", "HEAD", "POST"])
def resolve(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ask whether a comment is dealt with, and keep the answer; only who may edit the thing may say so.

    Sent by the editor's script the reply is empty, for the editor stays open.
    """
    comment = get_object_or_404(FieldComment.objects.select_related("content_type", "author"), pk=pk)
    thing = comment.target
    if thing is None:
        raise Http404
    meta = thing._meta
    if not request.user.has_perm(f"{meta.app_label}.change_{meta.model_name}"):
        raise PermissionDenied
    url = AdminURLFinder(request.user).get_edit_url(thing)
    if request.method != "POST":
        context = {"page_title": _("Is this dealt with?"), "comment": comment, "thing": thing, "back": url}
        return render(request, "cms/comment_done.html", context)
    resolve_comment(comment=comment, by=request.user)
    if request.headers.get("X-Part") == "comment":
        return HttpResponse(status=204)
    messages.success(request, _("The comment is marked as done."))
    return redirect(url or "wagtailadmin_home")

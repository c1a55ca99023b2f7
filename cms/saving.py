"""How the CMS saves what has no drafts."""

from typing import Any

from django.http import HttpRequest
from wagtail.snippets.views.snippets import CreateView, EditView


class _OnRequest:
    """Saves when the author says so, not by itself: without drafts, what is half typed would be published."""

    autosave_enabled: bool

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        self.autosave_enabled = False


class CreateOnRequestView(_OnRequest, CreateView):
    """Makes a snippet without drafts."""


class EditOnRequestView(_OnRequest, EditView):
    """Changes a snippet without drafts."""

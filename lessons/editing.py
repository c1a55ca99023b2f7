"""The editor of an exercise: what else can be done with it, and a wrong answer to write about."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.views.snippets import EditView

from .known_wrong import add_known_wrong

WRITE_ABOUT = "write-about"
"""In the address of the editor: a wrong answer that the author wants to say something about."""


class ExerciseEditView(EditView):
    """Changes an exercise. Its header offers what the list of exercises offers beside each."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        found = [*super().header_more_buttons]
        for offer in hooks.get_hooks("register_snippet_listing_buttons"):
            found += offer(self.object, self.request.user, self.request.path)
        return found

    def get_object(self, queryset: Any = None) -> Any:
        exercise = super().get_object(queryset)
        answer = self.request.GET.get(WRITE_ABOUT, "").strip()
        if self.request.method == "GET" and answer and not self.expects_json_response:
            self._begin_about(exercise, answer)
        return exercise

    def _begin_about(self, exercise: Any, answer: str) -> None:
        """Add the answer to the form alone: until the author saves, and by nothing else, nothing is kept of it."""
        if add_known_wrong(exercise, answer):
            self.autosave_enabled = False
            messages.info(self.request, _("The wrong answer stands among the known ones. Write about it, then save."))
        else:
            messages.info(self.request, _("This answer cannot be added: there are words about it already, or no room."))

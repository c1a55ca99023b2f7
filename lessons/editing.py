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

    has_added: bool | None = None
    """Whether an answer was added to the form; None if none was to be."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        found = [*super().header_more_buttons]
        for offer in hooks.get_hooks("register_snippet_listing_buttons"):
            found += offer(self.object, self.request.user, self.request.path)
        return found

    def get_object(self, queryset: Any = None) -> Any:
        # Wagtail gets its object twice; the form shows the second.
        exercise = super().get_object(queryset)
        answer = self.request.GET.get(WRITE_ABOUT, "").strip()
        if self.request.method == "GET" and answer:
            self.has_added = add_known_wrong(exercise, answer)
            # Only the author's own pressing of the button keeps it.
            if self.has_added:
                self.autosave_enabled = False
        return exercise

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if self.has_added:
            messages.info(
                request, _("The answer stands at the end of the “Known wrong answers”. Write about it and save.")
            )
        elif self.has_added is not None:
            messages.info(request, _("This answer cannot be added: there are words about it already, or no room."))
        return super().get(request, *args, **kwargs)

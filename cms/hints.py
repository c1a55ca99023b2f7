"""Hints at the top of a page's editor, from rooms that the page does not know.

@hooks.register("construct_editor_hints")
def say_what_waits(request, page, hints):
    hints.append(Hint(text="Three words wait.", links=[("See them", "/admin/…")]))
"""

from dataclasses import dataclass, field
from typing import Any

from wagtail import hooks
from wagtail.admin.panels import Panel

HOOK = "construct_editor_hints"


@dataclass(frozen=True)
class Hint:
    """One sentence, and where to do something about it: pairs of words and address."""

    text: str
    links: list[tuple[str, str]] = field(default_factory=list)


class HintsPanel(Panel):
    """Shows what other rooms say about the page that is edited; nothing where they say nothing."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/hints.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.hints: list[Hint] = []
            if self.request is not None and self.instance is not None and self.instance.pk:
                for construct in hooks.get_hooks(HOOK):
                    construct(self.request, self.instance, self.hints)

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.hints)

"""What waits for a native reviewer, part by part. Each part offers itself by the hook `construct_review_parts`.

@hooks.register("construct_review_parts")
def offer_words(request, parts):
    parts.append(Part(name="words", title=_("Words"), text=_("…"), url=reverse("review_words"), count=…, order=10))
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from wagtail import hooks

HOOK = "construct_review_parts"


@dataclass(frozen=True)
class Part:
    """One kind of thing that waits, and where its queue is. `text` says in a sentence what is asked.

    `count` says how much waits. It is asked by the room's first page alone, not by the menu, which stands everywhere.
    """

    name: str
    title: str
    text: str
    url: str
    count: Callable[[], int]
    order: int = 100


def parts_for(request: HttpRequest) -> list[Part]:
    """Return the parts that this person has anything to do with; a part asks for rights itself."""
    parts: list[Part] = []
    for construct in hooks.get_hooks(HOOK):
        construct(request, parts)
    return sorted(parts, key=lambda part: part.order)

"""How a person likes to listen: which variety first, and how fast. It says nothing about who they are.

Which varieties there are is known further up; that room says so here when it starts.
"""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext_lazy as _

SPEEDS = [
    (50, _("half as fast")),
    (70, _("slow")),
    (85, _("a little slower")),
    (100, _("normal")),
    (125, _("faster")),
]
"""In per cent of the speed at which it was said."""

Choices = Callable[[], Sequence[tuple[str, str]]]
_varieties: list[Choices] = []


def register_varieties(choices: Choices) -> None:
    """Say where the (code, name) of each variety come from."""
    _varieties[:] = [choices]


def varieties() -> list[tuple[str, str]]:
    """Return the (code, name) of each variety that can be chosen, in the active language."""
    return [choice for choices in _varieties for choice in choices()]

"""Export and erasure of a person's data. Each app registers its part; no app needs to know the others."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Part:
    """What one app keeps about a person."""

    export: Callable[[Any], Any]
    erase: Callable[[Any], Any]


_parts: dict[str, Part] = {}


def register(name: str, *, export: Callable[[Any], Any], erase: Callable[[Any], Any]) -> None:
    """Say how an app's part is exported (to plain JSON values) and erased. Called in `AppConfig.ready`."""
    _parts[name] = Part(export, erase)


def names() -> list[str]:
    """Return the names of all registered parts."""
    return sorted(_parts)


def export_all(user: Any) -> dict[str, Any]:
    """Return everything kept about the person, part by part."""
    return {name: _parts[name].export(user) for name in names()}


def erase_all(user: Any) -> None:
    """Erase everything kept about the person but the account itself.

    Runs by itself before any deletion of an account, in the same transaction.
    """
    for part in _parts.values():
        part.erase(user)

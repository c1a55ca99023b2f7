"""Reading of the environment: one function per type, each error names its variable.

Every variable that the site knows is read here through one of these functions, so that
`known()` can list them and a test can compare the list with `docs/operations.md`.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")

_known: dict[str, str] = {}

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def known() -> dict[str, str]:
    """Return every variable read so far with its default, as text."""
    return dict(_known)


def _read(name: str, default: T, parse: Callable[[str], T], expects: str) -> T:
    _known[name] = "" if default is None else str(default)
    value = os.environ.get(name)
    if value is None:
        return default
    try:
        return parse(value.strip())
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}, but must be {expects}.") from None


def env_str(name: str, default: str = "") -> str:
    return _read(name, default, str, "text")


def env_int(name: str, default: int, *, least: int = 0) -> int:
    def parse(value: str) -> int:
        number = int(value)
        if number < least:
            raise ValueError
        return number

    return _read(name, default, parse, f"a whole number of at least {least}")


def env_bool(name: str, default: bool) -> bool:
    def parse(value: str) -> bool:
        if value.lower() not in TRUE | FALSE:
            raise ValueError
        return value.lower() in TRUE

    return _read(name, default, parse, "true or false")


def env_choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    def parse(value: str) -> str:
        if value not in choices:
            raise ValueError
        return value

    return _read(name, default, parse, "one of " + ", ".join(choices))


def env_list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in env_str(name, default).split(",") if part.strip()]


def env_path(name: str, default: Path) -> Path:
    return _read(name, default, Path, "a path")


def env_url(name: str, default: str, schemes: tuple[str, ...]) -> str:
    """Return an address whose scheme is one of `schemes`; empty means: not used."""

    def parse(value: str) -> str:
        if value and value.partition("://")[0] not in schemes:
            raise ValueError
        return value

    return _read(name, default, parse, "an address that starts with " + " or ".join(f"{s}://" for s in schemes))


def env_secret(name: str, file: Path | None = None) -> str:
    """Return a secret of at least 32 characters from the environment, or from `file`.

    There is no working default: without either, the start stops here.
    """
    _known[name] = ""
    value = os.environ.get(name, "")
    if not value and file and file.exists():
        value = file.read_text().strip()
    if len(value) < 32:
        raise ImproperlyConfigured(
            f"{name} must be set to at least 32 random characters. `make run` makes one in var/."
        )
    return value

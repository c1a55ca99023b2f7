"""What a queue in the CMS is narrowed to, as its address says it."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import Http404


class AddressScope:
    """What somebody has chosen to go through. A queue says which fields its address carries."""

    @property
    def fields(self) -> dict[str, str]:
        """Return what a form or an address must carry to stay in this scope."""
        raise NotImplementedError

    def query(self, **more: Any) -> str:
        """Return the query string of this scope with more fields; empty ones are left out."""
        fields = urlencode(self.fields | {name: value for name, value in more.items() if value})
        return f"?{fields}" if fields else ""


def row_named(rows: Any, field: str, value: str | None) -> Any:
    """Return the row that an address names, nothing where it names none. Raises `Http404` for what is not there."""
    if not value:
        return None
    try:
        found = None if "\x00" in value else rows.filter(**{field: value}).first()  # PostgreSQL cannot ask for NUL
    except (ValueError, ValidationError):
        found = None
    if found is None:
        raise Http404
    return found

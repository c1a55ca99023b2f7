"""What the API reads: JSON of a bounded size and depth, holding only what every database can keep.

Python's own reader takes JSON of any length, nests as deep as its stack and lets NUL and halves of
characters through; each of them would become a failure further down.
"""

import io
import math
import re
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.parsers import JSONParser

MOST_BYTES = 256 * 1024
MOST_DEPTH = 12
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


class TooLarge(exceptions.APIException):
    status_code = 413

    def __init__(self) -> None:
        super().__init__(_("Please send at most %(most)d KiB.") % {"most": MOST_BYTES // 1024})


class StrictJSONParser(JSONParser):
    """Refuse what is too large (413), too deep or cannot be kept (400, naming the field)."""

    def parse(self, stream: IO[Any], media_type: str | None = None, parser_context: Any = None) -> Any:
        raw = stream.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise TooLarge
        try:
            data = super().parse(io.BytesIO(raw), media_type, parser_context)
        except RecursionError:
            raise exceptions.ParseError(_("The JSON is nested too deeply.")) from None
        check(data)
        return data


def check(data: Any) -> None:
    """Refuse, naming the field, what cannot be kept. Works without recursion: the depth is the sender's choice."""
    waiting: list[tuple[str, int, Any]] = [("", 0, data)]
    while waiting:
        path, depth, value = waiting.pop()
        problem = _problem(value, depth)
        if problem:
            raise exceptions.ValidationError({path or "non_field_errors": [problem]})
        if isinstance(value, dict):
            for name, item in value.items():
                below = f"{path}.{UNKEEPABLE.sub('�', name)[:80]}".lstrip(".")
                waiting += [(below, depth, name), (below, depth + 1, item)]
        elif isinstance(value, list):
            waiting += [(path, depth + 1, item) for item in value]


def _problem(value: Any, depth: int) -> str:
    if depth > MOST_DEPTH:
        return _("The JSON is nested too deeply.")
    if isinstance(value, str) and UNKEEPABLE.search(value):
        return _("This text holds a character that cannot be kept.")
    if isinstance(value, float) and not math.isfinite(value):
        return _("This number is too large.")
    return ""

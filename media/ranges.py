"""The arithmetic of HTTP Range requests (RFC 9110, section 14). Pure."""

import re

# More digits than any file has bytes; a longer number would only cost time to read.
_ONE_RANGE = re.compile(r"bytes=[ \t]*(\d{0,18})-(\d{0,18})[ \t]*", re.ASCII | re.IGNORECASE)


class Unsatisfiable(Exception):
    """The range begins behind the end of the file."""


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """Return (start, length) of the one range asked for; None where the whole file is the right reply.

    That is so for no header, for one that is malformed, and for several ranges at once, which a server
    may decline. Raises `Unsatisfiable`.
    """
    match = _ONE_RANGE.fullmatch(header.strip())
    if match is None or match.group(1) == match.group(2) == "":
        return None
    first, last = match.groups()
    if not first:
        length = min(int(last), size)
        if not length:
            raise Unsatisfiable
        return size - length, length
    start, end = int(first), int(last) if last else size - 1
    if last and end < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return start, min(end, size - 1) - start + 1

"""What went over the line: the bytes that a page and its files took, as the server compressed them."""

from typing import Any

from playwright.sync_api import Request

HTML_AND_CSS = 14 * 1024
"""So much text and style a page may have: what a server sends at once, before it waits for an answer."""


def sent(*requests: Request) -> int:
    """Return the bytes that went over the line, as the server compressed them."""
    return sum(request.sizes()["responseBodySize"] for request in requests)


def of_type(window: Any, page: Any, kind: str) -> list[Any]:
    return [request for request in window.watch(page).requests if request.resource_type == kind]

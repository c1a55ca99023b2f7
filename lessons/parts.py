"""Parts of a message, so that a page can mark Romani without ever putting text into HTML by hand. Pure."""

from typing import Any

Part = dict[str, Any]


def rom(text: str, *, mark: bool = False) -> Part:
    """Return a Romani part of a message."""
    return {"text": text, "lang": "rml", "mark": True} if mark else {"text": text, "lang": "rml"}


def closed(text: str) -> str:
    """Return a meaning as the end of a sentence: some of them bring their own mark."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."

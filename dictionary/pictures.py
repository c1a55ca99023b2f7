"""An entry's own picture, as rows, cards and the API show it: a drawing of the course or an author's photograph."""

from typing import Any

from django.utils.translation import get_language
from wagtail.images.models import Filter, SourceImageIOError

THUMB = Filter("fill-80x80|format-webp|webpquality-60")
"""Twice the size at which rows show it, below 4 KiB. A photograph is cut to a square around its focal point."""


def thumb_of(entry: Any) -> Any:
    """Return the rendition for rows and cards; None without a picture, or where its file is lost.

    No query for an entry fetched `for_display()`, but for the first one ever to show this picture: that makes it.
    """
    if entry.image is None:
        return None
    try:
        return entry.image.get_rendition(THUMB)
    except (SourceImageIOError, OSError):
        return None


def picture_alt(entry: Any) -> str:
    """Return what the picture shows for those who do not see it.

    Descriptions are written in Latvian; elsewhere the meaning in the language of the page stands in.
    """
    return str(entry.image.description if get_language() == "lv" else entry.gloss)

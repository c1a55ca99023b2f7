"""Pictures in exercises: from a chosen image to what a page needs of it."""

from collections.abc import Collection
from typing import Any

from django.core.files.storage import default_storage
from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError

from .exercises.base import Picture

SIZE = "max-1000x1000|format-webp"


def picture_facts(wanted: Collection[int]) -> dict[int, Picture]:
    """Return what exercises need of these images, by primary key; two queries once each has its rendition.

    The name of the file is kept, not its address: an object store signs addresses for an hour. An image whose
    file is lost is left out.
    """
    if not wanted:
        return {}
    found: dict[int, Picture] = {}
    for image in get_image_model().objects.filter(pk__in=wanted).prefetch_renditions(SIZE):
        try:
            rendition = image.get_rendition(SIZE)
        except (SourceImageIOError, OSError):
            continue
        found[image.pk] = {
            "file": rendition.file.name,
            "width": rendition.width,
            "height": rendition.height,
            "description": image.description,
        }
    return found


def shown_picture(picture: Picture, description: str = "") -> dict[str, Any]:
    """Return a picture as a learner sees it: its address now, its size, and what it shows."""
    return {
        "url": default_storage.url(picture["file"]),
        "width": picture["width"],
        "height": picture["height"],
        "description": description or picture["description"],
    }

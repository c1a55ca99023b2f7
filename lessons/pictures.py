"""Pictures of exercises: what a definition keeps of an image, and what a learner is shown of it."""

from collections.abc import Iterable
from typing import Any

from django.core.files.storage import default_storage
from wagtail.images import get_image_model
from wagtail.images.models import Filter, SourceImageIOError

SIZE = Filter("max-800x800|format-webp")


def picture_facts(pks: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return what exercises need of the images, by primary key; two queries. One without its file is left out.

    A definition names the file, not its address: an address may be signed, and is good for an hour only.
    """
    found = {}
    wanted = set(pks)
    images = get_image_model().objects.filter(pk__in=wanted).prefetch_renditions(SIZE) if wanted else ()
    for image in images:
        try:
            made = image.get_rendition(SIZE)
        except (SourceImageIOError, OSError):
            continue
        found[image.pk] = {
            "file": made.file.name,
            "width": made.width,
            "height": made.height,
            "description": image.description,
        }
    return found


def shown_picture(facts: dict[str, Any] | None, alt: str = "") -> dict[str, Any] | None:
    """Return a picture as a payload has it. `alt` is its text alternative, else the image's own description."""
    if facts is None:
        return None
    return {
        "url": default_storage.url(facts["file"]),
        "width": facts["width"],
        "height": facts["height"],
        "alt": alt or facts["description"],
    }

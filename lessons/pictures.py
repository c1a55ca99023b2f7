"""Pictures of exercises: what a definition keeps of an image, and what a learner is shown of it."""

from collections.abc import Iterable
from typing import Any

from django.core.files.storage import default_storage
from wagtail.images import get_image_model
from wagtail.images.models import Filter, SourceImageIOError

SIZES = {"small": Filter("max-480x480|format-webp"), "large": Filter("max-1000x1000|format-webp")}
"""Small: one picture beside others. Large: the one in which places are to be found."""


def picture_facts(pks: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return what exercises need of the images, by primary key and size; two queries. One without its file is left out.

    A definition names the file, not its address: an address may be signed, and is good for an hour only.
    """
    found = {}
    wanted = set(pks)
    images = get_image_model().objects.filter(pk__in=wanted).prefetch_renditions(*SIZES.values()) if wanted else ()
    for image in images:
        try:
            made = {name: image.get_rendition(size) for name, size in SIZES.items()}
        except (SourceImageIOError, OSError):
            continue
        found[image.pk] = {name: _facts(one, image.description) for name, one in made.items()}
    return found


def _facts(rendition: Any, description: str) -> dict[str, Any]:
    size = {"width": rendition.width, "height": rendition.height}
    return {"file": rendition.file.name, **size, "description": description}


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

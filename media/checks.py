"""Mistakes in the configuration of files, said at the start and not at the first click."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.files.storage import storages


@register()
def audio_delivery_fits_the_storage(app_configs: object, **kwargs: Any) -> Sequence[CheckMessage]:
    """Redirects need an object store to go to, and nginx needs the files on its own disk."""
    in_object_store = hasattr(storages["default"], "bucket")
    if settings.AUDIO_DELIVERY == "redirect" and not in_object_store:
        return [
            Error("AUDIO_DELIVERY=redirect needs an object store.", hint="Set S3_BUCKET, or stream.", id="media.E001")
        ]
    if settings.AUDIO_DELIVERY == "accel" and in_object_store:
        return [Error("AUDIO_DELIVERY=accel needs local files.", hint="Use redirect with S3_BUCKET.", id="media.E002")]
    return []

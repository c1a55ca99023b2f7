"""The recording studio as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StudioConfig(AppConfig):
    name = "studio"
    verbose_name = _("Recording studio")

    def ready(self) -> None:
        from accounts import personal_data as parts
        from media import orphans

        from . import letter_personal_data, personal_data, signal_handlers  # noqa: F401  it registers itself
        from .models import LongPart, LongSound, UploadedSound
        from .upload_personal_data import erase_uploads, export_uploads

        orphans.own("uploads", (UploadedSound, "file"), (LongSound, "file"), (LongPart, "file"))
        parts.register("studio", export=personal_data.export, erase=personal_data.erase)
        parts.register("studio_letters", export=letter_personal_data.export, erase=letter_personal_data.erase)
        parts.register("studio_uploads", export=export_uploads, erase=erase_uploads)

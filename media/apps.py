from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    """Recordings with their speakers, and images."""

    name = "media"
    verbose_name = _("Recordings and images")

    def ready(self) -> None:
        from accounts import personal_data as parts
        from media import checks, personal_data, signal_handlers  # noqa: F401  they register themselves

        parts.register("media", export=personal_data.export, erase=personal_data.erase)

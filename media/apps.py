from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    """Recordings with their speakers, and images."""

    name = "media"
    verbose_name = _("Recordings and images")

    def ready(self) -> None:
        from accounts import personal_data as parts
        from accounts import preferences
        from media import checks, orphans, personal_data, signal_handlers  # noqa: F401  they register themselves
        from media.models import ConsentEvidence, Recording

        preferences.register_varieties(_varieties)
        orphans.own("recordings", (Recording, "file"))
        orphans.own("consent", (ConsentEvidence, "file"))
        parts.register("media", export=personal_data.export, erase=personal_data.erase)


def _varieties() -> list[tuple[str, str]]:
    from media.models import Variety

    return [(variety.code, variety.name) for variety in Variety.objects.all()]

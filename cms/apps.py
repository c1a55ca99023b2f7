"""The site: an app that other rooms build on."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Site")

    def ready(self) -> None:
        from cms import facts, lost_places  # noqa: F401  it listens when a voice is taken back

        facts.register_provider(facts.page_counts)

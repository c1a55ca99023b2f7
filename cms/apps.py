"""The site: an app that other rooms build on."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Site")

    def ready(self) -> None:
        from accounts.personal_data import register
        from cms import facts, lost_places  # noqa: F401  it listens when a voice is taken back
        from cms.translating import personal_data, signal_handlers

        facts.register_provider(facts.page_counts)
        signal_handlers.connect()
        register("translations", export=personal_data.export, erase=personal_data.erase)

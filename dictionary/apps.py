"""The dictionary as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DictionaryConfig(AppConfig):
    name = "dictionary"
    verbose_name = _("Dictionary")

    def ready(self) -> None:
        from cms import search

        from . import lost_voices, signal_handlers  # noqa: F401  they register themselves
        from .find import search_hits

        search.register_provider(search_hits)

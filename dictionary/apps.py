"""The dictionary as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DictionaryConfig(AppConfig):
    name = "dictionary"
    verbose_name = _("Dictionary")

    def ready(self) -> None:
        from accounts import personal_data as parts
        from cms import search

        from . import lost_voices, personal_data, signal_handlers  # noqa: F401  two of them register themselves
        from .find import search_hits

        search.register_provider(search_hits)
        parts.register("dictionary", export=personal_data.export, erase=personal_data.erase)

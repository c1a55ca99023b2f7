"""The native reviewers' room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "review"
    verbose_name = _("Native review")

    def ready(self) -> None:
        from accounts import personal_data as parts

        from . import personal_data, signal_handlers  # noqa: F401  it connects itself

        parts.register("review", export=personal_data.export, erase=personal_data.erase)

"""The native reviewers' room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "review"
    verbose_name = _("Native review")

    def ready(self) -> None:
        from . import signal_handlers  # noqa: F401  it connects itself

"""Learners' progress as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgressConfig(AppConfig):
    name = "progress"
    verbose_name = _("Progress")

    def ready(self) -> None:
        from accounts import personal_data

        from .personal_data import erase, export

        personal_data.register("progress", export=export, erase=erase)

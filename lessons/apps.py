"""The lessons as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LessonsConfig(AppConfig):
    name = "lessons"
    verbose_name = _("Lessons")

    def ready(self) -> None:
        from wagtail.signals import page_published, page_unpublished

        from . import lost_voices  # noqa: F401  it listens when a voice is taken back
        from .models import LessonPage
        from .signal_handlers import lesson_published

        for signal in (page_published, page_unpublished):
            signal.connect(lesson_published, sender=LessonPage)

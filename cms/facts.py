"""Numbers about the course for the home page, counted, never written down.

Rooms above register what they can count; the site itself counts the pages below home.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import npgettext
from wagtail.models import Page


@dataclass(frozen=True)
class Fact:
    """One number with the words that go with it."""

    number: str
    label: str


Provider = Callable[[Page], list[Fact]]
_providers: list[Provider] = []


def register_provider(provider: Provider) -> None:
    """Ask `provider(home)` for facts whenever the home page is shown. Registering twice is once."""
    if provider not in _providers:
        _providers.append(provider)


def facts_about(home: Page) -> list[Fact]:
    """Return what is counted for `home`, in the order of registration."""
    return [fact for provider in _providers for fact in provider(home)]


def page_counts(home: Page) -> list[Fact]:
    """Return how many modules and lessons a visitor finds below `home`; none that would be zero."""
    below = Page.objects.live().public().descendant_of(home).order_by()
    counts = {
        f"{row['content_type__app_label']}.{row['content_type__model']}": row["pages"]
        for row in below.values("content_type__app_label", "content_type__model").annotate(pages=Count("pk"))
    }
    modules, lessons = counts.get("courses.modulepage", 0), counts.get("lessons.lessonpage", 0)
    facts = [
        Fact(str(modules), npgettext("count", "module", "modules", modules)),
        Fact(str(lessons), npgettext("count", "lesson", "lessons", lessons)),
    ]
    return [fact for fact in facts if fact.number != "0"]

"""The outline of a course: its modules with their lessons and tests, read in a fixed number of queries."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import prefetch_related_objects
from wagtail.models import Page


@dataclass
class Item:
    """A lesson or a test in the outline."""

    key: str
    page: Any
    number: int | None
    summary: dict[str, Any]


@dataclass
class Module:
    """A module with its lessons and its test, in order."""

    key: str
    page: Any
    number: int
    goal: str
    items: list[Item] = field(default_factory=list)

    @property
    def lessons(self) -> list[Item]:
        return [item for item in self.items if item.summary.get("kind") == "lesson"]


@dataclass
class Outline:
    """All of a course below its page. A test of the whole course stands beside the modules."""

    modules: list[Module]
    tests: list[Item]

    @property
    def lesson_count(self) -> int:
        return sum(len(module.lessons) for module in self.modules)

    @property
    def minutes(self) -> list[int]:
        """Return the shortest and the longest lesson, in minutes."""
        lengths = [lesson.summary["minutes"] for module in self.modules for lesson in module.lessons]
        return sorted({min(lengths), max(lengths)}) if lengths else []


def outline(course: Page) -> Outline:
    """Return what a published course offers, in the language of its page.

    The pages come in one query each for the tree and for every type in it.
    """
    pages = list(Page.objects.descendant_of(course).live().public().specific().order_by("path"))
    _prefetch(pages)
    modules: list[Module] = []
    tests: list[Item] = []
    number = 0
    for page in pages:
        if not hasattr(page, "summary"):
            continue
        summary = page.summary()
        if summary["kind"] == "module":
            modules.append(_module(page, len(modules) + 1, summary))
            continue
        if summary["kind"] == "lesson":
            number += 1
        item = _item(page, number if summary["kind"] == "lesson" else None, summary)
        owner = modules[-1].items if modules and page.depth == course.depth + 2 else tests
        owner.append(item)
    return Outline(modules, tests)


def module_items(module: Page) -> list[Item]:
    """Return the lessons and the test of one module, numbered through the course."""
    course = module.get_parent()
    for one in outline(course).modules:
        if one.key == str(module.translation_key):
            return one.items
    return []


def _module(page: Any, number: int, summary: dict[str, Any]) -> Module:
    return Module(str(page.translation_key), page, number, summary["goal"])


def _item(page: Any, number: int | None, summary: dict[str, Any]) -> Item:
    return Item(str(page.translation_key), page, number, summary)


def _prefetch(pages: list[Any]) -> None:
    """Fetch what the pages' summaries will ask for, one query for each type and relation."""
    by_type: dict[type, list[Any]] = {}
    for page in pages:
        by_type.setdefault(type(page), []).append(page)
    for kind, group in by_type.items():
        if needs := getattr(kind, "summary_needs", ()):
            prefetch_related_objects(group, *needs)

"""The whole course: load it, write it."""

from contextlib import ExitStack
from pathlib import Path

from django.db import transaction
from wagtail import hooks

from cms.translating.services import level_loaded
from dictionary.blocks import entries_known

from ..models import LoadedItem
from .bank import Exercises, Quizzes
from .images import Images
from .indexing import indexed_once
from .refs import Refs
from .small_tables import simple_tables
from .sounds import Sounds
from .sync import Kind, Report, bring_in
from .tables import Entries
from .tree import Pages


def kinds(root: Path) -> list[Kind]:
    """Return every kind of item, each after those that it names."""
    refs = Refs()
    exercises = Exercises(refs)
    tables: list[Kind] = [*simple_tables(), Images(refs), Entries(refs), Sounds(refs, root)]
    return [*tables, exercises, Quizzes(refs, exercises), Pages(refs)]


def is_empty() -> bool:
    """Say whether no course was ever loaded here."""
    return not LoadedItem.objects.exists()


def load(root: Path, *, dry_run: bool = False) -> Report:
    """Load the files below `root`; all of it or, where something is wrong with them, nothing.

    Raises CourseFileError, which names file and place.
    """
    hooks.search_for_hooks()  # choosers of blocks know their snippets only after that
    report = Report()
    with transaction.atomic(), ExitStack() as until_indexed, indexed_once():
        for kind in kinds(root):
            if isinstance(kind, Exercises):  # from here on the dictionary is only read
                until_indexed.enter_context(entries_known())
            report.add(bring_in(kind, root, dry_run=dry_run))
            if isinstance(kind, Pages):
                level_loaded(kind.loaded)  # who writes the files answers for both languages
    return report


def export(root: Path) -> None:
    """Write what is in the database to the files below `root`, in their one canonical form."""
    # Images last: by then it is known which of them are shown anywhere.
    for kind in sorted(kinds(root), key=lambda kind: isinstance(kind, Images)):
        if not isinstance(kind, Exercises):
            kind.write(root, {key: data for key, (_thing, data) in kind.current().items()})

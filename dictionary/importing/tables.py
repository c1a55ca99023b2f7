"""What a row of a table means: the part of the import that knows words, phrases or exercises."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import ReferenceIndex

Cells = dict[str, str]


@dataclass(frozen=True)
class Column:
    """One column: its name in the first row, and what authors read about it."""

    name: str
    help: Any
    is_needed: bool = False
    """The table cannot be read without it."""
    is_shown_only: bool = False
    """Written for people; what stands there when it comes back is not looked at."""


@dataclass
class Problem:
    """Why a row is refused: the column, and the reason in the user's language."""

    column: str
    message: str


@dataclass
class Kept:
    """A row as the database has it, with the object behind it."""

    pk: int
    cells: Cells
    thing: Any
    title: str
    extra: dict[str, Any] = field(default_factory=dict)
    """What no cell says, but is needed to put the row back as it was."""

    @property
    def stamp(self) -> int | None:
        """Return a number that any change of the object makes another."""
        return self.thing.latest_revision_id


@dataclass
class Draft:
    """A row on its way in: `cells` is the whole row as it would be; `given` are the columns that the file has."""

    cells: Cells
    given: set[str]
    before: Kept | None
    problems: list[Problem] = field(default_factory=list)
    parsed: Any = None
    """What a table has read out of the cells, kept for its check."""

    def refuse(self, column: str, message: str) -> None:
        self.problems.append(Problem(column, message))

    def is_new_in(self, column: str) -> bool:
        """Say whether the cell is not as the database has it."""
        return self.before is None or self.before.cells.get(column, "") != self.cells[column]


class Table(ABC):
    """One kind of table. An instance serves one request: it may keep what it has fetched."""

    name: ClassVar[str]
    title: ClassVar[Any]
    model: ClassVar[type[Model]]
    columns: ClassVar[Sequence[Column]]
    permissions: ClassVar[Sequence[str]]
    introduction: ClassVar[Any] = ""
    do_not_call_in_templates = True

    def __init__(self, user: Any) -> None:
        self.user = user

    @classmethod
    def is_allowed(cls, user: Any) -> bool:
        return bool(user.has_perms(cls.permissions))

    @classmethod
    def names(cls) -> list[str]:
        return [column.name for column in cls.columns]

    @classmethod
    def needed(cls) -> list[str]:
        return [column.name for column in cls.columns if column.is_needed]

    @classmethod
    def written(cls) -> list[str]:
        """Return the columns that an import writes."""
        return [column.name for column in cls.columns if not column.is_shown_only and column.name != "id"]

    @abstractmethod
    def listed(self, request: HttpRequest) -> QuerySet:
        """Return the objects that the listing shows for the request's filters."""

    @abstractmethod
    def rows(self, things: QuerySet) -> Iterable[Cells]:
        """Return objects as rows; a fixed number of queries for any number of them."""

    @abstractmethod
    def current(self, keys: Iterable[str]) -> dict[str, Kept]:
        """Return the rows that these keys name, by key; a fixed number of queries."""

    @abstractmethod
    def start(self, drafts: Sequence[Draft]) -> None:
        """Fetch what checking these rows needs; a fixed number of queries."""

    @abstractmethod
    def blank(self) -> Cells:
        """Return the row that a new one begins with."""

    @abstractmethod
    def tidy(self, draft: Draft) -> None:
        """Write the cells in their one form, so that they can be compared; refuse those that say nothing known."""

    @abstractmethod
    def check(self, draft: Draft) -> None:
        """Refuse a new or changed row that cannot be kept, by cell."""

    @abstractmethod
    def alike(self, cells: Cells) -> Kept | None:
        """Return the row that is here already and is the same thing as a new one; `start` has fetched it."""

    def checking(self) -> AbstractContextManager[None]:
        """Return what stands around the checks of many rows."""
        return nullcontext()

    @abstractmethod
    def create(self, cells: Cells) -> Kept:
        """Make what a checked row says; return the row as it stands then."""

    @abstractmethod
    def update(self, kept: Kept, cells: Cells) -> Kept:
        """Make an object say what a checked row says; return the row as it stands then."""

    def restore(self, kept: Kept, cells: Cells, extra: dict[str, Any]) -> None:
        """Put an object back as a row and its `extra` say that it was."""
        self.update(kept, cells)

    def title_of(self, cells: Cells) -> str:
        """Return what people call the row."""
        return cells.get("title") or cells.get("romani") or cells.get("id", "")

    def locked(self, things: Sequence[Any]) -> dict[int, str]:
        """Return why objects cannot be written now, by primary key; a fixed number of queries."""
        return {}

    def undoable(self, things: Sequence[Any]) -> dict[int, str]:
        """Return why objects that an import made cannot be deleted, by primary key; a fixed number of queries."""
        kind = ContentType.objects.get_for_model(self.model)
        own = {str(thing.pk) for thing in things}
        uses = ReferenceIndex.objects.filter(to_content_type=kind, to_object_id__in=own)
        # What is deleted with it does not hold it.
        used = {
            int(to)
            for to, source, pk in uses.values_list("to_object_id", "base_content_type", "object_id")
            if source != kind.pk or pk not in own
        }
        return dict.fromkeys(used, _("It is used by now."))

    def link(self, pk: int) -> str:
        """Return the address of the editor."""
        from django.urls import reverse

        return reverse(self.model.snippet_viewset.get_url_name("edit"), args=[pk])  # type: ignore[attr-defined]


_tables: dict[str, type[Table]] = {}


def register(table: type[Table]) -> type[Table]:
    """Offer a kind of table. The rooms above do so when they start."""
    _tables[table.name] = table
    return table


def table_named(name: str) -> type[Table] | None:
    return _tables.get(name)


def tables_for(user: Any) -> list[type[Table]]:
    """Return the kinds of table that a user may bring in, in the order in which they were offered."""
    return [table for table in _tables.values() if table.is_allowed(user)]


def one_of(cell: str, known: Mapping[str, str]) -> str | None:
    """Return the key that a cell means: the key itself, or a name of it, whatever its capitals; None if unknown."""
    return cell if cell in known.values() else known.get(cell.casefold())


def asked(request: HttpRequest) -> str:
    """Return what the listing was searched for, without what no database takes."""
    return request.GET.get("q", "").replace("\x00", "").strip()

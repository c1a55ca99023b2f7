"""The dictionary's small tables: themes, sources, protected pairs, the spelling table."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from dictionary.models import ProtectedPair, Source, SpellingRule, Theme

from .codec import complaint
from .files import CourseFileError, Row, read_csv, write_csv
from .sync import Data


class Simple:
    """A small table whose rows are model rows, known by one column."""

    adopts = True

    def __init__(
        self, name: str, file: str, model: type[models.Model], columns: dict[str, str], key: list[str]
    ) -> None:
        self.name, self.file, self.model, self.columns, self.key = name, file, model, columns, key
        self.rows: dict[str, Row] = {}

    def _key(self, row: dict[str, Any]) -> str:
        return "|".join(str(row[column]) for column in self.key)

    def read(self, root: Path) -> dict[str, Data]:
        found: dict[str, Data] = {}
        for row in read_csv(root / self.file, self.columns):
            self._check(row)
            key = self._key(row)
            if key in self.rows:
                first = self.rows[key].line
                raise CourseFileError(f"{row.at(self.key[0])}: {key!r} stands in line {first} already")
            self.rows[key] = row
            found[key] = {column: row[column] for column in self.columns}
        return found

    def _check(self, row: Row) -> None:
        """Refuse a cell that its field cannot hold."""
        for column, name in self.columns.items():
            field: Any = self.model._meta.get_field(name)
            if isinstance(field, models.BooleanField):
                continue
            try:
                field.clean(row[column], None)
            except ValidationError as error:
                raise CourseFileError(f"{row.at(column)}: {complaint(error)}") from error

    def current(self) -> dict[str, tuple[Any, Data]]:
        found = {}
        for thing in self.model._default_manager.order_by("pk"):
            data = {column: str(getattr(thing, name)) for column, name in self.columns.items()}
            found[self._key(data)] = (thing, data)
        return found

    def create(self, items: dict[str, Data]) -> None:
        self.model._default_manager.bulk_create(
            [self.model(**{self.columns[column]: value for column, value in data.items()}) for data in items.values()]
        )

    def update(self, key: str, thing: Any, data: Data) -> None:
        for column, value in data.items():
            setattr(thing, self.columns[column], value)
        thing.save()

    def write(self, root: Path, items: dict[str, Data]) -> None:
        write_csv(root / self.file, list(self.columns), items.values())

    def object_id(self, key: str) -> str:
        return key[:64]


def simple_tables() -> list[Simple]:
    return [
        Simple(
            "theme",
            "themes.csv",
            Theme,
            {"key": "key", "english": "name_en", "latvian": "name_lv", "position": "position"},
            ["key"],
        ),
        Simple(
            "source",
            "sources.csv",
            Source,
            {"key": "key", "short_name": "short_name", "citation": "citation", "licence": "licence"},
            ["key"],
        ),
        Simple(
            "pair",
            "protected_pairs.csv",
            ProtectedPair,
            {"form_a": "form_a", "form_b": "form_b", "why": "why"},
            ["form_a", "form_b"],
        ),
        SpellingRules(
            "rule",
            "spelling_rules.csv",
            SpellingRule,
            {
                "number": "number",
                "latvian": "description_lv",
                "english": "description_en",
                "letters": "letters",
                "place": "place",
                "accepted": "is_active",
                "evidence": "evidence",
            },
            ["number"],
        ),
    ]


class SpellingRules(Simple):
    """The spelling table. Comes after the protected pairs, which every rule is checked against."""

    def read(self, root: Path) -> dict[str, Data]:
        # Files from before there was a table: every row is as the software has it.
        return super().read(root) if (root / self.file).exists() else {}

    def current(self) -> dict[str, tuple[Any, Data]]:
        found = super().current()
        for thing, data in found.values():
            data["accepted"] = "yes" if thing.is_active else "no"
        return found

    def create(self, items: dict[str, Data]) -> None:
        for key, data in items.items():
            self.update(key, SpellingRule(), data)

    def update(self, key: str, thing: Any, data: Data) -> None:
        for column, value in data.items():
            setattr(thing, self.columns[column], value == "yes" if column == "accepted" else value)
        try:
            thing.full_clean()
        except ValidationError as error:
            row = self.rows.get(key)
            where = row.at() if row else self.file
            raise CourseFileError(f"{where}: {self.file}: rule {key}: {complaint(error)}") from error
        thing.save()

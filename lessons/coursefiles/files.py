"""Reading and writing the files themselves. Errors name the file."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from .lines import Keys, line_of


class CourseFileError(Exception):
    """Something in the course files is not right; the message names file, line and place.

    Who finds it rarely knows the file: `keys` is the place as far as it is known, and grows on the way up to `in_file`.
    """

    def __init__(self, message: str, keys: Keys = ()) -> None:
        super().__init__(message)
        self.keys = keys
        self.is_placed = False

    def below(self, *keys: str | int) -> "CourseFileError":
        """Return the error with the keys that stand before its place."""
        self.keys = (*keys, *self.keys)
        return self

    def in_file(self, path: Path, *keys: str | int) -> "CourseFileError":
        """Return the error with the file that it is in and the line; an error that has them already stays as it is."""
        if self.is_placed or not path.exists():
            return self
        placed = CourseFileError(f"{path}:{line_of(path, (*keys, *self.keys))}: {self}")
        placed.is_placed = True
        return placed


class Row(dict[str, str]):
    """A row of a table that knows where it stands."""

    path: Path
    line: int

    def at(self, column: str = "") -> str:
        """Return the place of the row, or of one cell, as the beginning of a message."""
        return f"{self.path}:{self.line}, column {column}" if column else f"{self.path}:{self.line}"


class _Dumper(yaml.SafeDumper):
    """Dump in one canonical way, so that a round trip gives the same bytes."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, data: str) -> yaml.Node:
    # A text of several paragraphs reads best as it is.
    return dumper.represent_scalar("tag:yaml.org,2002:str", data, style="|" if "\n" in data else None)


_Dumper.add_representer(str, _text)


def read_yaml(path: Path) -> Any:
    """Return a YAML file's content, or nothing if there is no such file."""
    if not path.exists():
        return None
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        raise CourseFileError(f"{where}: {error}") from error
    except UnicodeDecodeError:
        raise CourseFileError(f"{path}: this file is not UTF-8") from None


def write_yaml(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(text, encoding="utf-8")


def read_csv(path: Path, columns: Iterable[str]) -> list[Row]:
    """Return a table's rows, each with its line; each of `columns` must be there."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            try:
                return _rows(path, reader, list(columns))
            except csv.Error as error:
                raise CourseFileError(f"{path}:{reader.line_num}: {error}") from error
    except FileNotFoundError:
        raise CourseFileError(f"{path}: this file is missing") from None
    except UnicodeDecodeError:
        raise CourseFileError(f"{path}: this file is not UTF-8") from None


def _rows(path: Path, reader: Any, columns: list[str]) -> list[Row]:
    names: list[str] = next(reader, [])
    missing = [column for column in columns if column not in names]
    if missing:
        raise CourseFileError(f"{path}:1: column {missing[0]!r} is missing")
    found = []
    before = reader.line_num
    for cells in reader:
        if cells:
            row = Row(zip(names, cells, strict=False))
            row.path, row.line = path, before + 1
            if len(cells) != len(names):
                raise CourseFileError(f"{row.at()}: {len(cells)} cells, but the first row names {len(names)} columns")
            found.append(row)
        before = reader.line_num
    return found


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n", extrasaction="raise")
    writer.writeheader()
    writer.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(out.getvalue(), encoding="utf-8")

"""Reading and writing the files themselves. Errors name the file."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml


class CourseFileError(Exception):
    """Something in the course files is not right; the message names file and place."""


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
        raise CourseFileError(f"{path}: {error}") from error


def write_yaml(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(text, encoding="utf-8")


def read_csv(path: Path, columns: Iterable[str]) -> list[dict[str, str]]:
    """Return a table's rows; each of `columns` must be there."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            missing = [column for column in columns if column not in (reader.fieldnames or [])]
            if missing:
                raise CourseFileError(f"{path}: column {missing[0]!r} is missing")
            return list(reader)
    except FileNotFoundError:
        raise CourseFileError(f"{path}: this file is missing") from None


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n", extrasaction="raise")
    writer.writeheader()
    writer.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(out.getvalue(), encoding="utf-8")

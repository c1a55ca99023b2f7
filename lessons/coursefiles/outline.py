"""course.yaml: the course, its modules, and the order of what is in them."""

from collections.abc import Sequence
from pathlib import Path

from .files import CourseFileError, read_yaml
from .sync import Data

BESIDE = ("number", "test", "lessons")
"""What a module says beside the fields of its page."""


def read_outline(root: Path, fields: Sequence[str]) -> Data:
    """Return course.yaml. Raises CourseFileError where a module lacks its number or has an unknown field."""
    path = root / "course.yaml"
    outline = read_yaml(path) or {}
    if not isinstance(outline, dict):
        raise CourseFileError("expected the fields course and modules").in_file(path)
    known = [*BESIDE, *fields]
    for place, module in enumerate(outline.get("modules") or []):
        if not isinstance(module, dict) or "number" not in module:
            raise CourseFileError("a module needs its number", ("modules", place)).in_file(path)
        unknown = sorted(set(module) - set(known))
        if unknown:
            message = f"module {module['number']}: unknown field {unknown[0]!r}; known are {', '.join(known)}"
            raise CourseFileError(message, ("modules", place, unknown[0])).in_file(path)
    return outline

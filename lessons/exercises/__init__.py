"""The exercise types. Every module here that defines `TYPE` is one; nothing else needs to know it."""

import pkgutil
from functools import cache
from importlib import import_module

from .base import ExerciseType


@cache
def types() -> dict[str, ExerciseType]:
    """Return every type by its name."""
    found = {}
    for module_info in pkgutil.iter_modules(__path__):
        exercise_type = getattr(import_module(f"{__name__}.{module_info.name}"), "TYPE", None)
        if exercise_type is not None:
            found[exercise_type.name] = exercise_type
    return found


def is_fetched(name: str) -> bool:
    """Say whether a lesson fetches exercises of this type once the learner comes near."""
    return name in types() and types()[name].is_fetched


def is_self_judged(name: str) -> bool:
    """Say whether exercises of this type are judged by the learner alone, and so are for practice only."""
    return name in types() and types()[name].is_self_judged

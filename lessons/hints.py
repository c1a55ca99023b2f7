"""Hints that cost: what each step takes of an exercise's points. Pure; a definition without costs has none of it."""

from collections.abc import Collection
from dataclasses import dataclass

from .exercises.answers import WHOLE
from .exercises.base import Definition, in_language


@dataclass(frozen=True)
class Hint:
    """One step: its number from 1, what it costs in per cent of the exercise's points, its text, whether it is next.

    The text is None as long as the learner has not asked for this step, or for one before it that costs.
    """

    number: int
    cost: int
    text: str | None
    is_next: bool


def costs_of(definition: Definition) -> list[int]:
    """Return what each hint costs, in their order, where any of them does; else nothing: they are all free."""
    return list(definition.get("hint_costs", ()))


def steps(definition: Definition, opened: Collection[int], language: str, *, are_free: bool = False) -> list[Hint]:
    """Return the hints of an exercise where one costs, with the texts of those that are open by now.

    Open are all up to the first that costs and has not been asked for; all if they `are_free` meanwhile.
    """
    found: list[Hint] = []
    is_open = True
    for number, (cost, text) in enumerate(zip(costs_of(definition), definition.get("hints", ()), strict=False), 1):
        was_open = is_open
        is_open = was_open and (are_free or not cost or number in opened)
        found.append(Hint(number, cost, in_language(text, language) if is_open else None, was_open and not is_open))
    return found


def after_hints(score: float, cost: int) -> float:
    """Return what is left of a score (0–1) after hints of that cost in per cent; never less than nothing."""
    return max(0.0, round(score - cost / WHOLE, 4)) if cost else score

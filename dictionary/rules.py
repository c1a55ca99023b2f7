"""The spelling rules as they stand in the database, as the plain value that spelling and grading take."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .spelling import SWITCHABLE, Rules, merging_row

if TYPE_CHECKING:
    from .models import ProtectedPair, SpellingRule


def active_rules(rows: "Iterable[SpellingRule] | None" = None) -> Rules:
    """Return the rules of these rows, or of the database in one query.

    A row that cannot be read any more counts as switched off: nobody's answer meets an error.
    """
    from .models import SpellingRule

    off, letters = set(), []
    for row in SpellingRule.objects.order_by("number") if rows is None else sorted(rows, key=lambda row: row.number):
        if row.number in SWITCHABLE:
            off |= set() if row.is_active else {row.number}
        elif row.is_active:
            try:
                letters += row.pairs_of_letters
            except ValueError:
                continue
    return Rules(frozenset(off), tuple(letters))


def first_merged(rules: Rules) -> "ProtectedPair | None":
    """Return the first protected pair of which these rules would make one word; None if they keep all apart."""
    from .models import ProtectedPair

    pairs = ProtectedPair.objects.order_by("pk")
    return next((pair for pair in pairs if merging_row(pair.form_a, pair.form_b, rules) is not None), None)

"""Judge a course by all rules."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from . import gaps, teaching, words
from .course import Course
from .findings import RULES, Finding

CHECKS = (
    words.tokens_resolve,
    words.exercises_use_what_is_taught,
    words.taught_entries_are_complete,
    words.pairs_are_respected,
    teaching.lessons_keep_their_load,
    teaching.lessons_recycle,
    teaching.lessons_are_practised,
    teaching.tests_have_their_length,
    teaching.exercises_exist_and_are_used,
    teaching.languages_say_the_same,
    gaps.declared_gaps,
    gaps.stale_translations,
)


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, and how much was looked at."""

    findings: list[Finding]
    counts: dict[str, int]

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.is_error]

    @property
    def gaps(self) -> list[Finding]:
        return [finding for finding in self.findings if not finding.is_error]

    def by_rule(self) -> list[tuple[str, str, int]]:
        """Return kind, rule and number of every rule that found something, errors first."""
        counted = Counter(finding.rule for finding in self.findings)
        return [(kind, rule, counted[rule]) for rule, (kind, _title, _message) in RULES.items() if counted[rule]]

    def as_dict(self) -> dict[str, Any]:
        return {"counts": self.counts, "findings": [finding.as_dict() for finding in self.findings]}


def judge(course: Course) -> Report:
    """Return everything that the rules find in a course."""
    findings = [finding for check in CHECKS for finding in check(course)]
    taught = course.taught
    counts = {
        "lessons": len(course.lessons),
        "tests": len(course.parts) - len(course.lessons),
        "exercises": len(course.exercises),
        "entries": len(course.entries),
        "taught": len(taught),
    }
    return Report(findings, counts)

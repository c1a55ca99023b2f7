"""What is judged: a course as plain data, in the shape of the course files, wherever it was read from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Data = dict[str, Any]
LANGUAGES = ("lv", "en")


@dataclass(slots=True)
class Part:
    """A lesson or a test: its page in each language, the exercises that stand in it, and its quiz."""

    ref: str
    pages: dict[str, Data]
    quiz: Data | None = None

    @property
    def is_lesson(self) -> bool:
        return self.ref.startswith("lessons/")

    @property
    def page(self) -> Data:
        """Return the page in the first language that it has."""
        return next((self.pages[language] for language in LANGUAGES if language in self.pages), {})

    def blocks(self, *types: str) -> list[Data]:
        return [block for block in self.page.get("body", []) if block["type"] in types]

    @property
    def taught(self) -> list[str]:
        """Return the codes of the entries that the lesson's word lists teach."""
        return [code for block in self.blocks("words") for code in block.get("items", [])]

    @property
    def practised(self) -> list[str]:
        """Return the codes of the exercises in place."""
        return [block["exercise"] for block in self.blocks("practice") if block.get("exercise")]

    @property
    def asked(self) -> list[str]:
        """Return the codes of the exercises of the quiz."""
        return list((self.quiz or {}).get("exercises", []))


@dataclass(slots=True)
class Course:
    """A whole course. `parts` are its lessons and tests in the order in which learners meet them."""

    entries: dict[str, Data]
    voices: dict[str, set[str]]
    exercises: dict[str, Data]
    parts: list[Part]
    pairs: list[tuple[str, str]]
    varieties: set[str]
    pages: dict[str, Data] = field(default_factory=dict)
    behind: dict[str, int] = field(default_factory=dict)
    """Translations that are behind their source: place → in how many places. Only the site knows."""
    targets: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Where the site has it: place → (`page`, `exercise` or `entry`, primary key). Empty for files."""

    @property
    def lessons(self) -> list[Part]:
        return [part for part in self.parts if part.is_lesson]

    @property
    def taught(self) -> dict[str, str]:
        """Return every entry that is taught, with the lesson that teaches it first."""
        found: dict[str, str] = {}
        for lesson in self.lessons:
            for code in lesson.taught:
                found.setdefault(code, lesson.ref)
        return found

    def target_of(self, place: str) -> tuple[str, int] | None:
        """Return what can be opened to mend something at a finding's place."""
        head = place.partition(": ")[0]
        return self.targets.get(head) or self.targets.get(f"{head}.{LANGUAGES[0]}")

    def texts(self) -> Iterator[tuple[str, Data]]:
        """Yield everything that people read, with its place."""
        yield from self.pages.items()
        for part in self.parts:
            for language, page in part.pages.items():
                yield f"{part.ref}.{language}", page
        yield from self.exercises.items()


def named_codes(data: Any, entries: dict[str, Data]) -> set[str]:
    """Return the codes of entries that stand anywhere in an exercise or block."""
    if isinstance(data, dict):
        return set().union(*(named_codes(value, entries) for value in data.values()))
    if isinstance(data, list):
        return set().union(*(named_codes(value, entries) for value in data))
    return {data} if isinstance(data, str) and data in entries else set()

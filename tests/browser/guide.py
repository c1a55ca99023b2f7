"""A guide as something that can be followed: its numbered steps, what each names, and its pictures, in order."""

import re
from dataclasses import dataclass

from .running import ROOT

FOLDER = ROOT / "docs" / "how-to"
SECTION = re.compile(r"## (.+)")
STEP = re.compile(r"(\d+)\. (.+)")
PICTURE = re.compile(r"\s*!\[([^\]]*)\]\(pictures/([\w-]+)\.png\)")
MARK = re.compile(r"\*\*(.+?)\*\*|`(.+?)`")


@dataclass(frozen=True)
class Mark:
    """One thing that a step names. `on_screen`: it is in bold, words of the interface; else it is a value.

    `before` are the words between it and the mark before, in small letters; `after` those up to the next one.
    """

    text: str
    on_screen: bool
    before: str
    after: str


@dataclass(frozen=True)
class Step:
    section: str
    number: int
    text: str

    @property
    def marks(self) -> list[Mark]:
        found = list(MARK.finditer(self.text))
        ends = [0, *(match.end() for match in found)]
        starts = [*(match.start() for match in found), len(self.text)]
        between = [self.text[end:start].lower() for end, start in zip(ends, starts, strict=True)]
        return [
            Mark(match[1] or match[2], bool(match[1]), between[place], between[place + 1])
            for place, match in enumerate(found)
        ]

    def __str__(self) -> str:
        return f"{self.section}, {self.number}: {self.text}"


@dataclass(frozen=True)
class Picture:
    """A picture stands below the step after which the screen looks so."""

    name: str
    description: str


def read(name: str) -> list[Step | Picture]:
    """Return the steps and pictures of a guide in order."""
    return parse(text(name))


def text(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def parse(source: str) -> list[Step | Picture]:
    """
    >>> parse("## Sākt\\n1. Spiediet **Lapas**.\\n   ![Ekrāns](pictures/lapas.png)")[1]
    Picture(name='lapas', description='Ekrāns')
    """
    found: list[Step | Picture] = []
    section = ""
    for line in source.split("\n"):
        if match := SECTION.fullmatch(line):
            section = match[1]
        elif match := STEP.fullmatch(line):
            found.append(Step(section, int(match[1]), match[2]))
        elif match := PICTURE.fullmatch(line):
            found.append(Picture(match[2], match[1]))
    return found

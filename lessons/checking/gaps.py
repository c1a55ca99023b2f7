"""The gaps of a course: what nobody has told yet, in the order in which reviewers should take it.

A gap is declared where it belongs: a question in a lesson's “what we do not know yet”, an empty line of a dialogue, a
culture text that waits for the community. Earlier lessons come first, for learners meet them first. A translation that
is behind its source is a gap too: it waits for whoever translates.
"""

from collections.abc import Iterator

from .course import Course, Part
from .findings import Finding


def declared_gaps(course: Course) -> Iterator[Finding]:
    for lesson in course.lessons:
        yield from _questions(lesson)


def stale_translations(course: Course) -> Iterator[Finding]:
    """The source was published with other texts or another structure since the translation was last level with it."""
    for place, count in course.behind.items():
        yield Finding("stale-translation", place, {"count": count})


def _questions(lesson: Part) -> Iterator[Finding]:
    for block in lesson.blocks("gap", "dialogue", "culture"):
        if block["type"] == "gap":
            for question in block.get("questions", []):
                yield Finding("question", lesson.ref, {"text": question})
        elif block["type"] == "dialogue":
            for line in block.get("lines", []):
                if not line.get("item"):
                    yield Finding("empty-line", lesson.ref, {"text": line.get("question", "")})
        elif block.get("is_open"):
            yield Finding("community-text", lesson.ref, {"text": block.get("waits_for") or block.get("heading", "")})

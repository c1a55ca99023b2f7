"""What only a native speaker can tell: the gaps of the lessons, each with the place that it fills.

Authors declare a gap where it belongs: a question in “what we do not know yet”, an empty line of a dialogue, a text
that waits for the community. Nothing is copied: the questions are read from the newest drafts each time.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.html import strip_tags
from wagtail.models import Page

from dictionary.models import Entry
from lessons.models import LessonPage

from .models import Answer

FIRST_LANGUAGE = settings.LANGUAGE_CODE
"""The language in which questions are asked, where the lesson has it."""
AROUND = 2
"""So many lines of the dialogue are shown before and after the one that is asked for."""
_ORDER = {Answer.WORD: 0, Answer.LINE: 1, Answer.CULTURE: 2}


@dataclass(frozen=True)
class Line:
    """A line of a dialogue beside the one that is asked for, or that one itself."""

    speaker: str
    meaning: str
    entry: int | None
    is_asked: bool


@dataclass(frozen=True)
class Question:
    """One gap. `path` is where it stands in the editor of `page`, as Wagtail names it."""

    lesson: UUID
    page: int
    title: str
    place: str
    kind: str
    text: str
    path: str
    number: int
    heading: str = ""
    meaning: str = ""
    scene: str = ""
    lines: tuple[Line, ...] = field(default=())

    @property
    def digest(self) -> str:
        """Return the name of what is asked: another text is another question."""
        said = "\n".join((self.kind, self.text.strip(), self.meaning.strip()))
        return hashlib.sha256(said.encode()).hexdigest()[:24]

    @property
    def key(self) -> tuple[UUID, str, str]:
        return self.lesson, self.digest, self.place


def all_questions(lesson: UUID | None = None) -> list[Question]:
    """Return the gaps of all lessons, or of one, in the order in which to ask; two queries.

    Earlier lessons come first, for learners meet them first; of one lesson words come before lines and texts.
    """
    pages = LessonPage.objects.select_related("latest_revision", "locale").order_by("path")
    if lesson is not None:
        pages = pages.filter(translation_key=lesson)
    chosen: dict[UUID, LessonPage] = {}
    for page in pages:
        if page.translation_key not in chosen or page.locale.language_code == FIRST_LANGUAGE:
            chosen[page.translation_key] = page
    ordered = sorted(chosen.values(), key=lambda page: (page.locale.language_code != FIRST_LANGUAGE, page.path))
    found: list[Question] = []
    for number, page in enumerate(ordered, 1):
        found += sorted(_questions_of(page, number), key=lambda one: _ORDER[one.kind])
    return found


def _questions_of(page: LessonPage, number: int) -> Iterator[Question]:
    for block in stored_body(page):
        value, where = block["value"], f"body.{block.get('id')}"
        about = {
            "lesson": page.translation_key,
            "page": page.pk,
            "title": page.title,
            "number": number,
            "heading": value.get("heading") or "",
        }
        if block["type"] == "gap":
            for place, text in _items(value.get("questions"), block):
                if text:
                    yield Question(**about, place=place, kind=Answer.WORD, text=text, path=f"{where}.questions.{place}")
        elif block["type"] == "dialogue":
            yield from _empty_lines(value, block, about, where)
        elif block["type"] == "culture" and value.get("is_open"):
            yield Question(
                **about,
                place=str(block.get("id")),
                kind=Answer.CULTURE,
                text=about["heading"],
                meaning=value.get("waits_for") or "",
                scene=_plain(value.get("text")),
                path=f"{where}.text",
            )


def _empty_lines(value: dict[str, Any], block: Any, about: dict[str, Any], where: str) -> Iterator[Question]:
    lines = list(_items(value.get("lines"), block))
    for place_in, (place, line) in enumerate(lines):
        if line.get("item") or not line.get("question"):
            continue
        near = range(max(0, place_in - AROUND), min(len(lines), place_in + AROUND + 1))
        yield Question(
            **about,
            place=place,
            kind=Answer.LINE,
            text=line["question"],
            meaning=line.get("meaning") or "",
            scene=_plain(value.get("scene")),
            lines=tuple(_line(lines[n][1], is_asked=n == place_in) for n in near),
            path=f"{where}.lines.{place}.question",
        )


def _line(line: dict[str, Any], *, is_asked: bool) -> Line:
    return Line(line.get("speaker") or "", line.get("meaning") or "", line.get("item") or None, is_asked)


def stored_body(page: LessonPage) -> list[dict[str, Any]]:
    """Return the blocks of the newest draft as they are stored. Needs `latest_revision`."""
    revision = page.latest_revision
    stored = json.loads(revision.content.get("body") or "[]") if revision else page.body.get_prep_value()
    return [block for block in stored if isinstance(block.get("value"), dict)]


def _items(stored: Any, block: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the items of a list with their ids; one that was kept before items had ids is named by its number."""
    for number, item in enumerate(stored or []):
        if isinstance(item, dict) and "value" in item:
            yield str(item.get("id") or f"{block.get('id')}-{number}")[:64], item["value"]
        else:
            yield f"{block.get('id')}-{number}"[:64], item


def _plain(html: str | None) -> str:
    return strip_tags((html or "").replace("</p>", "</p> ")).strip()


def entries_of(question: Question) -> dict[int, Entry]:
    """Return the words said in the lines around, by primary key; a fixed number of queries."""
    wanted = [line.entry for line in question.lines if line.entry]
    return Entry.objects.for_display().in_bulk(wanted) if wanted else {}


@dataclass(frozen=True)
class Said:
    """What has been said to the questions that stand now, each answer at its question."""

    by_question: dict[tuple[UUID, str, str], list[Answer]]

    def to(self, question: Question) -> list[Answer]:
        return self.by_question.get(question.key, [])


def said_to(questions: Iterable[Question], answers: Iterable[Answer]) -> Said:
    """Lay answers at their questions.

    The text tells which: a question that has moved in its lesson keeps its answers. Where a lesson asks the same twice,
    the place tells them apart.
    """
    asked: dict[tuple[UUID, str], list[Question]] = defaultdict(list)
    for question in questions:
        asked[question.lesson, question.digest].append(question)
    found: dict[tuple[UUID, str, str], list[Answer]] = defaultdict(list)
    for answer in answers:
        there = asked.get((answer.lesson, answer.digest), [])
        same = [one for one in there if one.place == answer.place] if len(there) > 1 else there
        if same:
            found[same[0].key].append(answer)
    return Said(found)


def still_asked(answers: Iterable[Answer]) -> dict[int, Question]:
    """Return the question that each answer belongs to, by the answer's primary key, where it is still asked."""
    questions = all_questions()
    said = said_to(questions, answers)
    return {answer.pk: question for question in questions for answer in said.to(question)}


def queue_for(user: Any) -> list[Question]:
    """Return what this reviewer may be asked: what nobody has answered first, then what others have; three queries.

    Not what an editor has taken over, nor what this person has answered.
    """
    questions = all_questions()
    answers = Answer.objects.only("lesson", "place", "digest", "state", "by")
    said = said_to(questions, answers)
    mine = user.pk
    open_ones: list[Question] = []
    others: list[Question] = []
    for question in questions:
        there = said.to(question)
        if any(one.state == Answer.TAKEN_OVER or one.by_id == mine for one in there):
            continue
        (others if any(one.state == Answer.ANSWERED for one in there) else open_ones).append(question)
    return open_ones + others


def find_question(lesson: UUID, digest: str, place: str) -> Question | None:
    """Return the question that an address names, also where it has moved in its lesson; None if it is not asked now."""
    same = [one for one in all_questions(lesson) if one.digest == digest]
    return next((one for one in same if one.place == place), same[0] if len(same) == 1 else None)


def titles_of(lessons: Iterable[UUID]) -> dict[UUID, Page]:
    """Return the lesson of each translation key, in the first language that it has; one query."""
    pages = LessonPage.objects.filter(translation_key__in=set(lessons)).select_related("locale").order_by("-locale_id")
    found: dict[UUID, Page] = {}
    for page in pages:
        if page.translation_key not in found or page.locale.language_code == FIRST_LANGUAGE:
            found[page.translation_key] = page
    return found

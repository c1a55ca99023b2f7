"""Rules about lessons and tests: the load of the plan, recycling, practice, quizzes, both languages.

The numbers are explained in content/README.md, “What a lesson keeps”.
"""

from collections.abc import Iterator

from .course import LANGUAGES, Course, Part, named_codes
from .findings import Finding

WORDS, PHRASES = range(8, 15), range(2, 9)
PRACTICES, PRACTICE_TYPES = 6, 4
QUIZ_ITEMS, TEST_ITEMS = range(8, 13), range(12, 61)
RECYCLED = 2
"""So many exercises of a lesson at least ask something that an earlier lesson has taught."""


def lessons_keep_their_load(course: Course) -> Iterator[Finding]:
    """A lesson teaches 8 to 14 new words and 2 to 8 new phrases. A word is new only once; a phrase may come again."""
    first = course.taught
    for lesson in course.lessons:
        taught = [code for code in lesson.taught if code in course.entries]
        new = [code for code in taught if first[code] == lesson.ref]
        for code in taught:
            if first[code] != lesson.ref and course.entries[code]["kind"] == "word":
                yield Finding("taught-twice", lesson.ref, {"code": code, "first": first[code]})
        for kind, allowed, rule in (("word", WORDS, "load-words"), ("phrase", PHRASES, "load-phrases")):
            count = sum(course.entries[code]["kind"] == kind for code in new)
            if count not in allowed:
                yield Finding(rule, lesson.ref, {"count": count, "right": _range(allowed)})


def lessons_recycle(course: Course) -> Iterator[Finding]:
    """From the second on, a lesson's practice and quiz come back to words of earlier lessons."""
    earlier: set[str] = set()
    for lesson in course.lessons:
        asked = [course.exercises.get(code, {}) for code in dict.fromkeys([*lesson.practised, *lesson.asked])]
        again = sum(bool(named_codes(exercise.get("body"), course.entries) & earlier) for exercise in asked)
        if earlier and again < RECYCLED:
            yield Finding("not-recycled", lesson.ref, {"count": again, "right": RECYCLED})
        earlier |= set(lesson.taught)


def lessons_are_practised(course: Course) -> Iterator[Finding]:
    """A lesson has at least six exercises of at least four types in place."""
    for lesson in course.lessons:
        types = [course.exercises[code]["type"] for code in lesson.practised if code in course.exercises]
        if len(types) < PRACTICES or len(set(types)) < PRACTICE_TYPES:
            values = {"count": len(types), "types": len(set(types)), "right": PRACTICES, "right_types": PRACTICE_TYPES}
            yield Finding("practice", lesson.ref, values)


def tests_have_their_length(course: Course) -> Iterator[Finding]:
    """A lesson's quiz asks 8 to 12, the test of a module at least 12."""
    for part in course.parts:
        allowed = QUIZ_ITEMS if part.is_lesson else TEST_ITEMS
        if len(part.asked) not in allowed:
            yield Finding("quiz-length", part.ref, {"count": len(part.asked), "right": _range(allowed)})


def exercises_exist_and_are_used(course: Course) -> Iterator[Finding]:
    """What a page or quiz names is there; what is there is used."""
    used: set[str] = set()
    for part in course.parts:
        for code in [*part.practised, *part.asked]:
            used.add(code)
            if code not in course.exercises:
                yield Finding("no-exercise", part.ref, {"code": code})
    for code in sorted(set(course.exercises) - used):
        yield Finding("unused-exercise", code)


def languages_say_the_same(course: Course) -> Iterator[Finding]:
    """Every page is there in each language, block for block, with the same words, exercises and open questions.

    A translation that is known to be behind is a gap, told by a rule of its own.
    """
    for part in course.parts:
        missing = [language for language in LANGUAGES if language not in part.pages]
        if missing:
            yield Finding("no-translation", part.ref, {"languages": ", ".join(missing)})
            continue
        level = [language for language in LANGUAGES if f"{part.ref}.{language}" not in course.behind]
        shapes = {language: _shape(part, language) for language in level}
        if len({str(shape) for shape in shapes.values()}) > 1:
            place = next((n for n, pair in enumerate(zip(*shapes.values(), strict=False), 1) if pair[0] != pair[1]), 0)
            place = place or min(len(shape) for shape in shapes.values()) + 1
            yield Finding("languages-differ", part.ref, {"block": place})


def _shape(part: Part, language: str) -> list[tuple[object, ...]]:
    """Return what must be equal in every language."""
    return [
        (
            block["type"],
            block.get("items"),
            block.get("exercise"),
            bool(block.get("is_open")),
            [line.get("item") for line in block.get("lines", [])],
            [pair.get("form") for pair in block.get("pairs", [])],
            len(block.get("questions", [])),
            len(block.get("situations", [])),
        )
        for block in part.pages[language].get("body", [])
    ]


def _range(allowed: range) -> str:
    return f"{allowed.start}–{allowed.stop - 1}"

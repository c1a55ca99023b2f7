"""Rules about words: every Romani token is accounted for, every taught entry is complete."""

from collections.abc import Iterator

from .course import Course, Data, named_codes
from .findings import Finding
from .romani import Vocabulary, marked, plain

COMPLETE = {"no-source": ("source", "source_ref"), "no-variety": ("variety",), "no-gloss": ("latvian", "english")}
"""What each taught entry must have, by the rule that says so."""


def tokens_resolve(course: Course) -> Iterator[Finding]:
    """Every Romani token is a word of the dictionary, a form that a source attests, or a form with its rule."""
    vocabulary = Vocabulary.of(course.entries.values())
    for place, data in course.texts():
        for found in marked(data):
            if found.text in course.entries:
                continue  # a field that names an entry by its code
            for token, rule in vocabulary.resolve(found.text).items():
                where = f"{place}: {found.place}"
                if rule:
                    yield Finding("form-by-rule", where, {"token": token, "by": rule})
                else:
                    yield Finding("unknown-word", where, {"token": token})


def exercises_use_what_is_taught(course: Course) -> Iterator[Finding]:
    """Exercises ask only entries of the variety that the course teaches."""
    for code, exercise in course.exercises.items():
        for item in sorted(named_codes(exercise.get("body"), course.entries)):
            variety = course.entries[item]["variety"]
            if variety not in course.varieties:
                yield Finding("other-variety", code, {"word": _word(course, item), "variety": variety})


def taught_entries_are_complete(course: Course) -> Iterator[Finding]:
    """Every taught entry has source, variety, gloss in both languages, and can be heard."""
    for code, lesson in course.taught.items():
        if code not in course.entries:
            yield Finding("no-entry", lesson, {"code": code})
            continue
        entry, named = course.entries[code], {"word": _word(course, code)}
        for rule, fields in COMPLETE.items():
            if not all(entry.get(field) for field in fields):
                yield Finding(rule, code, named)
        voices = course.voices.get(code, set())
        if not voices:
            yield Finding("no-audio", code, named)
        elif "native" not in voices:
            yield Finding("no-native-audio", code, named)
        if entry.get("review_state") != "reviewed":
            yield Finding("unreviewed", code, named)


def pairs_are_respected(course: Course) -> Iterator[Finding]:
    """No answer is accepted that is the other half of a protected pair."""
    halves = {frozenset((plain(one), plain(other))) for one, other in course.pairs}
    for code, exercise in course.exercises.items():
        for asked, accepted in _accepted(exercise.get("body") or {}, course):
            if frozenset((plain(asked), plain(accepted))) in halves:
                yield Finding("protected-pair", code, {"accepted": accepted, "asked": asked})


def _accepted(body: Data, course: Course) -> Iterator[tuple[str, str]]:
    """Yield what is asked with each further form that counts as right."""
    item = course.entries.get(str(body.get("item")))
    for asked, forms in [(item and item["romani"], body.get("accept")), *_of_gaps(body)]:
        yield from ((asked, form) for form in forms or [] if asked)


def _of_gaps(body: Data) -> list[tuple[str, list[str]]]:
    return [(gap["answer"], gap.get("accept") or []) for gap in body.get("gaps") or []]


def _word(course: Course, code: str) -> str:
    return str(course.entries[code]["romani"])

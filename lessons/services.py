"""What lessons offer to pages, to the API and to the room above: shown exercises, grading, versions, rules."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Q
from django.http import Http404
from django.utils import translation
from django.utils.translation import get_language

from .another_word import with_other_words
from .contested import AcceptedForm, with_forms
from .definitions import askable, digest
from .exercises import is_fetched, types
from .exercises.base import Definition
from .feedback import result
from .grading import Grade
from .hints import costs_of
from .models import Exercise, ExerciseVersion, LessonPage, Quiz
from .querysets import lesson_number, place_of

FORMS_AT_ONCE = 1
"""So many exercises of a lesson stand on its page from the start: beside words, voices and pictures, 14 KiB of page
and style have room for no more."""


def shown_exercise(
    exercise: Any, definition: Definition, *, language: str, seed: str, counts: bool = False
) -> dict[str, Any]:
    """Return an exercise as a learner may see it: no key.

    `exercise` is anything with a `uuid`; `seed` decides the order of options. What has to be heard
    comes with its `twin`: the fields that are shown instead to a learner who cannot listen now.
    Where the answer `counts`, hints are left out if any of them costs: see `hints.steps`.
    """
    exercise_type = types()[definition["type"]]
    with translation.override(language):
        payload = exercise_type.payload(definition, language, seed)
        twin = exercise_type.twin(definition, language, seed)
    if counts and costs_of(definition):
        payload["hints"] = []
    return {"id": str(exercise.uuid), "type": definition["type"], **payload, **({"twin": twin} if twin else {})}


def grade_answer(definition: Definition, answer: Any) -> Grade:
    """Judge an answer as it came from outside; of a wrong one say which other word of the dictionary it is.

    `None` stands for “I do not know”. Raises ValidationError, naming the field, if the answer has not
    the shape that the type asks for. At most one query.
    """
    return with_other_words(definition, [grade_alone(definition, answer)])[0]


def grade_alone(definition: Definition, answer: Any) -> Grade:
    """Judge an answer by what its definition holds: the same score as `grade_answer`, and no query."""
    if answer is None:
        return Grade("wrong", 0.0, {"skipped": True})
    exercise_type = types()[definition["type"]]
    return exercise_type.grade(definition, exercise_type.read(answer))


def without_twin(exercises: Iterable[Exercise]) -> list[Exercise]:
    """Return those marked as listening that ask nothing else of a learner who cannot listen now.

    What cannot be asked at all is left out: no learner meets it. A fixed number of queries.
    """
    marked = [exercise for exercise in exercises if exercise.skill == Exercise.LISTENING]
    return [one for one, definition in askable(marked) if types()[definition["type"]].silent(definition) is None]


def check_answer(exercise: Exercise, answer: Any) -> dict[str, Any]:
    """Judge one answer to a published exercise as it stands now; keeps nothing.

    Raises Http404 if the exercise cannot be asked any more, ValidationError if the answer has the wrong shape.
    """
    definition = next((definition for _, definition in askable([exercise])), None)
    if definition is None:
        raise Http404
    grade = grade_answer(definition, answer)
    return result(definition, grade.as_dict(), get_language() or "lv", exercise.own_feedback)


def current_versions(exercises: Sequence[Exercise]) -> list[ExerciseVersion]:
    """Return those exercises that can be asked as they stand now, each kept for good; a fixed number of queries.

    Equal content shares one row, so a thousand attempts at a quiz add no row at all.
    """
    pairs = askable(exercises)
    digests = [digest({"d": definition, "f": exercise.own_feedback}) for exercise, definition in pairs]
    rows = [
        ExerciseVersion(
            exercise=exercise,
            exercise_uuid=exercise.uuid,
            revision_id=exercise.live_revision_id,
            digest=name,
            definition=definition,
            feedback=exercise.own_feedback,
        )
        for (exercise, definition), name in zip(pairs, digests, strict=True)
    ]
    known = _stored(exercises, digests)
    missing = [row for row in rows if (row.exercise_uuid, row.digest) not in known]
    if missing:
        ExerciseVersion.objects.bulk_create(missing, ignore_conflicts=True)
        known = _stored(exercises, digests)
    return [known[row.exercise_uuid, row.digest] for row in rows]


def _stored(exercises: Iterable[Exercise], digests: Iterable[str]) -> dict[tuple[Any, str], ExerciseVersion]:
    found = ExerciseVersion.objects.filter(
        exercise_uuid__in=[exercise.uuid for exercise in exercises], digest__in=set(digests)
    )
    return {(version.exercise_uuid, version.digest): version for version in found}


def version_with_forms(version: ExerciseVersion, accepted: Iterable[AcceptedForm]) -> ExerciseVersion:
    """Return the version with accepted forms added to its key, kept for good; itself if none belongs there."""
    definition = with_forms(version.definition, accepted)
    if definition == version.definition:
        return version
    made, _made = ExerciseVersion.objects.get_or_create(
        exercise_uuid=version.exercise_uuid,
        digest=digest({"d": definition, "f": version.feedback}),
        defaults={
            "exercise_id": version.exercise_id,
            "revision_id": version.revision_id,
            "definition": definition,
            "feedback": version.feedback,
        },
    )
    return made


def quiz_rules(quiz: Quiz) -> dict[str, Any]:
    """Return what counts, for the learner to read before the start; one query.

    `count` is how many exercises an attempt asks, `drawn_from` of how many they are drawn; None if all are asked.
    """
    asked = quiz.items.filter(exercise__live=True).aggregate(
        pool=Count("exercise", distinct=True), costing=Count("pk", filter=Q(exercise__has_hint_costs=True))
    )
    pool = asked["pool"]
    count = pool if quiz.draw_count is None else min(pool, quiz.draw_count)
    return {
        "quiz": quiz,
        "count": count,
        "drawn_from": pool if count < pool else None,
        "minutes": max(1, round(count * 0.5)),
        "needed": needed_right(count, quiz.pass_mark),
        "has_hint_costs": bool(asked["costing"]),
    }


def needed_right(count: int, pass_mark: int) -> int:
    """Return how many of `count` exercises must be right: the smallest number that reaches the pass mark."""
    return -(-count * pass_mark // 100)


def lesson_context(lesson: LessonPage) -> dict[str, Any]:
    """Return all that the lesson's template shows; a fixed number of queries, however long the lesson."""
    number, whole = lesson_number(lesson)
    before, after, _course = place_of(lesson)
    parts, practice = lesson.sections, practice_of(lesson)
    entries = [
        item
        for part in parts
        for block in part.blocks
        if block.block_type == "words"
        for item in block.value["items"]
        if item
    ]
    return {
        "sections": parts,
        "practice": practice,
        "fetched": fetched_of(practice),
        "number": number,
        "lesson_count": whole,
        "word_count": sum(entry.kind == "word" for entry in entries),
        "phrase_count": sum(entry.kind == "phrase" for entry in entries),
        "rules": quiz_rules(lesson.quiz) if lesson.quiz else None,
        "previous_page": before,
        "next_page": after,
    }


def practice_of(lesson: LessonPage) -> dict[str, dict[str, Any]]:
    """Return the lesson's exercises in place as shown, by the id of their block. Unpublished ones are left out."""
    placed = [
        (block.id, block.value["exercise"])
        for block in lesson.body
        if block.block_type == "practice" and block.value["exercise"] and block.value["exercise"].live
    ]
    shown = {exercise.uuid: one for exercise, one in shown_exercises(exercise for _, exercise in placed)}
    return {block_id: shown[exercise.uuid] for block_id, exercise in placed if exercise.uuid in shown}


def fetched_of(practice: dict[str, dict[str, Any]]) -> set[str]:
    """Return the blocks whose exercise is not on the lesson's page at first, but fetched once the learner comes near.

    These are the long ones, and all after the first `FORMS_AT_ONCE` others: so a lesson stays light, however much it
    has to practise. Without a script a link leads to the exercise's own page.
    """
    short = [block_id for block_id, exercise in practice.items() if not is_fetched(exercise["type"])]
    return set(practice) - set(short[:FORMS_AT_ONCE])


def shown_exercises(exercises: Iterable[Exercise], *, count: bool = False) -> list[tuple[Exercise, dict[str, Any]]]:
    """Return the exercises that can be asked, each as a learner sees it outside an attempt, in the active language.

    `count` leaves out the hints that cost where answers count.
    """
    language = get_language() or "lv"
    return [
        (exercise, shown_exercise(exercise, definition, language=language, seed=str(exercise.uuid), counts=count))
        for exercise, definition in askable(exercises)
    ]

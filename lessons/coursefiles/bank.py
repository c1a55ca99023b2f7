"""The exercise bank and the quizzes, as they lie beside each lesson and in tests/."""

from collections import defaultdict
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from ..exercises import types
from ..models import Exercise, Quiz, QuizItem
from .codec import complaint, first_place, from_plain, to_plain
from .files import CourseFileError, read_yaml, write_yaml
from .lines import Keys
from .refs import Refs, uuid_of
from .sync import Data

LANGUAGES = ("lv", "en")
FIELDS = ("code", "type", "title", "skill", "level", "situation", "body", "feedback")
Source = tuple[Path, Keys]
"""A file, and where in it."""
RULES_LEFT_OUT = ("attempts_allowed", "time_limit_minutes", "draw_count")
"""Rules of a quiz that stand in its file only where they are set."""


def owners(root: Path) -> dict[str, Path]:
    """Return the folder or file of every lesson and test that may hold exercises, by its reference."""
    found = {f"lessons/{path.name}": path for path in sorted((root / "lessons").iterdir()) if path.is_dir()}
    return found | {f"tests/{path.stem}": path for path in sorted((root / "tests").glob("*.yaml"))}


def read_exercises(ref: str, path: Path) -> list[Data]:
    found = (
        read_yaml(path / "exercises.yaml") if ref.startswith("lessons/") else (read_yaml(path) or {}).get("exercises")
    )
    return found or []


def read_quiz(ref: str, path: Path) -> Data | None:
    found = read_yaml(path / "quiz.yaml") if ref.startswith("lessons/") else (read_yaml(path) or {}).get("quiz")
    return found or None


def source_of(ref: str, path: Path, place: int) -> Source:
    """Return where the exercise of a number stands."""
    return (path / "exercises.yaml", (place,)) if ref.startswith("lessons/") else (path, ("exercises", place))


class Exercises:
    """Exercises of the bank. `home` of each is the lesson or test beside which its file lies."""

    name = "exercise"

    def __init__(self, refs: Refs) -> None:
        self.refs = refs
        self.sources: dict[str, Source] = {}

    def read(self, root: Path) -> dict[str, Data]:
        found: dict[str, Data] = {}
        for ref, path in owners(root).items():
            for place, row in enumerate(read_exercises(ref, path)):
                found |= self._one(row, path, source_of(ref, path, place), found)
        return found

    def _one(self, row: Any, path: Path, source: Source, found: dict[str, Data]) -> dict[str, Data]:
        file, keys = source
        try:
            _check_row(row, found)
            self.sources[row["code"]] = source
            return {row["code"]: self._canonical(row, f"{path}: {row['code']}")}
        except CourseFileError as error:
            raise error.in_file(file, *keys) from None

    def _canonical(self, row: Data, place: str) -> Data:
        block = types()[row["type"]].block()
        try:
            stored = from_plain(block, row.get("body") or {}, self.refs, place)
        except CourseFileError as error:
            raise error.below("body") from None
        feedback = {language: text for language, text in (row.get("feedback") or {}).items() if text}
        return _shape(
            row["code"],
            row["type"],
            row["title"],
            row.get("skill", "reading"),
            to_plain(block, stored, self.refs),
            feedback,
            _place_of_use(row, place),
        )

    def current(self) -> dict[str, tuple[Any, Data]]:
        found = {}
        for exercise in Exercise.objects.order_by("pk"):
            key = self.refs.key_of("exercise", exercise.uuid)
            latest = exercise.get_latest_revision_as_object() if exercise.has_unpublished_changes else exercise
            stored = latest.stored_block
            body = to_plain(types()[stored["type"]].block(), stored["value"], self.refs)
            feedback = {language: text for language, text in latest.own_feedback.items() if text}
            use = {"level": latest.level, "situation": latest.situation}
            found[key] = (exercise, _shape(key, stored["type"], latest.title, latest.skill, body, feedback, use))
        return found

    def create(self, items: dict[str, Data]) -> None:
        for code, data in items.items():
            exercise = Exercise(uuid=uuid_of("exercise", code), live=False)
            self._fill(exercise, data)
            self.refs.remember(code, exercise.uuid)
            self.refs.add("exercise", code, exercise.pk)

    def update(self, key: str, thing: Exercise, data: Data) -> None:
        self._fill(thing, data)

    def _fill(self, exercise: Exercise, data: Data) -> None:
        block = types()[data["type"]].block()
        value = from_plain(block, data.get("body", {}), self.refs, data["code"])
        field = Exercise._meta.get_field("body").stream_block  # type: ignore[union-attr]
        exercise.body = field.to_python(
            [{"type": data["type"], "value": value, "id": str(uuid_of("block", data["code"]))}]
        )
        try:
            field.clean(exercise.body)
        except Exception as error:
            # The block is the first of its stream, and no more of the file than its body.
            found = CourseFileError(f"exercise {data['code']}: {complaint(error)}", ("body", *first_place(error)[1:]))
            path, keys = self.sources.get(data["code"], (Path(), ()))
            raise found.in_file(path, *keys) from error
        exercise.title, exercise.skill = data["title"], data["skill"]
        exercise.level, exercise.situation = data.get("level", ""), data.get("situation", "")
        exercise.feedback_lv = data.get("feedback", {}).get("lv", "")
        exercise.feedback_en = data.get("feedback", {}).get("en", "")
        exercise.save()
        exercise.save_revision().publish()

    def write(self, root: Path, items: dict[str, Data]) -> None:
        raise NotImplementedError("Exercises are written by Quizzes, beside the lesson or test that uses them.")

    def object_id(self, key: str) -> str:
        return str(uuid_of("exercise", key))


def _shape(code: str, kind: str, title: str, skill: str, body: Data, feedback: Data, use: Data) -> Data:
    """Return an exercise as it stands in the files; what is not set is not written: old files stay as they are."""
    shape = {"code": code, "type": kind, "title": title, "skill": skill}
    shape |= {name: text for name, text in use.items() if text} | {"body": body}
    return shape | ({"feedback": feedback} if feedback else {})


def _place_of_use(row: Data, place: str) -> Data:
    """Return the level and the situation of an exercise in the files, or say which is unknown."""
    known = {
        "level": [value for value, _label in Exercise.LEVELS],
        "situation": [value for value, _label in Exercise.SITUATIONS],
        "skill": [value for value, _label in Exercise.SKILLS],
    }
    use = {name: row.get(name) or "" for name in known}
    for name, value in use.items():
        if value and value not in known[name]:
            message = f"{place}: unknown {name} {value!r}; known are {', '.join(known[name])}"
            raise CourseFileError(message, (name,))
    return {name: use[name] for name in ("level", "situation")}


def _check_row(row: Any, found: dict[str, Data]) -> None:
    """Refuse what is no exercise: without its code, type or title, with an unknown type, or with an unknown field."""
    if not isinstance(row, dict):
        raise CourseFileError(f"expected an exercise, found {type(row).__name__}")
    code = row.get("code")
    if not code:
        raise CourseFileError("an exercise needs a code")
    if row.get("type") not in types():
        message = f"exercise {code!r}: unknown type {row.get('type')!r}; known are {', '.join(types())}"
        raise CourseFileError(message, ("type",))
    if not row.get("title"):
        raise CourseFileError(f"exercise {code!r}: title is missing")
    unknown = sorted(set(row) - set(FIELDS))
    if unknown:
        message = f"exercise {code!r}: unknown field {unknown[0]!r}; known are {', '.join(FIELDS)}"
        raise CourseFileError(message, (unknown[0],))
    if not isinstance(row.get("feedback") or {}, dict) or set(row.get("feedback") or {}) - set(LANGUAGES):
        raise CourseFileError(f"exercise {code!r}: feedback is a text for each of lv, en", ("feedback",))
    if code in found:
        raise CourseFileError(f"exercise {code!r} stands twice", ("code",))


class Quizzes:
    """Quizzes, known by the lesson or test they belong to."""

    name = "quiz"

    def __init__(self, refs: Refs, exercises: Exercises) -> None:
        self.refs, self.exercises = refs, exercises
        self.sources: dict[str, Source] = {}

    def read(self, root: Path) -> dict[str, Data]:
        found = {}
        for ref, path in owners(root).items():
            quiz = read_quiz(ref, path)
            if quiz is not None:
                self.sources[ref] = (path / "quiz.yaml", ()) if ref.startswith("lessons/") else (path, ("quiz",))
                try:
                    self._check_quiz(ref, quiz)
                except CourseFileError as error:
                    file, keys = self.sources[ref]
                    raise error.in_file(file, *keys) from None
                found[ref] = _quiz_shape(quiz)
        return found

    def _check_quiz(self, ref: str, quiz: Any) -> None:
        """Refuse what is no quiz: without its title, with an unknown field, or with an exercise that is not there."""
        known = ("title", "pass_mark", "feedback", "shuffle", "exercises", *RULES_LEFT_OUT)
        if not isinstance(quiz, dict):
            raise CourseFileError(f"quiz of {ref}: expected fields, found {type(quiz).__name__}")
        unknown = sorted(set(quiz) - set(known))
        if unknown:
            message = f"quiz of {ref}: unknown field {unknown[0]!r}; known are {', '.join(known)}"
            raise CourseFileError(message, (unknown[0],))
        title = quiz.get("title")
        if not isinstance(title, dict) or not title.get("lv"):
            raise CourseFileError(f"quiz of {ref}: title in Latvian is missing", ("title",))
        for place, code in enumerate(quiz.get("exercises") or []):
            if code not in self.exercises.sources and code not in self.refs.to_pk["exercise"]:
                raise CourseFileError(f"quiz of {ref}: there is no exercise {code!r}", ("exercises", place))

    def current(self) -> dict[str, tuple[Any, Data]]:
        found = {}
        for quiz in Quiz.objects.prefetch_related("items__exercise").order_by("pk"):
            titles = {"lv": quiz.title_lv, "en": quiz.title_en}
            data = {
                "title": {language: text for language, text in titles.items() if text},
                "pass_mark": quiz.pass_mark,
                "attempts_allowed": quiz.attempts_allowed,
                "feedback": quiz.feedback,
                "shuffle": quiz.shuffle,
                "time_limit_minutes": quiz.time_limit_minutes,
                "draw_count": quiz.draw_count,
                "exercises": [self.refs.key("exercise", item.exercise_id) for item in quiz.items.all()],
            }
            found[self.refs.key_of("quiz", quiz.uuid)] = (quiz, _quiz_shape(data))
        return found

    def create(self, items: dict[str, Data]) -> None:
        for ref, data in items.items():
            quiz = Quiz(uuid=uuid_of("quiz", ref))
            self.update(ref, quiz, data)
            self.refs.remember(ref, quiz.uuid)
            self.refs.add("quiz", ref, quiz.pk)

    def update(self, key: str, thing: Quiz, data: Data) -> None:
        thing.title_lv, thing.title_en = data["title"]["lv"], data["title"].get("en", "")
        thing.pass_mark, thing.attempts_allowed = data["pass_mark"], data.get("attempts_allowed")
        thing.feedback, thing.shuffle = data["feedback"], data["shuffle"]
        thing.time_limit_minutes, thing.draw_count = data.get("time_limit_minutes"), data.get("draw_count")
        thing.items = [
            QuizItem(exercise_id=self.refs.pk("exercise", code), sort_order=place)
            for place, code in enumerate(data["exercises"])
        ]
        try:
            for place, item in enumerate(thing.items.all()):
                _check(key, item.clean, ("exercises", place))
            _check(key, lambda: thing.full_clean(exclude=["uuid"]))
        except CourseFileError as error:
            path, keys = self.sources.get(key, (Path(), ()))
            raise error.in_file(path, *keys) from None
        thing.save()

    def write(self, root: Path, items: dict[str, Data]) -> None:
        """Write each quiz beside its lesson or test, and each exercise beside the first that uses it."""
        exercises = {key: data for key, (_thing, data) in self.exercises.current().items()}
        homes = self._homes(exercises, items)
        for ref in sorted({*items, *homes}):
            rows = [exercises[key] for key in homes.get(ref, [])]
            if ref.startswith("tests/"):
                page = (read_yaml(root / f"{ref}.yaml") or {}).get("page")
                parts = {"page": page, "quiz": items.get(ref), "exercises": rows}
                write_yaml(root / f"{ref}.yaml", {name: part for name, part in parts.items() if part})
                continue
            if rows:
                write_yaml(root / ref / "exercises.yaml", rows)
            if ref in items:
                write_yaml(root / ref / "quiz.yaml", items[ref])

    def _homes(self, exercises: dict[str, Data], quizzes: dict[str, Data]) -> dict[str, list[str]]:
        """Return which exercises lie beside which lesson or test: where their code says, else where they are used."""
        users = {code: ref for ref in sorted(quizzes, reverse=True) for code in quizzes[ref]["exercises"]}
        homes: dict[str, list[str]] = defaultdict(list)
        for code in exercises:
            homes[_home_by_code(code, quizzes) or users.get(code) or "lessons/bank"].append(code)
        return homes

    def object_id(self, key: str) -> str:
        return str(uuid_of("quiz", key))


def _check(key: str, clean: Any, keys: Keys = ()) -> None:
    try:
        clean()
    except ValidationError as error:
        told = error.message_dict if hasattr(error, "error_dict") else {}
        first = keys or tuple(told)[:1]
        raise CourseFileError(f"quiz of {key}: {told or complaint(error)}", first) from error


def _home_by_code(code: str, quizzes: dict[str, Data]) -> str:
    stem = code.rpartition("-")[0]
    for ref in quizzes:
        name = ref.partition("/")[2]
        if stem and (name.partition("-")[2] == stem or name.replace("module", "modulis") == stem or name == stem):
            return ref
    return ""


def _quiz_shape(quiz: Data) -> Data:
    shape = {
        "title": quiz["title"],
        "pass_mark": quiz.get("pass_mark", 70),
        "feedback": quiz.get("feedback", "at_once"),
        "shuffle": quiz.get("shuffle", True),
        "exercises": quiz.get("exercises") or [],
    }
    return shape | {name: quiz[name] for name in RULES_LEFT_OUT if quiz.get(name)}

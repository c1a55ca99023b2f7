"""Take a course for judging from its files or from the database. Both give the same shape."""

from collections import defaultdict
from pathlib import Path
from typing import Any

from cms.models import TranslationState
from dictionary.models import Entry, Take
from media.models import Recording, Variety

from ..coursefiles.bank import Exercises, Quizzes, owners, read_exercises, read_quiz
from ..coursefiles.course import kinds
from ..coursefiles.files import CourseFileError, read_csv, read_yaml
from ..coursefiles.refs import AnyRefs, Refs
from ..coursefiles.tables import Entries
from ..coursefiles.tree import Pages
from .course import LANGUAGES, Course, Data, Part


def from_files(root: Path) -> Course:
    """Return the course of the files below `root`. Raises CourseFileError, which names the file that is broken."""
    outline = read_yaml(root / "course.yaml")
    if not isinstance(outline, dict):
        raise CourseFileError(f"{root / 'course.yaml'}: this file is missing or empty")
    _check_form(root)
    exercises: dict[str, Data] = {}
    quizzes: dict[str, Data] = {}
    for ref, path in owners(root).items():
        exercises |= {row["code"]: row for row in read_exercises(ref, path)}
        if quiz := read_quiz(ref, path):
            quizzes[ref] = quiz
    voices: dict[str, set[str]] = defaultdict(set)
    for row in read_csv(root / "audio" / "recordings.csv", ("item", "kind")):
        voices[row["item"]].add(row["kind"])
    pairs = read_csv(root / "protected_pairs.csv", ("form_a", "form_b"))
    return Course(
        entries=Entries(Refs()).read(root),
        voices=dict(voices),
        exercises=exercises,
        parts=[_part(root, ref, quizzes) for ref in _order(outline)],
        pairs=[(row["form_a"], row["form_b"]) for row in pairs],
        varieties=_taught_varieties(),
        pages={path.stem: read_yaml(path) or {} for path in sorted((root / "pages").glob("*.yaml"))},
    )


def from_database() -> Course:
    """Return the course as the site has it, drafts included; a fixed number of queries for each kind of thing."""
    current: dict[str, dict[str, Any]] = {}
    targets: dict[str, tuple[str, int]] = {}
    for kind in kinds(Path()):
        if kind.name in ("theme", "source", "rule", "recording", "image"):
            continue
        found = kind.current()
        current[kind.name] = {key: data for key, (_thing, data) in found.items()}
        if kind.name in ("entry", "exercise", "page"):
            targets |= {key: (kind.name, thing.pk) for key, (thing, _data) in found.items()}
    return Course(
        entries=current["entry"],
        voices=_heard_voices(),
        exercises=current["exercise"],
        parts=_parts_of(current["page"], current["quiz"]),
        pairs=[(data["form_a"], data["form_b"]) for data in current["pair"].values()],
        varieties=_taught_varieties(),
        pages={key: data for key, data in current["page"].items() if not key.startswith(("lessons/", "tests/"))},
        behind=_behind(targets),
        targets=targets,
    )


def _check_form(root: Path) -> None:
    """Raise CourseFileError where a file has an unknown field or type, or lacks what the format needs.

    Names of things that are not there are left to the judge, who finds all of them at once.
    """
    refs = AnyRefs()
    exercises = Exercises(refs)
    for kind in (exercises, Quizzes(refs, exercises), Pages(refs)):
        kind.read(root)


def _order(outline: Data) -> list[str]:
    found = []
    for module in outline.get("modules") or []:
        found += [f"lessons/{name}" for name in module.get("lessons") or []]
        found += _test_of(module)
    return found + _test_of(outline.get("course") or {})


def _test_of(whole: Data) -> list[str]:
    """Return the reference of the test of a module or of the course, if it has one."""
    return [whole["test"].removesuffix(".yaml")] if whole.get("test") else []


def _part(root: Path, ref: str, quizzes: dict[str, Data]) -> Part:
    if ref.startswith("lessons/"):
        pages = {language: read_yaml(root / ref / f"lesson.{language}.yaml") for language in LANGUAGES}
    else:
        pages = (read_yaml(root / f"{ref}.yaml") or {}).get("page") or {}
    return Part(ref, {language: page for language, page in pages.items() if page}, quizzes.get(ref))


def _parts_of(pages: dict[str, Data], quizzes: dict[str, Data]) -> list[Part]:
    found: dict[str, Part] = {}
    for key, data in pages.items():
        ref, _, language = key.rpartition(".")
        if ref.startswith(("lessons/", "tests/")):
            part = found.setdefault(ref, Part(ref, {}, quizzes.get(data.get("quiz") or ref)))
            part.pages[language] = data
    return list(found.values())


def _behind(targets: dict[str, tuple[str, int]]) -> dict[str, int]:
    counts = dict(TranslationState.objects.filter(behind__gt=0).values_list("page_id", "behind"))
    return {place: counts[pk] for place, (kind, pk) in targets.items() if kind == "page" and pk in counts}


def _heard_voices() -> dict[str, set[str]]:
    voices: dict[str, set[str]] = defaultdict(set)
    heard = Recording.objects.heard()
    for code, kind in Take.objects.filter(recording__in=heard).values_list("entry__code", "recording__kind"):
        voices[code].add(kind)
    for code, kind in Entry.objects.filter(recording__in=heard).values_list("code", "recording__kind"):
        voices[code].add(kind)
    return dict(voices)


def _taught_varieties() -> set[str]:
    return set(Variety.objects.filter(is_taught=True).values_list("code", flat=True))

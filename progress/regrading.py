"""Judge answers again by a corrected key. What was found before stays: a regrading is a further row, and the better
grade counts, so nobody's score falls and no pass is taken away. Doing it again changes nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from lessons.contested import AcceptedForm
from lessons.grading import Grade
from lessons.models import Exercise, ExerciseVersion
from lessons.services import current_versions, grade_alone, version_with_forms

from .models import Answer, Appeal, AppealedForm, Attempt, AttemptItem, Notice, Regrading
from .querysets import answers_of, counted, percent, score_of, tally
from .services import lock_learner
from .summaries import refresh_after_attempt

TARGETS = Mapping[int, ExerciseVersion]
"""Which corrected version takes the place of which: by the primary key of the one that the learner saw."""

MOST_PREVIEWED = 1000
CHUNK = 200
LITTLE = 1e-6


@dataclass(frozen=True)
class Change:
    """What a regrading does to one attempt: the answer that gains, its new grade, the score before and after."""

    attempt: Attempt
    answer: Answer
    grade: Grade
    version: ExerciseVersion
    before: tuple[float, bool]
    after: tuple[float, bool]


def targets_of_exercise(exercise: Exercise) -> dict[int, ExerciseVersion]:
    """Return how an exercise's published key would replace those that learners saw; nothing if it cannot be asked."""
    new = next(iter(current_versions([exercise])), None)
    if new is None:
        return {}
    seen = _seen().filter(exercise_uuid=exercise.uuid).exclude(pk=new.pk)
    return {old.pk: new for old in seen if _is_other_key(old.definition, new.definition)}


def _is_other_key(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Say whether answers to the one can be judged by the other, and not all alike.

    Of another kind, the question is another task; where only the feedback was edited, nothing would change.
    """
    return bool(old["type"] == new["type"] and old != new)


def targets_of_form(form: AppealedForm) -> dict[int, ExerciseVersion]:
    """Return the versions that learners saw of this word's exercises, each with all accepted forms added."""
    accepted = [
        AcceptedForm(one.expected, one.form, one.variety.code if one.variety else "")
        for one in AppealedForm.objects.filter(entry_code=form.entry_code, status=AppealedForm.ACCEPTED)
        .select_related("variety")
        .order_by("id")
    ]
    seen = _seen().filter(definition__item__code=form.entry_code)
    pairs = [(old, version_with_forms(old, accepted)) for old in seen]
    return {old.pk: new for old, new in pairs if new.pk != old.pk}


def _seen() -> QuerySet[ExerciseVersion]:
    return ExerciseVersion.objects.filter(Exists(AttemptItem.objects.filter(version=OuterRef("pk"))))


def concerned_attempts(targets: TARGETS) -> QuerySet[Attempt]:
    """Return the attempts that asked one of the versions to be replaced."""
    return Attempt.objects.filter(Exists(AttemptItem.objects.filter(attempt=OuterRef("pk"), version__in=list(targets))))


def changes(targets: TARGETS, *, most: int | None = None) -> Iterator[Change]:
    """Yield what the corrected keys would change, the newest attempts first; nothing is written.

    A fixed number of queries for each two hundred attempts. `most` bounds how many attempts are looked at.
    """
    judge, pks = _Judge(), list(concerned_attempts(targets).order_by("-id").values_list("pk", flat=True)[:most])
    for start in range(0, len(pks), CHUNK):
        found = Attempt.objects.filter(pk__in=pks[start : start + CHUNK]).prefetch_related(
            Prefetch("answers", Answer.objects.order_by("id").prefetch_related("regradings")), "items"
        )
        for attempt in found.order_by("-id"):
            yield from _changes_of(attempt, list(attempt.items.all()), list(attempt.answers.all()), targets, judge)


def _changes_of(
    attempt: Attempt, items: list[AttemptItem], answers: list[Answer], targets: TARGETS, judge: "_Judge"
) -> Iterator[Change]:
    kept = counted(attempt, answers)
    points = {exercise: answer.points for exercise, answer in kept.items()}
    for item in items:
        answer, version = kept.get(item.exercise_uuid), targets.get(item.version_id)
        if answer is None or version is None:
            continue
        grade = judge(version, answer.content)
        # What hints took stays taken: the answer was given knowing them, whatever the key says now.
        if grade is None or answer.after_hints(grade.score) <= points[item.exercise_uuid] + LITTLE:
            continue
        before = tally(points.values(), len(items), attempt.pass_mark)
        points[item.exercise_uuid] = answer.after_hints(grade.score)
        yield Change(attempt, answer, grade, version, before, tally(points.values(), len(items), attempt.pass_mark))


@dataclass(frozen=True)
class Preview:
    """What a regrading would do: how many attempts were looked at, and those that gain, alike ones together."""

    looked_at: int
    is_whole: bool
    rows: list["PreviewRow"]

    @property
    def gaining(self) -> int:
        return sum(row.count for row in self.rows)

    @property
    def passing(self) -> int:
        return sum(row.count for row in self.rows if row.passes_now)


@dataclass(frozen=True)
class PreviewRow:
    """So many attempts whose score goes from one number of per cent to another. Nobody is named."""

    count: int
    before: int
    after: int
    is_open: bool
    passes_now: bool
    passed_before: bool


def preview(targets: TARGETS) -> Preview:
    """Return what the corrected keys would change; nothing is written. Looks at the newest thousand attempts."""
    whole: dict[int, tuple[Change, Change]] = {}
    for change in changes(targets, most=MOST_PREVIEWED):
        first, _last = whole.get(change.attempt.pk, (change, change))
        whole[change.attempt.pk] = first, change
    counts = Counter(
        (first.attempt.is_open, percent(first.before[0]), percent(last.after[0]), first.before[1], last.after[1])
        for first, last in whole.values()
    )
    rows = [
        PreviewRow(count, before, after, is_open, passes and not passed and not is_open, passed)
        for (is_open, before, after, passed, passes), count in sorted(counts.items())
    ]
    concerned = concerned_attempts(targets).count()
    return Preview(min(concerned, MOST_PREVIEWED), concerned <= MOST_PREVIEWED, rows)


class _Judge:
    """Judges each content by each version once."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, str], Grade | None] = {}

    def __call__(self, version: ExerciseVersion, content: Any) -> Grade | None:
        """Return the grade, or nothing for an answer that the version cannot judge: its options are others."""
        name = (version.pk, repr(content))
        if name not in self.known:
            try:
                self.known[name] = grade_alone(version.definition, content)
            except ValidationError:
                self.known[name] = None
        return self.known[name]


def regrade(*, targets: TARGETS, made_by: Any = None) -> int:
    """Judge all answers by the corrected keys; return how many attempts gained. Each is a transaction of its own."""
    gained = 0
    for pk in dict.fromkeys(change.attempt.pk for change in changes(targets)):
        gained += regrade_attempt(pk=pk, targets=targets, made_by=made_by)
    return gained


@transaction.atomic
def regrade_attempt(*, pk: int, targets: TARGETS, made_by: Any = None) -> bool:
    """Judge one attempt again and bring up to date what is derived from it; say whether it gained.

    What is found stands after all that was written meanwhile: the attempt is looked at anew under its lock.
    """
    owner = Attempt.objects.filter(pk=pk).values_list("user_id", flat=True).first()
    if owner is None:
        return False  # erased meanwhile
    lock_learner(owner)
    attempt = Attempt.objects.select_for_update(no_key=True).filter(pk=pk).first()
    if attempt is None:
        return False
    found = list(_changes_of(attempt, list(attempt.items.all()), list(answers_of(attempt)), targets, _Judge()))
    for change in found:
        Regrading.objects.get_or_create(
            answer=change.answer,
            version=change.version,
            defaults={
                "verdict": change.grade.verdict,
                "score": change.grade.score,
                "facts": change.grade.facts,
                "made_by": made_by,
            },
        )
        tell(attempt, change.answer, Notice.CORRECTED)
    if found and not attempt.is_open:
        attempt.score, attempt.passed = score_of(attempt)
        attempt.save(update_fields=["score", "passed"])
        refresh_after_attempt(attempt)
    return bool(found)


def tell(attempt: Attempt, answer: Answer, kind: str) -> None:
    """Leave news for the learner, once as long as it has not been seen."""
    Notice.objects.get_or_create(attempt=attempt, exercise_uuid=answer.exercise_uuid, kind=kind, seen_at=None)


def tell_of_decline(form: AppealedForm) -> None:
    """Leave news for everybody who appealed the form."""
    appeals: Iterable[Appeal] = form.appeals.select_related("answer__attempt")
    for appeal in appeals:
        tell(appeal.answer.attempt, appeal.answer, Notice.DECLINED)

"""Two at once: tabs, devices, retries that overtake each other."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connections

from lessons.models import Quiz
from progress import services
from progress.models import Answer, Attempt, CourseProgress, LessonProgress
from progress.services import answer_exercise, start_attempt, submit_attempt
from tests.lessons import building

from .conftest import items, right, wrong

needs_postgres = pytest.mark.skipif(
    not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"),
    reason="SQLite in memory has one lock for all; the suite runs on PostgreSQL too (.ci/run).",
)
really_committed = pytest.mark.django_db(transaction=True, serialized_rollback=True)


# --- staged: the other one comes exactly in between, on every database ------------------------------------


@pytest.fixture
def in_between(monkeypatch):
    """Let something happen while the exercises of a start are being read."""

    def arrange(deed):
        read = services.current_versions

        def read_and_do(exercises):
            monkeypatch.setattr(services, "current_versions", read)
            deed()
            return read(exercises)

        monkeypatch.setattr(services, "current_versions", read_and_do)

    return arrange


@pytest.mark.django_db
def test_the_last_allowed_attempt_is_taken_once(anna, quiz, in_between):
    Quiz.objects.update(attempts_allowed=1)
    quiz.refresh_from_db()
    in_between(lambda: start_attempt(user=anna, quiz=quiz, attempt_id=uuid.uuid4()))
    with pytest.raises(ValidationError):
        start_attempt(user=anna, quiz=quiz, attempt_id=uuid.uuid4())
    assert Attempt.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("allowed", [None, 1])
def test_one_start_sent_twice_at_once_is_one_attempt(anna, quiz, in_between, allowed):
    Quiz.objects.update(attempts_allowed=allowed)
    quiz.refresh_from_db()
    mine = uuid.uuid4()
    in_between(lambda: start_attempt(user=anna, quiz=quiz, attempt_id=mine))
    attempt, made = start_attempt(user=anna, quiz=quiz, attempt_id=mine)
    assert (attempt.uuid, made, Attempt.objects.count()) == (mine, False, 1)


@pytest.mark.django_db
def test_an_answer_that_the_submission_overtakes_is_kept_as_late(anna, quiz, monkeypatch):
    attempt, _made = start_attempt(user=anna, quiz=quiz, attempt_id=uuid.uuid4())
    item = items(attempt)[0]
    judge = services.grade_answer

    def judge_after_the_end(*args):
        submit_attempt(attempt=attempt)
        return judge(*args)

    monkeypatch.setattr(services, "grade_answer", judge_after_the_end)
    kept = answer_exercise(user=anna, attempt=attempt.uuid, exercise=item.exercise_uuid, answer=right(item))
    assert kept.answer.is_late and not kept.counts
    assert Attempt.objects.get().score == 0.0


# --- for real -----------------------------------------------------------------------------------------------


def all_at_once(*deeds):
    """Run the deeds in threads that start together; return what each returned or raised."""
    gate = threading.Barrier(len(deeds))
    # A pool of this test's own: what other tests borrowed must not be missing here.
    connections["default"].close_pool()

    def run(deed):
        gate.wait()
        try:
            return deed()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(run, deeds))


@needs_postgres
@really_committed
def test_of_many_simultaneous_starts_as_many_win_as_are_allowed(anna, quiz):
    Quiz.objects.update(attempts_allowed=2)
    quiz.refresh_from_db()
    starts = [lambda: start_attempt(user=anna, quiz=quiz, attempt_id=uuid.uuid4())] * 6
    found = all_at_once(*starts)
    assert sum(isinstance(one, ValidationError) for one in found) == 4, found
    assert Attempt.objects.count() == 2


@needs_postgres
@really_committed
def test_many_answers_at_once_are_all_kept_and_one_counts(anna, quiz):
    attempt, _made = start_attempt(user=anna, quiz=quiz, attempt_id=uuid.uuid4())
    item = items(attempt)[0]

    def answer(client_id, content):
        return lambda: answer_exercise(
            user=anna, attempt=attempt.uuid, exercise=item.exercise_uuid, answer=content, client_id=client_id
        )

    ids = [uuid.uuid4() for _ in range(4)]
    deeds = [answer(one, right(item) if place else wrong(item)) for place, one in enumerate(ids)] * 3
    kept = all_at_once(*deeds)
    assert not [one for one in kept if isinstance(one, Exception)], kept
    assert Answer.objects.count() == 4, "each of the four, however often it was sent"
    assert len({one.answer.pk for one in kept if one.counts}) == 1


@needs_postgres
@really_committed
def test_two_quizzes_handed_in_at_once_both_show_in_the_course(anna, course):
    attempts = []
    for title in ("Pirmā", "Otrā"):
        made = building.quiz(building.one_of_each()[:1])
        building.lesson(course, title, test=made)
        attempt, _made = start_attempt(user=anna, quiz=made, attempt_id=uuid.uuid4())
        item = items(attempt)[0]
        answer_exercise(user=anna, attempt=attempt.uuid, exercise=item.exercise_uuid, answer=right(item))
        attempts.append(attempt)
    deeds = [lambda attempt=attempt: submit_attempt(attempt=attempt) for attempt in attempts for _ in range(3)]
    found = all_at_once(*deeds)
    assert not [one for one in found if isinstance(one, Exception)], found
    assert LessonProgress.objects.filter(completed_at__isnull=False).count() == 2
    assert CourseProgress.objects.get().lessons_done == 2

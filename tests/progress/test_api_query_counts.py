"""What taking a quiz costs the database: the same for a long quiz, a long log and many learners."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from progress.models import Answer, Attempt
from tests.lessons import building

from .conftest import answer_all, items, right

pytestmark = pytest.mark.django_db

# The person: session and account. Then the item with its attempt and version, the lock, the answers so far,
# and the new row; the transaction's own two statements.
ANSWER_QUERIES = 2 + 4 + 2


def queries_of(action):
    with CaptureQueriesContext(connection) as seen:
        reply = action()
    assert reply.status_code in (200, 201), reply.content
    return [query["sql"] for query in seen.captured_queries]


@pytest.fixture
def long_quiz(course):
    """As many exercises as the small quiz has, fifty times."""
    bank = [building.exercise("type", item="phal", mode="dictation") for _ in range(50)]
    made = building.quiz(building.one_of_each() + bank, feedback="at_end")
    building.lesson(course, "Garā", test=made)
    return made


def busy(api, strange_api, quiz):
    """Fill the tables: other attempts of the same and of another learner, and a log of many answers."""
    for device in (api, strange_api):
        for _ in range(5):
            attempt = device.attempt(quiz)
            device.submit(attempt)
    Answer.objects.bulk_create(
        Answer(
            attempt=attempt,
            exercise_uuid=item.exercise_uuid,
            client_id=uuid.uuid4(),
            verdict="wrong",
            score=0,
            is_late=True,
        )
        for attempt in Attempt.objects.all()
        for item in attempt.items.all()
        for _ in range(5)
    )


def test_one_answer_costs_the_same_few_queries_however_much_there_is(api, strange_api, quiz, long_quiz):
    small = api.attempt(quiz)
    item = items(small)[0]
    first = queries_of(lambda: api.put(small, item.exercise_uuid, right(item), id=str(uuid.uuid4())))
    assert len(first) == ANSWER_QUERIES, first
    busy(api, strange_api, long_quiz)
    large = api.attempt(long_quiz)
    item = items(large)[-1]
    assert (
        len(queries_of(lambda: api.put(large, item.exercise_uuid, right(item), id=str(uuid.uuid4())))) == ANSWER_QUERIES
    )


def test_a_repeated_answer_costs_one_query_less(api, quiz):
    attempt, mine = api.attempt(quiz), str(uuid.uuid4())
    item = items(attempt)[0]
    api.put(attempt, item.exercise_uuid, right(item), id=mine)
    assert len(queries_of(lambda: api.put(attempt, item.exercise_uuid, right(item), id=mine))) == ANSWER_QUERIES - 1


@pytest.mark.parametrize("what", ["quiz", "start", "attempt", "submit", "page", "attempt page", "result page"])
def test_a_long_quiz_costs_no_more_queries_than_a_short_one(api, strange_api, browser, quiz, long_quiz, what):
    def count(of, taken):
        actions = {
            "quiz": lambda: api.send("get", f"quizzes/{of.uuid}/"),
            "start": lambda: api.start(of),
            "attempt": lambda: api.get(taken),
            "submit": lambda: api.submit(taken),
            "page": lambda: browser.get(f"/tests/{of.uuid}/"),
            "attempt page": lambda: browser.get(f"/tests/meginajums/{taken.uuid}/"),
            "result page": lambda: browser.get(f"/tests/meginajums/{taken.uuid}/"),
        }
        if what == "result page":
            api.submit(taken)
        return len(queries_of(actions[what]))

    short = api.attempt(quiz)
    answer_all(api, short)
    count(quiz, api.attempt(quiz))  # whatever is kept in the process is warm from here on
    small = count(quiz, short)
    long = api.attempt(long_quiz)
    answer_all(api, long)
    busy(api, strange_api, long_quiz)
    assert count(long_quiz, long) <= small


def test_all_progress_costs_the_same_after_many_attempts(api, strange_api, quiz):
    attempt = api.attempt(quiz)
    api.submit(attempt)
    before = len(queries_of(lambda: api.send("get", "me/progress/")))
    busy(api, strange_api, quiz)
    assert len(queries_of(lambda: api.send("get", "me/progress/"))) == before

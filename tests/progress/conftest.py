"""Learners, their courses and their attempts."""

import uuid

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from accounts.models import User
from progress.models import Attempt
from tests.lessons import building


@pytest.fixture(autouse=True)
def latvian(unindexed):
    """Begin in Latvian: a request leaves its language active in the process."""
    cache.clear()
    with translation.override("lv"):
        yield


def learner(email):
    return get_user_model().objects.create_user(email=email, name=email.split("@")[0].title(), password=None)


@pytest.fixture
def anna(db):
    return learner("anna@example.lv")


@pytest.fixture
def berta(db):
    """Another learner, who must not see what Anna does."""
    return learner("berta@example.lv")


@pytest.fixture
def browser(anna):
    """Anna's browser."""
    client = Client()
    client.force_login(anna)
    return client


@pytest.fixture
def strange_browser(berta):
    client = Client()
    client.force_login(berta)
    return client


@pytest.fixture
def course(db):
    return building.course()


@pytest.fixture
def quiz(course):
    """A quiz of six exercises with feedback at once, at the end of the course's only lesson."""
    made = building.quiz()
    building.lesson(course, "Labdien", test=made)
    return made


@pytest.fixture
def quiet_quiz(course):
    """The same with feedback at the end, as the test of a module."""
    made = building.quiz(feedback="at_end")
    building.module_test(course, "Moduļa tests", made)
    return made


class Api:
    """The API as Anna's device calls it."""

    def __init__(self, client):
        self.client = client

    def send(self, method, path, body=None, **extra):
        call = getattr(self.client, method)
        if body is None:
            return call(f"/api/v1/{path}", **extra)
        return call(f"/api/v1/{path}", body, content_type="application/json", **extra)

    def start(self, quiz, attempt=None):
        return self.send("post", f"quizzes/{quiz.uuid}/attempts/", {"id": str(attempt or uuid.uuid4())})

    def attempt(self, quiz):
        """Start an attempt and return its row."""
        reply = self.start(quiz)
        assert reply.status_code == 201, reply.content
        return Attempt.objects.get(uuid=reply.json()["id"])

    def get(self, attempt):
        return self.send("get", f"attempts/{attempt.uuid}/")

    def put(self, attempt, exercise, answer, **fields):
        return self.send("put", f"attempts/{attempt.uuid}/responses/{exercise}/", {"answer": answer, **fields})

    def submit(self, attempt):
        return self.send("post", f"attempts/{attempt.uuid}/submit/", {})


@pytest.fixture
def api(browser):
    return Api(browser)


@pytest.fixture
def strange_api(strange_browser):
    return Api(strange_browser)


def items(attempt):
    """Return the attempt's items in order, with their versions."""
    return list(attempt.items.select_related("version"))


def item_of(attempt, kind):
    return next(item for item in items(attempt) if item.version.definition["type"] == kind)


def right(item):
    return building.right_answer(None, item.version.definition)


def wrong(item):
    return building.wrong_answer(None, item.version.definition)


def answer_all(api, attempt, how=right):
    for item in items(attempt):
        reply = api.put(attempt, item.exercise_uuid, how(item))
        assert reply.status_code == 200, reply.content


@pytest.fixture
def friend(course):
    """A quiz of two words to write: `amal`, of which the dictionary lacks the variant `māl`, and `phal`."""
    building.word("amal", meaning=("draugs", "friend"))
    bank = [building.exercise("type", item=word, mode="translate") for word in ("amal", "phal")]
    made = building.quiz(bank, pass_mark=100)
    building.lesson(course, "Draugi", test=made)
    return made


@pytest.fixture
def reviewer(db):
    user = User.objects.create_user("recenzents@pamatkurss.example", name="Recenzents")
    user.groups.add(Group.objects.get(name="Native reviewers"))
    return user


@pytest.fixture
def desk(reviewer):
    client = Client()
    client.force_login(reviewer)
    return client


def taken(api, quiz, text="māl"):
    """Take the quiz with `text` for the first word and the right answer for the second; return the attempt."""
    attempt = api.attempt(quiz)
    first, second = items(attempt)
    assert api.put(attempt, first.exercise_uuid, {"text": text}).status_code == 200
    api.put(attempt, second.exercise_uuid, right(second))
    api.submit(attempt)
    return attempt


def appeal(api, attempt, place=0):
    exercise = items(attempt)[place].exercise_uuid
    return api.send("post", f"attempts/{attempt.uuid}/responses/{exercise}/appeal/", {})

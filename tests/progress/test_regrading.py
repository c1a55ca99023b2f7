"""Correcting a key: a preview that names nobody, a regrading that only gives, and equal rows when derived again."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from lessons.models import Exercise
from progress.management.commands.rebuild_progress import snapshot
from progress.models import Answer, LessonProgress, Notice, Regrading
from progress.regrading import preview, regrade, targets_of_exercise
from tests.lessons import building
from tests.lessons.editing import stream

from .conftest import Api, items, learner, right

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz(course):
    """A quiz of two words to write. The author meant the first to be `amal`, and chose `phal`."""
    building.word("amal", meaning=("draugs", "friend"))
    bank = [building.exercise("type", item=word, mode="translate") for word in ("phal", "raj")]
    made = building.quiz(bank, pass_mark=100)
    building.lesson(course, "Draugi", test=made)
    return made


def taken(api, quiz, text, *, hand_in=True):
    attempt = api.attempt(quiz)
    first, second = items(attempt)
    api.put(attempt, first.exercise_uuid, {"text": text})
    api.put(attempt, second.exercise_uuid, right(second))
    if hand_in:
        api.submit(attempt)
    return attempt


def corrected(quiz, text="amal", **changes):
    """Correct the first exercise's word, as an author does; return the exercise."""
    exercise = quiz.items.first().exercise
    value = {"item": building.word(text).pk, "mode": "translate"}
    block = exercise.body.stream_block.child_blocks["type"]
    exercise.body = [("type", block.to_python(value))]
    exercise.save_revision().publish()
    return Exercise.objects.get(pk=exercise.pk)


@pytest.fixture
def author(db):
    user = User.objects.create_user("autors@pamatkurss.example", name="Autors")
    user.groups.add(Group.objects.get(name="Authors"))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(author):
    User.objects.get(email="autors@pamatkurss.example").groups.add(Group.objects.get(name="Editors"))
    return author


def url(exercise):
    return f"/admin/exercises/{exercise.pk}/regrade/"


def test_the_preview_says_how_many_gain_and_names_nobody(api, strange_api, quiz, author, anna):
    taken(api, quiz, "amal")
    taken(strange_api, quiz, "phal")
    exercise = corrected(quiz)
    page = author.get(url(exercise)).content.decode()
    found = preview(targets_of_exercise(exercise))
    (row,) = found.rows
    assert (found.looked_at, row.count, row.before, row.after, row.passes_now) == (2, 1, 50, 100, True)
    assert "50 %" in page and "100 %" in page
    assert anna.email not in page and anna.name not in page
    assert not Regrading.objects.exists() and not Notice.objects.exists()


def test_a_regrading_gives_and_takes_nothing_however_often_it_is_pressed(api, strange_api, quiz, author, anna):
    gains, keeps = taken(api, quiz, "amal"), taken(strange_api, quiz, "phal")
    log = list(Answer.objects.order_by("pk").values())
    exercise = corrected(quiz)
    for _ in range(3):
        assert author.post(url(exercise)).status_code == 302
    for attempt in (gains, keeps):
        attempt.refresh_from_db()
        assert (attempt.score, attempt.passed) == (1.0, True)
    assert list(Answer.objects.order_by("pk").values()) == log
    assert Regrading.objects.count() == 1 and Notice.objects.count() == 1
    assert LessonProgress.objects.get(user=anna).completed_at == gains.submitted_at
    assert "50 %" not in author.get(url(exercise)).content.decode()
    shown = api.get(gains).json()
    assert shown["correction"]["score_before"] == 0.5
    assert [one["verdict_before"] for one in shown["exercises"]] == ["other", None]
    assert strange_api.get(keeps).json()["correction"] is None


def test_all_that_is_derived_comes_back_equal_after_a_regrading(api, quiz, anna):
    taken(api, quiz, "amal")
    regrade(targets=targets_of_exercise(corrected(quiz)))
    before = snapshot(anna)
    out = StringIO()
    call_command("rebuild_progress", stdout=out)
    assert "Corrected: 0." in out.getvalue() and snapshot(anna) == before


def test_a_reply_that_is_asked_for_again_stays_as_it_was(api, quiz):
    attempt = api.attempt(quiz)
    item = items(attempt)[0]
    first = api.put(attempt, item.exercise_uuid, {"text": "amal"})
    regrade(targets=targets_of_exercise(corrected(quiz)))
    assert api.put(attempt, item.exercise_uuid, {"text": "amal"}).content == first.content


def test_an_open_attempt_gains_when_it_is_handed_in(api, quiz):
    attempt = taken(api, quiz, "amal", hand_in=False)
    exercise = corrected(quiz)
    assert preview(targets_of_exercise(exercise)).rows[0].is_open
    regrade(targets=targets_of_exercise(exercise))
    assert api.submit(attempt).json()["score"] == 1.0


def test_a_late_answer_gains_nothing(api, quiz):
    attempt = api.attempt(quiz)
    api.submit(attempt)
    api.put(attempt, items(attempt)[0].exercise_uuid, {"text": "amal"})
    assert regrade(targets=targets_of_exercise(corrected(quiz))) == 0


def test_an_exercise_that_asks_something_else_now_is_no_correction(api, quiz):
    attempt = taken(api, quiz, "amal")
    other = building.exercise("choice", item="dīs", mode="form", distractors=["raj"])
    exercise = quiz.items.first().exercise
    exercise.body = other.body
    exercise.save_revision().publish()
    assert targets_of_exercise(Exercise.objects.get(pk=exercise.pk)) == {}
    assert api.get(attempt).json()["score"] == 0.5


def test_a_draft_of_a_key_changes_nothing_until_it_is_published(api, quiz, author):
    taken(api, quiz, "amal")
    exercise = corrected(quiz)
    exercise.unpublish()
    assert "form method" not in author.get(url(exercise)).content.decode().split("</header>")[-1]
    author.post(url(exercise))
    assert not Regrading.objects.exists()


@pytest.mark.parametrize("group", ["Native reviewers", "Coordinators", "Learners"])
def test_only_authors_may(api, quiz, group):
    taken(api, quiz, "amal")
    exercise = corrected(quiz)
    user = learner("cits@example.lv")
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    assert client.get(url(exercise)).status_code == 302
    assert client.post(url(exercise)).status_code == 302
    assert not Regrading.objects.exists()


def test_an_unknown_exercise_is_not_found(author):
    assert author.get("/admin/exercises/99999/regrade/").status_code == 404


def test_publishing_a_corrected_key_offers_the_regrading(api, quiz, editor):
    taken(api, quiz, "amal")
    exercise = quiz.items.first().exercise
    edit = f"/admin/snippets/lessons/exercise/edit/{exercise.pk}/"
    data = {
        "title": "amal",
        "skill": "reading",
        "feedback_lv": "",
        "feedback_en": "",
        **stream("type", item=building.word("amal").pk, mode="translate"),
        "action-publish": "1",
    }
    page = editor.post(edit, data, follow=True).content.decode()
    assert url(exercise) in page
    assert not Exercise.objects.get(pk=exercise.pk).has_unpublished_changes
    assert url(exercise) in editor.get("/admin/snippets/lessons/exercise/").content.decode()


def test_a_preview_of_many_attempts_costs_as_many_queries_as_one_of_few(api, quiz, course):
    taken(api, quiz, "amal")
    exercise = corrected(quiz)
    targets = targets_of_exercise(exercise)

    def cost():
        with CaptureQueriesContext(connection) as seen:
            preview(targets)
        return len(seen)

    before = cost()
    for number in range(8):
        client = Client()
        client.force_login(learner(f"daudzi{number}@example.lv"))
        attempt = taken(Api(client), quiz, "raj")
        attempt.items.filter(position=1).update(version_id=next(iter(targets)))
    assert preview(targets).looked_at == 9
    assert cost() == before

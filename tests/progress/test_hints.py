"""Hints that cost: asked for one by one, charged once, and never more than an answer is worth."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts import personal_data
from lessons.hints import after_hints, steps
from lessons.models import Exercise, ExerciseVersion, Quiz
from lessons.services import quiz_rules
from progress.models import Answer, Attempt, OpenedHint, Regrading
from progress.regrading import preview, regrade, targets_of_exercise
from progress.reports import _results, submitted_attempts
from progress.summaries import rebuild
from tests.lessons import building

from .conftest import items, right

FIRST, SECOND, THIRD = "It begins with ph.", "It rhymes.", "Four letters."


def hint(text, cost=None):
    return {"text_lv": f"lv {text}", "text_en": text, "cost": cost}


def costly(**value):
    """A word to write with a free hint, one for 25 %, and one for 50 %."""
    found = {"item": "phal", "mode": "translate", "hints": [hint(FIRST), hint(SECOND, 25), hint(THIRD, 50)]}
    return building.exercise("type", **(found | value))


@pytest.fixture
def paid(course):
    made = building.quiz([costly(), building.exercise("type", item="raj", mode="translate")], pass_mark=80)
    building.lesson(course, "Padomi", test=made)
    return made


@pytest.fixture
def quiet(course):
    made = building.quiz([costly()], feedback="at_end")
    building.lesson(course, "Padomi", test=made)
    return made


def ask(api, attempt, number, *, place=0, exercise=None, **extra):
    exercise = exercise or items(attempt)[place].exercise_uuid
    return api.send("put", f"attempts/{attempt.uuid}/responses/{exercise}/hints/{number}/", {}, **extra)


def shown(api, attempt, place=0):
    return api.get(attempt).json()["exercises"][place]


def texts(hints):
    return [one["text"] for one in hints]


# --- pure ------------------------------------------------------------------------------------------------


@given(st.floats(0, 1), st.integers(0, 500))
def test_what_hints_leave_is_between_nothing_and_what_was_there(score, cost):
    left = after_hints(score, cost)
    assert 0 <= left <= score + 0.0001
    assert after_hints(score, cost + 1) <= left + 0.0001
    assert after_hints(score, 0) == score


@given(st.lists(st.integers(0, 100), max_size=5), st.sets(st.integers(0, 7)))
def test_nobody_sees_a_hint_that_was_not_paid(costs, opened):
    definition = {"hints": [{"lv": f"h{number}"} for number in range(len(costs))], "hint_costs": costs}
    found = steps(definition, opened, "en")
    visible = [one for one in found if one.text is not None]
    assert found[: len(visible)] == visible
    assert all(not one.cost or one.number in opened for one in visible)
    assert sum(one.is_next for one in found) == (len(visible) < len(found))
    assert all(one.text for one in steps(definition, opened, "en", are_free=True))


# --- in an attempt ---------------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


def test_a_hint_that_costs_is_sent_only_when_it_is_asked_for_and_counts_once(api, paid):
    attempt = api.attempt(paid)
    before = shown(api, attempt)
    assert before["exercise"]["hints"] == [] and SECOND not in api.get(attempt).content.decode()
    assert texts(before["hints"]) == [f"lv {FIRST}", None, None]
    assert [one["cost"] for one in before["hints"]] == [0, 25, 50]
    reply = ask(api, attempt, 2)
    assert reply.status_code == 200 and texts(reply.json()["hints"]) == [f"lv {FIRST}", f"lv {SECOND}", None]
    again = ask(api, attempt, 2, HTTP_ACCEPT_LANGUAGE="en")
    assert texts(again.json()["hints"]) == [FIRST, SECOND, None]
    assert list(OpenedHint.objects.values_list("number", "cost")) == [(2, 25)]
    exercise = items(attempt)[0].exercise_uuid
    kept = api.put(attempt, exercise, right(items(attempt)[0]), id=str(uuid.uuid4())).json()
    result = kept["result"]
    assert result["is_right"] and result["score"] == 0.75 and result["hint_cost"] == 25
    assert result["hint_note"] == "1 padoms: −25 %"
    api.put(attempt, items(attempt)[1].exercise_uuid, right(items(attempt)[1]))
    done = api.submit(attempt).json()
    assert done["score"] == 0.875 and done["passed"]
    assert done["exercises"][0]["result"]["score"] == 0.75


def test_after_the_answer_that_counts_hints_are_free(api, paid):
    attempt = api.attempt(paid)
    first = items(attempt)[0]
    api.put(attempt, first.exercise_uuid, right(first))
    assert None not in texts(shown(api, attempt)["hints"])
    assert None not in texts(ask(api, attempt, 3).json()["hints"])
    assert not OpenedHint.objects.exists()
    assert shown(api, attempt)["result"]["score"] == 1 and shown(api, attempt)["result"]["hint_note"] == ""
    api.submit(attempt)
    assert ask(api, attempt, 2).status_code == 200 and not OpenedHint.objects.exists()


def test_where_answers_may_change_each_costs_the_hints_before_it(api, quiet):
    attempt = api.attempt(quiet)
    item = items(attempt)[0]
    api.put(attempt, item.exercise_uuid, right(item))
    ask(api, attempt, 2)
    # Saying the same once more owes the hint nothing; changing one's mind does.
    api.put(attempt, item.exercise_uuid, right(item), id=str(uuid.uuid4()))
    assert set(Answer.objects.values_list("hint_cost", flat=True)) == {0}
    api.put(attempt, item.exercise_uuid, {"text": "raj"})
    ask(api, attempt, 3)
    api.put(attempt, item.exercise_uuid, right(item))
    assert list(Answer.objects.order_by("id").values_list("hints", "hint_cost"))[-2:] == [(1, 25), (2, 75)]
    done = api.submit(attempt).json()
    assert done["score"] == 0.25 and done["exercises"][0]["result"]["hint_note"] == "2 padomi: −75 %"


def test_a_wrong_answer_loses_nothing_more(api, paid):
    attempt = api.attempt(paid)
    ask(api, attempt, 2)
    result = api.put(attempt, items(attempt)[0].exercise_uuid, {"text": "raj"}).json()["result"]
    assert result["score"] == 0 and result["hint_cost"] == 0 and result["hint_note"] == ""


@pytest.mark.parametrize("number", [0, 4, 99, 10**30])
def test_there_is_no_other_hint(api, paid, number):
    assert ask(api, api.attempt(paid), number).status_code == 404


def test_hints_are_opened_in_their_order_and_by_their_learner_alone(api, strange_api, client, paid, quiz):
    attempt = api.attempt(paid)
    reply = ask(api, attempt, 3)
    assert reply.status_code == 400 and list(reply.json()["errors"]) == ["number"]
    assert ask(api, attempt, 1).status_code == 200, "a free one is there anyway"
    assert ask(strange_api, attempt, 2).status_code == 404
    assert ask(api, attempt, 2, exercise=uuid.uuid4()).status_code == 404
    assert ask(api, attempt, 1, place=1).status_code == 404, "it has no hints"
    assert ask(type(api)(client), attempt, 2).status_code in (401, 403)
    path = f"attempts/{attempt.uuid}/responses/{items(attempt)[0].exercise_uuid}/hints/2/"
    assert api.send("get", path).status_code == 405 and api.send("post", path, {}).status_code == 405
    assert api.send("put", path, {"free": True}).status_code == 400
    assert not OpenedHint.objects.exists()


def test_after_the_time_hints_are_free(api, paid):
    Quiz.objects.update(time_limit_minutes=5)
    attempt = api.attempt(paid)
    ask(api, attempt, 2)
    Attempt.objects.update(deadline_at=timezone.now() - timedelta(minutes=3))
    assert None not in texts(ask(api, attempt, 3).json()["hints"])
    assert OpenedHint.objects.count() == 1


def test_the_cost_is_what_the_learner_saw_at_the_start(api, paid):
    attempt = api.attempt(paid)
    exercise = Exercise.objects.get(uuid=items(attempt)[0].exercise_uuid)
    stored = exercise.body.get_prep_value()
    stored[0]["value"]["hints"] = [{"type": "item", "value": hint("new", 90), "id": str(uuid.uuid4())}]
    exercise.body = stored
    exercise.save()
    assert [one["cost"] for one in ask(api, attempt, 2).json()["hints"]] == [0, 25, 50]
    assert OpenedHint.objects.get().cost == 25


def test_a_regrade_finds_more_but_what_hints_took_stays_taken(api, anna, course):
    bank = [costly(counts="exact"), building.exercise("type", item="raj", mode="translate")]
    made = building.quiz(bank)
    building.lesson(course, "Padomi", test=made)
    attempt = api.attempt(made)
    ask(api, attempt, 2)
    first = items(attempt)[0]
    api.put(attempt, first.exercise_uuid, {"text": "pal"})
    api.submit(attempt)
    stored = bank[0].body.get_prep_value()
    stored[0]["value"] |= {"accept": [{"type": "item", "value": "pal", "id": str(uuid.uuid4())}], "counts": ""}
    bank[0].body = stored
    bank[0].save()
    targets = targets_of_exercise(bank[0])
    found = preview(targets)
    assert [(row.before, row.after) for row in found.rows] == [(0, 37)]
    assert regrade(targets=targets) == 1 and regrade(targets=targets) == 0
    attempt.refresh_from_db()
    assert attempt.score == 0.375 and Regrading.objects.get().score == 1
    assert shown(api, attempt)["result"]["score"] == 0.75
    rebuild(user=anna)
    attempt.refresh_from_db()
    assert attempt.score == 0.375
    results = _results(submitted_attempts())
    assert [one.score for one in results[first.exercise_uuid]] == [0.75], "statistics count what the attempt counts"


def test_what_a_learner_opened_is_exported_and_erased(api, anna, paid):
    attempt = api.attempt(paid)
    ask(api, attempt, 2)
    api.put(attempt, items(attempt)[0].exercise_uuid, right(items(attempt)[0]))
    told = personal_data.export_all(anna)["progress"]["attempts"][0]
    assert [(one["number"], one["cost"]) for one in told["hints"]] == [(2, 25)]
    assert told["answers"][0]["hint_cost"] == 25
    anna.delete()
    assert not OpenedHint.objects.exists()


# --- elsewhere -------------------------------------------------------------------------------------------


def test_free_hints_are_as_they_were(api, browser, course):
    free = costly(hints=[hint(FIRST), hint(SECOND)])
    made = building.quiz([free])
    building.lesson(course, "Padomi", test=made)
    attempt = api.attempt(made)
    assert "hint_costs" not in ExerciseVersion.objects.get(exercise=free).definition
    seen = shown(api, attempt)
    assert seen["exercise"]["hints"] == [f"lv {FIRST}", f"lv {SECOND}"] and seen["hints"] == []
    html = browser.get(f"/tests/meginajums/{attempt.uuid}/").content.decode()
    assert "data-hints" not in html and 'name="hint"' not in html and FIRST in html


def test_before_the_start_it_is_said_and_nothing_is_told(client, api, paid):
    rules = client.get(f"/api/v1/quizzes/{paid.uuid}/").json()
    assert rules["has_hint_costs"] is True
    assert all(one["hints"] == [] for one in rules["exercises"] if one["id"] == str(paid.items.first().exercise.uuid))
    said = "Some hints cost points."
    assert said in client.get(f"/en/tests/{paid.uuid}/").content.decode()
    paid.items.first().delete()
    assert said not in client.get(f"/en/tests/{paid.uuid}/").content.decode()
    assert quiz_rules(paid)["has_hint_costs"] is False


def test_in_a_lesson_hints_are_free(client, course):
    one = costly()
    page = building.lesson(course, "Vingrināties", body=[("practice", {"exercise": one})])
    html = client.get(page.url).content.decode()
    assert all(f"lv {text}" in html for text in (FIRST, SECOND, THIRD)) and "25 %" not in html
    checked = client.post(
        f"/api/v1/exercises/{one.uuid}/check/", {"answer": {"text": "phal"}}, content_type="application/json"
    )
    assert checked.json()["score"] == 1


# --- without a script ------------------------------------------------------------------------------------


def test_without_a_script_the_hint_is_a_button_and_nothing_typed_is_lost(api, browser, paid):
    attempt = api.attempt(paid)
    path = f"/en/tests/meginajums/{attempt.uuid}/"
    html = browser.get(path).content.decode()
    assert "One more hint (costs 25 %)" in html and FIRST in html and SECOND not in html
    exercise = str(items(attempt)[0].exercise_uuid)
    form = {"exercise": exercise, "id": str(uuid.uuid4()), "text": "pha", "hint": "2"}
    for _ in range(2):
        reply = browser.post(path, form)
        html = reply.content.decode()
        assert reply.status_code == 200 and SECOND in html and THIRD not in html and 'value="pha"' in html
        assert "One more hint (costs 50 %)" in html
    assert OpenedHint.objects.count() == 1 and not Answer.objects.exists()
    assert browser.post(path, form | {"hint": "9"}).status_code == 404
    assert browser.post(path, form | {"hint": "²"}).status_code == 404
    assert browser.post(path, form | {"exercise": "x"}).status_code == 404
    browser.post(path, {"exercise": exercise, "text": "phal"})
    html = browser.get(path).content.decode()
    assert "1 hint: −25 %" in html and THIRD in html, "answered: the rest is free"
    browser.post(path, {"submit": "1"})
    html = browser.get(path).content.decode()
    assert "1 hint: −25 %" in html and "Hints took 13 % of the points." in html
    assert "80 % was needed" in html


def test_enter_in_the_field_presses_another_button_than_the_one_that_costs(api, browser, paid):
    attempt = api.attempt(paid)
    html = browser.get(f"/en/tests/meginajums/{attempt.uuid}/").content.decode()
    first = html.index('type="submit"', html.index('<section class="step'))
    assert first < html.index('name="hint"') and 'name="hint"' not in html[first : first + 40]


def test_a_hint_asked_for_signed_out_waits_for_its_learner(api, browser, client, paid, anna):
    attempt = api.attempt(paid)
    path = f"/en/tests/meginajums/{attempt.uuid}/"
    form = {"exercise": str(items(attempt)[0].exercise_uuid), "text": "pha", "hint": "2"}
    assert client.post(path, form).status_code == 302 and not OpenedHint.objects.exists()
    session = client.session
    waiting = session["answer_waiting"]
    client.force_login(anna)
    session = client.session
    session["answer_waiting"] = waiting
    session.save()
    html = client.get(path).content.decode()
    assert SECOND in html and 'value="pha"' in html and OpenedHint.objects.count() == 1

"""Practice and quizzes over HTTP: open to visitors, nothing kept, no key before an answer."""

import json
import uuid

import pytest
from django.test import Client
from wagtail.models import Page

from lessons.definitions import askable, define
from lessons.models import Exercise, LessonPage
from lessons.services import grade_answer
from progress.models import Answer, Attempt
from tests.lessons import building

pytestmark = pytest.mark.django_db


def check(exercise, answer, **headers):
    address = f"/api/v1/exercises/{getattr(exercise, 'uuid', exercise)}/check/"
    return Client().post(address, json.dumps({"answer": answer}), content_type="application/json", **headers)


def test_anybody_may_practise_and_nothing_is_kept():
    for exercise in building.one_of_each():
        definition = askable([exercise])[0][1]
        right = check(exercise, building.right_answer(None, definition))
        assert right.status_code == 200 and right.json()["verdict"] == "exact"
        wrong = check(exercise, building.wrong_answer(None, definition))
        assert wrong.json()["verdict"] == "wrong" and wrong.json()["solution"]
        assert check(exercise, None).json()["verdict"] == "wrong"
    assert not Answer.objects.exists() and not Attempt.objects.exists()


def test_practice_needs_no_token_of_a_session():
    exercise = building.exercise("type", item="phal", mode="dictation")
    strict = Client(enforce_csrf_checks=True)
    address = f"/api/v1/exercises/{exercise.uuid}/check/"
    assert strict.post(address, {"answer": {"text": "phal"}}, content_type="application/json").status_code == 200


@pytest.mark.parametrize(
    "answer", ["phal", 5, [], {"text": 5}, {"text": "a\x00"}, {"text": "x" * 501}, {"nothing": 1}, {}]
)
def test_a_wrong_shape_names_the_field(answer):
    reply = check(building.exercise("type", item="phal", mode="dictation"), answer)
    assert reply.status_code == 400
    assert all(name.startswith("answer") for name in reply.json()["errors"])


def test_an_answer_is_needed_and_nothing_else_is_taken():
    exercise = building.exercise("type", item="phal", mode="dictation")
    address = f"/api/v1/exercises/{exercise.uuid}/check/"
    missing = Client().post(address, {}, content_type="application/json")
    more = Client().post(address, {"answer": None, "verdict": "exact"}, content_type="application/json")
    assert list(missing.json()["errors"]) == ["answer"]
    assert list(more.json()["errors"]) == ["verdict"]


def test_an_unpublished_broken_or_unknown_exercise_is_404():
    draft = building.exercise("type", item="phal", mode="dictation", live=False)
    broken = building.exercise("type", item="raj", mode="dictation")
    building.word("raj").delete()
    assert {check(one, None).status_code for one in (draft, broken, uuid.uuid4())} == {404}
    assert Client().get(f"/api/v1/exercises/{draft.uuid}/check/").status_code == 405


def test_the_verdict_speaks_the_language_of_the_request():
    exercise = building.exercise("type", item="phal", mode="dictation", feedback="Klausieties elpu.")
    said = {code: check(exercise, {"text": "qqq"}, HTTP_ACCEPT_LANGUAGE=code).json() for code in ("lv", "en")}
    assert said["en"]["title"] == "Not yet"
    assert "brother" in json.dumps(said["en"]["message"]) and "brālis" in json.dumps(
        said["lv"]["message"], ensure_ascii=False
    )
    assert "Klausieties elpu." in json.dumps(said["lv"]["message"], ensure_ascii=False)


def test_a_quiz_says_what_counts_and_holds_no_key():
    within = building.course()
    made = building.quiz(attempts_allowed=3)
    building.lesson(within, "Labdien", test=made)
    reply = Client().get(f"/api/v1/quizzes/{made.uuid}/", HTTP_ACCEPT_LANGUAGE="en")
    body = reply.json()
    assert reply.status_code == 200
    assert (body["title"], body["exercise_count"], body["needed"], body["pass_mark"]) == ("Final quiz", 6, 5, 70)
    assert (body["attempts_allowed"], body["feedback"]) == (3, "at_once")
    assert len(body["exercises"]) == 6
    assert "is_correct" not in reply.content.decode() and '"right":true' not in reply.content.decode()


def test_a_quiz_that_no_published_page_leads_to_is_404():
    within, made = building.course(), building.quiz()
    assert Client().get(f"/api/v1/quizzes/{made.uuid}/").status_code == 404
    page = building.lesson(within, "Labdien", test=made)
    assert Client().get(f"/api/v1/quizzes/{made.uuid}/").status_code == 200
    page.unpublish()
    assert Client().get(f"/api/v1/quizzes/{made.uuid}/").status_code == 404
    assert Client().get(f"/api/v1/quizzes/{uuid.uuid4()}/").status_code == 404


@pytest.fixture
def practising():
    """A lesson with one exercise in place."""
    within = building.course()
    exercise = building.exercise("choice", item="dīs", mode="listen", distractors=["raj", "rāni"])
    page = building.lesson(within, "Labdien", body=[("practice", {"heading": "Izmēģiniet", "exercise": exercise})])
    return LessonPage.objects.get(pk=page.pk), exercise


def test_practice_stands_in_its_lesson_as_a_form_that_is_checked_in_place(practising):
    page, exercise = practising
    html = Client().get(page.url).content.decode()
    assert f'data-check="/api/v1/exercises/{exercise.uuid}/check/"' in html
    assert 'data-script="/static/lessons/exercises/choice.js"' in html
    assert html.count('name="chosen"') == 3
    assert "data-without" in html, "without a script the page says that practice needs one"
    assert f'name="exercise" value="{exercise.uuid}"' not in html, "nothing is sent to a page that would not take it"


def test_practice_with_an_unpublished_exercise_leaves_the_lesson_whole(practising):
    page, _exercise = practising
    Exercise.objects.update(live=False)
    reply = Client().get(page.url)
    assert reply.status_code == 200 and b"exercise-form" not in reply.content


def test_the_api_of_a_lesson_shows_its_practice_without_keys(practising):
    page, exercise = practising
    body = Client().get(f"/api/v1/lessons/{page.translation_key}/").json()
    (shown,) = body["practice"].values()
    assert shown["id"] == str(exercise.uuid) and len(shown["options"]) == 3
    twin = shown.pop("twin")
    assert "dīs" not in json.dumps(shown, ensure_ascii=False)
    assert twin == {"question": "Ko tas nozīmē?", "romani": "dīs"}, "the twin shows what is heard, and nothing else"


def test_previews_show_exercises_as_learners_see_them_and_survive_half_made_ones(rf, django_user_model):
    admin = django_user_model.objects.create_superuser(email="admin@example.lv", name="Admin", password=None)
    whole, half = building.one_of_each()[2], Exercise(title="Pusgatavs")
    made = building.quiz()
    for thing, needle in ((whole, "exercise-form"), (half, "h1"), (made, "exercise-form")):
        request = rf.get("/")
        request.user = admin
        reply = thing.make_preview_request(request, "")
        if hasattr(reply, "render"):
            reply.render()
        html = reply.content.decode()
        assert reply.status_code == 200 and needle in html
        assert "data-check" not in html, "a draft cannot be judged by the API of published exercises"
    assert Page.objects.exists()


# --- another word of the dictionary ----------------------------------------------------------------


def judged(exercise, text, language="en"):
    address = f"/api/v1/exercises/{exercise.uuid}/check/"
    reply = Client().post(
        address, {"answer": {"text": text}}, content_type="application/json", HTTP_ACCEPT_LANGUAGE=language
    )
    assert reply.status_code == 200, reply.content
    return reply.json()


def test_any_other_word_of_the_dictionary_is_told_however_far_it_stands():
    exercise = building.exercise("type", item="phal", mode="translate")
    building.word("rāni")
    result = judged(exercise, "Rāni!")
    assert (result["verdict"], result["feedback"], result["score"]) == ("other", "other", 0.0)
    assert "".join(part["text"] for part in result["message"]).startswith("rāni means “lady”.")
    assert judged(exercise, "xyzzy")["verdict"] == "wrong"


def test_the_dictionary_is_asked_once_and_only_about_what_is_wrong(django_assert_num_queries):
    exercise = building.exercise("type", item="phal", mode="translate")
    building.word("rāni")
    (definition,) = define([exercise.stored_block])
    for text, queries in (("phal", 0), ("pal", 0 if "pal" in definition["others"] else 1), ("rāni", 1), ("", 0)):
        with django_assert_num_queries(queries):
            grade_answer(definition, {"text": text})
    with django_assert_num_queries(0):
        grade_answer(definition, None)

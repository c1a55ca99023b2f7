"""Flashcards: both sides, the words of a lesson, and that they never count."""

import json
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from wagtail.blocks import StructBlockValidationError

from dictionary.models import Entry, set_taught
from lessons.definitions import define
from lessons.exercises import types
from lessons.models import QuizItem
from lessons.services import grade_answer, shown_exercise
from tests.lessons import building, scenes

pytestmark = pytest.mark.django_db

WORDS = ["ami", "na", "raj"]


def defined(mode="romani", items=WORDS):
    return define([building.exercise("flashcards", items=items, mode=mode).stored_block])[0]


def shown(definition, language="lv", seed="s"):
    return shown_exercise(SimpleNamespace(uuid=uuid4()), definition, language=language, seed=seed)


def clean(**value):
    block = types()["flashcards"].block()
    return block.clean(block.to_python(building._stored({"mode": "romani", "items": []} | value)))


def test_each_way_shows_its_side_first():
    romani = shown(defined("romani"), "en")["cards"]
    assert {(card["front"]["romani"], card["back"]["meaning"]) for card in romani} == {
        ("ami", "yes"),
        ("na", "no"),
        ("raj", "gentleman"),
    }
    meaning = shown(defined("meaning"))["cards"]
    assert {card["front"]["meaning"] for card in meaning} == {"jā", "nē", "kungs"}
    assert all(card["back"]["audio"] for card in meaning)
    heard = shown(defined("listen"))["cards"]
    assert all(set(card["front"]) == {"audio"} and card["back"]["romani"] for card in heard)


def test_the_twin_of_heard_cards_shows_their_words():
    payload = shown(defined("listen"))
    twin = payload["twin"]["cards"]
    assert [card["id"] for card in twin] == [card["id"] for card in payload["cards"]]
    assert {card["front"]["romani"] for card in twin} == set(WORDS)


def test_a_card_without_its_recording_is_read():
    building.word("raj", heard=False)
    cards = shown(defined("listen"))["cards"]
    assert [card["front"]["romani"] for card in cards if "romani" in card["front"]] == ["raj"]


def test_what_is_gone_from_the_dictionary_is_one_card_less():
    made = building.exercise("flashcards", items=WORDS, mode="romani")
    building.word("raj").delete()
    assert len(shown(define([made.stored_block])[0])["cards"]) == 2
    for text in ("ami", "na"):
        building.word(text).delete()
    assert define([made.stored_block]) == [None]


def test_a_lessons_words_are_put_into_the_list_in_its_order():
    page = building.lesson(building.course(), "Pieklājība")
    taught = [building.word(text) for text in ("raj", "ami")]
    set_taught(page.translation_key, [entry.pk for entry in taught])
    cleaned = clean(lesson=page.pk, items=["na", "raj"])
    assert [entry.text for entry in cleaned["items"]] == ["na", "raj", "ami"]
    assert cleaned["lesson"] is None
    stored = types()["flashcards"].block().get_prep_value(cleaned)
    definition = define([{"type": "flashcards", "value": stored}])[0]
    assert [card["item"]["text"] for card in definition["cards"]] == ["na", "raj", "ami"]


@pytest.mark.parametrize(("value", "field"), [({"items": ["raj"]}, "items"), ({}, "items")])
def test_too_few_cards_are_refused(value, field):
    with pytest.raises(StructBlockValidationError) as refused:
        clean(**value)
    assert list(refused.value.block_errors) == [field]


def test_a_card_to_hear_needs_a_recording():
    building.word("raj", heard=False)
    with pytest.raises(StructBlockValidationError) as refused:
        clean(items=WORDS, mode="listen")
    assert "raj" in str(refused.value.block_errors["mode"])


def test_the_api_reads_what_was_known_and_names_what_is_wrong_with_it():
    made = building.exercise("flashcards", items=WORDS, mode="romani")
    definition = define([made.stored_block])[0]
    ids = [card["id"] for card in definition["cards"]]
    assert grade_answer(definition, {"known": ids}).score == 1.0
    assert grade_answer(definition, {"known": ids[:1]}).score == round(1 / 3, 4)
    for answer, field in [({"known": ["x"]}, "answer.known"), ({"known": "x"}, "answer.known"), ([], "answer")]:
        with pytest.raises(ValidationError) as refused:
            grade_answer(definition, answer)
        assert list(refused.value.message_dict) == [field]
    reply = Client().post(
        f"/api/v1/exercises/{made.uuid}/check/", json.dumps({"answer": {"known": ids}}), content_type="application/json"
    )
    assert reply.status_code == 200 and reply.json()["score"] == 1.0


def test_without_a_script_each_card_is_a_fold():
    cards = building.practised_only()[0]
    body = [("practice", {"heading": "Kartītes", "exercise": cards})]
    lesson = building.lesson(building.course(), "Kartītes", body=body)
    address = f"/vingrinajumi/{cards.uuid}/"
    assert f'href="{address}"' in Client().get(lesson.url).content.decode(), "the lesson leads to it"
    html = Client().get(address).content.decode()
    assert html.count('class="flash"') == 3 and html.count("<summary>") >= 4
    assert "data-check=" not in html and "data-without" not in html, "nothing is sent, and no script is needed"


def test_a_quiz_refuses_what_learners_judge_themselves():
    cards = building.practised_only()[0]
    quiz = building.quiz([building.exercise("type", item="phal", mode="translate")])
    with pytest.raises(ValidationError) as refused:
        QuizItem(quiz=quiz, exercise=cards).full_clean()
    assert list(refused.value.message_dict) == ["exercise"]
    used = quiz.items.first().exercise
    used.body = cards.body
    with pytest.raises(ValidationError) as refused:
        used.full_clean()
    assert "body" in refused.value.message_dict
    QuizItem(quiz=quiz, exercise=building.exercise("type", item="raj", mode="translate")).full_clean()


def test_a_form_marks_every_romani_word():
    html = render_to_string(
        "lessons/exercises/_exercise.html", {"exercise": shown(defined("romani"))}, RequestFactory().get("/")
    )
    for text in WORDS:
        assert f'lang="rml">{text}<' in html


def test_the_page_of_an_exercise_is_everyones_and_only_of_what_is_published():
    cards = building.practised_only()[0]
    address = f"/vingrinajumi/{cards.uuid}/"
    lv, en = Client().get(address), Client().get(f"/en{address}")
    assert "public" in lv["Cache-Control"] and "ETag" in lv
    assert "Apgrieziet" in lv.content.decode() and "Turn each card" in en.content.decode()
    assert Client().post(address).status_code == 405
    cards.unpublish()
    assert Client().get(address).status_code == 404
    assert Client().get(f"/vingrinajumi/{uuid4()}/").status_code == 404
    assert Client().get("/vingrinajumi/x/").status_code == 404


def test_a_picture_goes_with_the_meaning_and_says_nothing_itself():
    Entry.objects.filter(pk=building.word("raj").pk).update(image=scenes.drawing())
    for mode, side in (("romani", "back"), ("listen", "back"), ("meaning", "front")):
        cards = shown(defined(mode))["cards"]
        with_picture = [card for card in cards if "picture" in card[side]]
        assert [card[side]["meaning"] for card in with_picture] == ["kungs"]
        assert with_picture[0][side]["picture"]["alt"] == ""
        other = {"back": "front", "front": "back"}[side]
        assert not [card for card in cards if "picture" in card[other]]
        made = render_to_string("lessons/exercises/flashcards.html", {"exercise": shown(defined(mode))})
        assert made.count('<img class="thumb"') == 1


def test_a_card_without_a_picture_is_defined_as_before():
    assert all(set(card) == {"id", "item"} for card in defined()["cards"])

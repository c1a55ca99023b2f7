"""“I can't listen now”: what has to be heard has a twin without sound that is answered and judged alike."""

import json
import re
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from lessons.definitions import define
from lessons.exercises import types
from lessons.services import grade_answer, shown_exercise
from tests.lessons import building

pytestmark = pytest.mark.django_db

LISTENING = [
    ("choice", {"item": "dīs", "mode": "listen", "distractors": ["lačho", "ami", "na"]}),
    ("match", {"items": ["ami", "na", "raj"], "mode": "listen"}),
    ("type", {"item": "phal", "mode": "dictation"}),
]


def defined(kind, value):
    return define([building.exercise(kind, **value).stored_block])[0]


def shown(definition, language="lv"):
    return shown_exercise(SimpleNamespace(uuid=uuid4()), definition, language=language, seed="s")


def only_heard(payload):
    """Return every part of a payload that is a sound with nothing written beside it."""
    if isinstance(payload, list):
        return [found for part in payload for found in only_heard(part)]
    if not isinstance(payload, dict):
        return []
    here = [payload] if payload.get("audio") and not (payload.get("romani") or payload.get("text")) else []
    return here + [
        found for name, part in payload.items() if name not in ("audio", "twin") for found in only_heard(part)
    ]


def every_way():
    """Return one exercise of every type, and of every way that it can be asked."""
    asked = [(made.type, made.stored_block) for made in building.one_of_each()]
    for kind, block in list(asked):
        mode = types()[kind].block().child_blocks.get("mode")
        for name, _label in mode.field.choices if mode else ():
            if name:
                asked.append((kind, {**block, "value": {**block["value"], "mode": name}}))
    return asked


def test_no_type_has_anything_to_hear_without_a_twin():
    asked = every_way()
    assert {kind for kind, _block in asked} == set(types())
    heard = 0
    for kind, definition in zip([kind for kind, _ in asked], define([block for _, block in asked]), strict=True):
        payload = shown(definition)
        if only_heard(payload):
            heard += 1
            assert not only_heard({**payload, **payload.get("twin", {})}), f"{kind}: {payload}"
    assert heard >= len(LISTENING)


@pytest.mark.parametrize(("kind", "value"), LISTENING)
def test_an_answer_to_the_twin_is_an_answer_to_the_exercise(kind, value):
    definition = defined(kind, value)
    silent = types()[kind].silent(definition)
    for answer in (building.right_answer(None, definition), building.wrong_answer(None, definition)):
        assert grade_answer(silent, answer) == grade_answer(definition, answer)
    assert types()[kind].silent(silent) is None, "the twin has nothing to hear"


@pytest.mark.parametrize(("kind", "value"), LISTENING)
def test_the_twin_keeps_the_key_and_the_order_to_itself(kind, value):
    payload = shown(defined(kind, value))
    sent = json.dumps(payload["twin"], ensure_ascii=False)
    for key in ('"right": ', '"answer"', "variants", "others", '"item"', '"entry"'):
        assert key not in sent
    assert [left["id"] for left in payload["twin"].get("left", [])] == [left["id"] for left in payload.get("left", [])]


def test_a_dictation_becomes_a_translation_that_does_not_say_the_word():
    twin = shown(defined("type", {"item": "phal", "mode": "dictation"}), "en")["twin"]
    assert twin["question"] == "Write in Romani: “brother”" and twin["audio"] is None
    assert "phal" not in json.dumps(twin)


def test_a_choice_by_ear_shows_its_word_and_keeps_its_options():
    payload = shown(defined("choice", LISTENING[0][1]))
    assert payload["romani"] == "" and payload["twin"]["romani"] == "dīs"
    assert "options" not in payload["twin"]


@pytest.mark.parametrize(("kind", "value"), LISTENING)
def test_the_plain_form_has_the_twin_in_a_fold(kind, value):
    payload = shown(defined(kind, value), "lv")
    request = RequestFactory().get("/")
    html = render_to_string("lessons/exercises/_exercise.html", {"exercise": payload}, request)
    fold = re.search(r'<details class="twin.*?</details>', html, re.DOTALL)[0]
    assert "Šobrīd nevaru klausīties" in fold
    twin = payload["twin"]
    for text in [twin.get("romani"), *(left["romani"] for left in twin.get("left", []))]:
        assert not text or f'lang="rml">{text}<' in fold
    if kind == "type":
        assert "brālis" in fold


def test_what_is_written_has_no_twin():
    made = [
        one for one in building.one_of_each() if one.stored_block["value"].get("mode") not in ("listen", "dictation")
    ]
    for definition in define([one.stored_block for one in made]):
        assert "twin" not in shown(definition)

"""Pictures and sounds as what is asked and as what is picked, and orders that are right as well."""

import io
import json
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from PIL import Image
from wagtail.blocks import StructBlockValidationError

from lessons.definitions import askable, define, digest
from lessons.exercises import types
from lessons.services import grade_answer, shown_exercise
from media.models import CourseImage
from tests.lessons import building

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def image(description="Kāds cilvēks", shade=0):
    file = io.BytesIO()
    Image.new("RGB", (640, 480), (shade, 90, 90)).save(file, "PNG")
    named = ImageFile(io.BytesIO(file.getvalue()), name=f"attels-{shade}.png")
    return CourseImage.objects.create(title="attēls", description=description, file=named)


def pictured(*texts):
    for place, text in enumerate(texts):
        entry = building.word(text)
        entry.image = image(f"Attēls: {entry.gloss}", shade=place)
        entry.save()


def defined(kind, **value):
    return define([building.exercise(kind, **value).stored_block])[0]


def shown(definition, language="lv", seed="s"):
    return shown_exercise(SimpleNamespace(uuid=uuid4()), definition, language=language, seed=seed)


def rendered(payload):
    return render_to_string("lessons/exercises/_exercise.html", {"exercise": payload}, RequestFactory().get("/"))


def refusal(kind, **value):
    block = types()[kind].block()
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python(building._stored(value)))
    return {name: str(error) for name, error in refused.value.block_errors.items()}


# --- pictures --------------------------------------------------------------------------------


def test_a_word_that_is_heard_is_picked_among_pictures():
    pictured("raj", "rāni", "phal")
    definition = defined("choice", item="raj", mode="listen", options_as="picture", distractors=["rāni", "phal"])
    payload = shown(definition)
    assert {option["picture"]["alt"] for option in payload["options"]} == {"kungs", "kundze", "brālis"}
    assert all(
        default_storage.exists(option["picture"]["url"].removeprefix("/files/")) for option in payload["options"]
    )
    sent = json.dumps(payload, ensure_ascii=False)
    assert '"right"' not in sent and '"entry"' not in sent and "rāni" not in sent
    assert 'alt="kundze"' in rendered(payload)
    assert grade_answer(definition, building.right_answer(None, definition)).score == 1.0
    assert payload["twin"]["romani"] == "raj"


def test_a_picture_asks_for_the_romani_and_its_words_stand_in_for_it():
    pictured("raj")
    definition = defined("choice", item="raj", mode="picture", distractors=["rāni", "phal"])
    payload = shown(definition, "en")
    assert payload["picture"]["alt"] == "gentleman"
    assert payload["question"] == "How is what you see said in Romani?"
    assert {option["text"] for option in payload["options"]} == {"raj", "rāni", "phal"}
    assert payload["audio"] is None and payload["romani"] == ""


def test_a_neutral_text_stands_in_for_a_picture_whose_description_is_the_answer():
    own = image("kungs cepurē")
    value = {"item": "raj", "mode": "picture", "distractors": ["rāni"], "picture": own.pk}
    assert shown(defined("choice", **value))["picture"]["alt"] == "kungs cepurē"
    neutral = {**value, "picture_text_lv": "Cilvēks", "picture_text_en": "A person"}
    payload = shown(defined("choice", **neutral), "en")
    assert payload["picture"]["alt"] == "A person"
    assert "kungs" not in json.dumps(payload, ensure_ascii=False)


def test_own_options_may_be_pictures_and_several_may_be_right():
    options = [
        {"image": image("Divi brāļi", 1).pk, "is_correct": True},
        {"image": image("Māsa", 2).pk, "text_lv": "Cilvēks", "text_en": "A person", "is_correct": True},
        {"image": image("Galds", 3).pk},
    ]
    definition = defined("choice", mode="meaning", question_lv="Kuri ir cilvēki?", options=options)
    payload = shown(definition)
    assert payload["several"] and {one["text"] for one in payload["options"]} == {"Divi brāļi", "Cilvēks", "Galds"}
    right = building.right_answer(None, definition)
    assert grade_answer(definition, right).score == 1.0
    assert grade_answer(definition, {"chosen": right["chosen"][:1]}).score == 0.5
    data = QueryDict(mutable=True)
    data.setlist("chosen", right["chosen"])
    assert types()["choice"].form_answer(data) == right
    assert rendered(payload).count('type="checkbox"') == 3


def test_an_option_needs_words_or_a_picture():
    options = [{"text_lv": "", "is_correct": True}, {"text_lv": "b"}]
    assert "options" in refusal("choice", mode="meaning", question_lv="?", options=options)


def test_words_are_matched_with_their_pictures():
    pictured("raj", "rāni", "phal")
    definition = defined("match", items=["raj", "rāni", "phal"], mode="meaning", pair_with="picture")
    payload = shown(definition)
    assert {right["picture"]["alt"] for right in payload["right"]} == {"kungs", "kundze", "brālis"}
    assert payload["question"] == "Kurš attēls kuram vārdam atbilst?"
    assert "data-picture=" in rendered(payload)
    assert grade_answer(definition, building.right_answer(None, definition)).score == 1.0


def test_what_has_lost_its_picture_is_asked_in_words():
    pictured("raj", "rāni")
    made = [
        building.exercise("choice", item="raj", mode="picture", distractors=["rāni"]),
        building.exercise("choice", item="raj", mode="meaning", options_as="picture", distractors=["rāni"]),
        building.exercise("match", items=["raj", "rāni"], mode="meaning", pair_with="picture"),
    ]
    CourseImage.objects.all().delete()
    asked, options, match = [shown(definition) for _one, definition in askable(made)]
    assert "kungs" in asked["question"] and "picture" not in asked
    assert {one["text"] for one in options["options"]} == {"kungs", "kundze"} and "picture" not in options["options"][0]
    assert "picture" not in match["right"][0]


def test_an_image_whose_file_is_gone_is_no_error():
    pictured("raj")
    made = building.exercise("choice", item="raj", mode="picture", distractors=["rāni"])
    default_storage.delete(building.word("raj").image.file.name)
    assert "picture" not in shown(define([made.stored_block])[0])


@pytest.mark.parametrize(
    ("kind", "value", "field"),
    [
        ("choice", {"item": "raj", "mode": "picture", "distractors": ["rāni"]}, "mode"),
        ("choice", {"item": "raj", "mode": "meaning", "options_as": "picture", "distractors": ["rāni"]}, "options_as"),
        ("choice", {"item": "raj", "mode": "form", "options_as": "picture", "distractors": ["rāni"]}, "options_as"),
        ("choice", {"item": "raj", "mode": "meaning", "options_as": "sound", "distractors": ["rāni"]}, "options_as"),
        ("match", {"items": ["raj", "rāni"], "mode": "meaning", "pair_with": "picture"}, "pair_with"),
    ],
)
def test_what_cannot_be_shown_is_refused_at_the_field(kind, value, field):
    assert list(refusal(kind, **value)) == [field]


def test_pictures_cost_the_same_queries_however_many(django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    pictured("raj", "rāni", "phal")
    made = [building.exercise("choice", item="raj", mode="picture", distractors=["rāni"])]
    made.append(building.exercise("match", items=["raj", "rāni", "phal"], mode="meaning", pair_with="picture"))
    askable(made)  # the first to look has the pictures made in their size
    with CaptureQueriesContext(connection) as few:
        askable(made[:1])
    with django_assert_num_queries(len(few)):
        askable(made * 20)


# --- sounds ----------------------------------------------------------------------------------


def test_the_romani_may_be_picked_by_ear_and_its_twin_is_read():
    definition = defined("choice", item="raj", mode="form", options_as="sound", distractors=["rāni", "phal"])
    payload = shown(definition)
    twin = payload.pop("twin")
    assert all(one["audio"]["sources"] and one["text"] == "" for one in payload["options"])
    assert "rāni" not in json.dumps(payload, ensure_ascii=False)
    assert {one["text"] for one in twin["options"]} == {"raj", "rāni", "phal"}
    assert [one["id"] for one in twin["options"]] == [one["id"] for one in payload["options"]]
    html = rendered(payload | {"twin": twin})
    assert html.count('class="hear small"') == 3 and "Klausīties: 1. vārds" in html
    assert grade_answer(definition, building.right_answer(None, definition)).score == 1.0


def test_an_option_without_its_sound_makes_all_of_them_readable():
    building.word("rāni", heard=False)
    made = building.exercise("choice", item="raj", mode="form", options_as="sound", distractors=["rāni"])
    payload = shown(define([made.stored_block])[0])
    assert {one["text"] for one in payload["options"]} == {"raj", "rāni"} and "twin" not in payload


# --- other right orders ----------------------------------------------------------------------


def placed(definition, text):
    """Return the answer that puts the parts in the order of `text`."""
    left = list(definition["parts"])
    order = []
    for word in text.split("|"):
        part = next(one for one in left if one["text"] == word)
        left.remove(part)
        order.append(part["id"])
    return {"order": order}


def test_an_order_that_the_author_vouches_for_is_right_as_well():
    definition = defined("order", item="del lačho dīs", parts=[], orders=["lačho dīs del"])
    assert grade_answer(definition, placed(definition, "del|lačho|dīs")).verdict == "exact"
    assert grade_answer(definition, placed(definition, "lačho|dīs|del")).verdict == "exact"
    assert grade_answer(definition, placed(definition, "dīs|lačho|del")).verdict == "wrong"
    right = [["del", "lačho", "dīs"], ["lačho", "dīs", "del"]]
    for seed in range(60):
        assert [part["text"] for part in shown(definition, seed=str(seed))["parts"]] not in right
    assert "orders" not in shown(definition)


def test_parts_of_several_words_are_found_in_another_order():
    definition = defined("order", item="del lačho dīs", parts=["del", "lačho dīs"], orders=["lačho dīs del"])
    assert definition["orders"] == [["lačho dīs", "del"]]


@pytest.mark.parametrize("other", ["lačho dīs", "lačho dīs raj", "lačho lačho dīs del", "del lačho dīs"])
def test_another_order_uses_the_same_parts_and_is_another_one(other):
    found = refusal("order", item="del lačho dīs", parts=[], orders=[other])
    assert list(found) == ["orders"] and other in found["orders"]


def test_what_is_new_does_not_change_what_was_asked_before():
    definition = defined("order", item="del lačho dīs", parts=[])
    assert set(definition) == {"type", "item", "parts"}
    choice = defined("choice", item="raj", mode="form", distractors=["rāni"])
    assert set(choice) == {"type", "item", "mode", "question", "options"}
    assert set(choice["options"][0]) == {"id", "text", "right", "entry", "romani", "meaning"}
    assert digest(choice) == digest(json.loads(json.dumps(choice)))

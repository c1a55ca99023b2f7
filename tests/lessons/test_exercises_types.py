"""The exercise types: what each shows, keeps to itself, reads and says."""

import json
import re
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from wagtail.blocks import StructBlockValidationError

from lessons.definitions import askable, define, digest
from lessons.exercises import types
from lessons.feedback import result
from lessons.models import Exercise, ExerciseVersion
from lessons.services import current_versions, grade_answer, shown_exercise
from tests.lessons import building

pytestmark = pytest.mark.django_db


def defined(kind, **value):
    return define([building.exercise(kind, **value).stored_block])[0]


def shown(definition, language="lv", seed="s"):
    return shown_exercise(SimpleNamespace(uuid=uuid4()), definition, language=language, seed=seed)


def judged(definition, answer, language="lv"):
    return result(definition, grade_answer(definition, answer).as_dict(), language)


def words_of(message):
    return "".join(part["text"] for part in message)


@pytest.fixture
def every():
    return [define([one.stored_block])[0] for one in building.one_of_each()]


# --- each type ----------------------------------------------------------------------------------------


def test_each_type_has_its_template_and_its_script():
    from django.contrib.staticfiles import finders
    from django.template.loader import get_template

    assert set(types()) >= {"choice", "match", "order", "gap", "type"}
    for name in types():
        assert get_template(f"lessons/exercises/{name}.html")
        assert finders.find(f"lessons/exercises/{name}.js")


def test_a_payload_holds_no_key_in_either_language(every):
    for definition in every:
        for language in ("lv", "en"):
            sent = json.dumps(shown(definition, language), ensure_ascii=False)
            for key in ('"right": true', '"right": false', '"answer"', "variants", "others", '"item"', '"entry"'):
                assert key not in sent, (definition["type"], key)


def test_the_order_of_options_is_the_seeds_and_never_gives_the_answer_away(every):
    for definition in every:
        assert {**shown(definition, seed="a"), "id": 0} == {**shown(definition, seed="a"), "id": 0}
    choice = next(one for one in every if one["type"] == "choice")
    first = {shown(choice, seed=str(n))["options"][0]["id"] for n in range(40)}
    assert len(first) == 4, "each option comes first for somebody"
    order = next(one for one in every if one["type"] == "order")
    solved = [part["id"] for part in order["parts"]]
    assert all([part["id"] for part in shown(order, seed=str(n))["parts"]] != solved for n in range(60))


def test_a_definition_survives_json_and_is_named_by_its_content(every):
    for definition in every:
        again = json.loads(json.dumps(definition))
        assert again == definition
        assert digest(again) == digest(definition)


def test_a_listening_exercise_without_its_recording_shows_the_word_instead():
    for name in ("dīs", "lačho", "ami", "phal"):
        building.word(name, heard=False)
    choice = defined("choice", item="dīs", mode="listen", distractors=["lačho", "ami"])
    assert shown(choice)["romani"] == "dīs" and shown(choice)["audio"] is None
    dictation = defined("type", item="phal", mode="dictation")
    assert "brālis" in shown(dictation)["question"]
    match = defined("match", items=["dīs", "lačho"], mode="listen")
    assert {left["romani"] for left in shown(match)["left"]} == {"dīs", "lačho"}


def test_an_authors_own_question_may_have_several_right_answers():
    own = [
        {"text_lv": "Labdien", "text_en": "Good day", "is_correct": True},
        {"text_lv": "Sveiki", "text_en": "Hello", "is_correct": True},
        {"text_lv": "Paldies", "text_en": "Thanks", "is_correct": False},
    ]
    definition = defined("choice", question_lv="Kā sveicina?", question_en="How to greet?", mode="meaning", options=own)
    payload = shown(definition, "en")
    assert payload["several"] and payload["question"] == "How to greet?"
    assert {option["text"] for option in payload["options"]} == {"Good day", "Hello", "Thanks"}
    ids = {option["text"]["en"]: option["id"] for option in definition["options"]}
    half = judged(definition, {"chosen": [ids["Hello"]]}, "en")
    assert (half["verdict"], half["score"], half["is_right"]) == ("wrong", 0.5, False)
    assert judged(definition, {"chosen": [ids["Hello"], ids["Thanks"]]})["score"] == 0.0
    assert judged(definition, {"chosen": [ids["Hello"], ids["Good day"]]})["score"] == 1.0


def test_a_wrong_option_that_has_come_to_mean_the_same_is_left_out():
    for name in ("dīs", "raj", "rāni"):
        building.word(name)
    made = building.exercise("choice", item="dīs", mode="listen", distractors=["raj", "rāni"])
    building.word("raj").glosses.filter(language="lv").update(text="diena")
    definition = define([made.stored_block])[0]
    assert len(definition["options"]) == 2
    right = next(option for option in definition["options"] if option["right"])
    assert judged(definition, {"chosen": [right["id"]]})["is_right"]


def test_a_gap_may_be_typed_and_its_spelling_is_settled_like_any_other():
    definition = defined("gap", item="del lačho dīs", mode="type", gaps=[{"answer": "lačho", "distractors": []}])
    assert shown(definition)["pieces"] == ["del", "dīs"]
    assert judged(definition, {"gaps": ["lačho"]})["verdict"] == "exact"
    assert judged(definition, {"gaps": ["lacho"]})["verdict"] == "spelling"
    assert judged(definition, {"gaps": ["raj"]})["verdict"] == "wrong"


def test_several_gaps_each_count_their_share():
    gaps = [{"answer": "del", "distractors": ["na"]}, {"answer": "dīs", "distractors": ["raj"]}]
    definition = defined("gap", item="del lačho dīs", mode="pick", gaps=gaps)
    assert shown(definition)["pieces"] == ["", "lačho", ""]
    half = judged(definition, {"gaps": ["del", "raj"]})
    assert (half["verdict"], half["score"]) == ("wrong", 0.5)
    assert half["title"] != judged(definition, {"gaps": ["na", "raj"]})["title"], "partly right is said"


# --- what is said about an answer ------------------------------------------------------------------------


def test_a_spelling_is_shown_beside_the_courses_with_the_letters_that_differ():
    definition = defined("type", item="lačho dīs", mode="translate")
    verdict = judged(definition, {"text": "lacho dis"}, "en")
    assert verdict["verdict"] == "spelling" and verdict["is_right"]
    assert words_of(verdict["message"]) == "You wrote lacho dis. The course writes lačho dīs. It is the same word."
    assert [part["text"] for part in verdict["message"] if part.get("mark")] == ["c", "i", "č", "ī"]
    assert all(part["lang"] == "rml" for part in verdict["message"] if part.get("mark"))


def test_a_variant_is_right_and_its_variety_is_said():
    building.word("dīs", variants=[("dives", "lithuanian")])
    verdict = judged(defined("type", item="dīs", mode="translate"), {"text": "dives"}, "en")
    assert verdict["verdict"] == "variant" and verdict["is_right"]
    assert "Lithuanian Romani" in words_of(verdict["message"]) and "day" in words_of(verdict["message"])


def test_another_word_is_named_with_its_meaning():
    building.word("pal")
    definition = defined("type", item="phal", mode="translate")
    assert "pal" not in definition["others"], "rule 8: no spelling of the one is the other"
    building.word("bār", meaning=("dārzs", "garden"))
    building.word("bar", meaning=("akmens", "stone"))
    verdict = judged(defined("type", item="bār", mode="translate"), {"text": "bar"}, "en")
    assert verdict["verdict"] == "other" and not verdict["is_right"]
    assert words_of(verdict["message"]) == "bar means “stone”. bār – garden."


def test_a_wrong_pick_is_told_apart_from_the_right_one():
    definition = defined("choice", item="dīs", mode="listen", distractors=["raj", "rāni"])
    lord = next(option["id"] for option in definition["options"] if option["romani"] == "raj")
    verdict = judged(definition, {"chosen": [lord]}, "en")
    assert words_of(verdict["message"]) == "dīs – day. raj – gentleman."


def test_a_match_says_which_pairs_were_right_and_lets_all_be_heard():
    definition = defined("match", items=["ami", "na", "raj"], mode="listen")
    pairs = {pair["left"]: pair["right"] for pair in definition["pairs"][:1]}
    verdict = judged(definition, {"pairs": pairs}, "en")
    assert verdict["score"] == pytest.approx(1 / 3, abs=1e-4)
    assert [pair["is_right"] for pair in verdict["solution"]["pairs"]] == [True, False, False]
    assert all(pair["audio"]["sources"] for pair in verdict["solution"]["pairs"])


def test_not_knowing_shows_what_is_right(every):
    for definition in every:
        verdict = judged(definition, None)
        assert verdict["verdict"] == "wrong" and verdict["score"] == 0.0
        assert verdict["message"] and (verdict["solution"]["romani"] or verdict["solution"]["pairs"])


def test_a_kept_answer_can_be_read_by_people(every):
    said = {}
    for definition in every:
        answer = building.right_answer(None, definition)
        said[definition["type"]] = types()[definition["type"]].said(definition, answer, "lv")
    assert said["order"] == ("del lačho dīs", "rml")
    assert said["gap"] == ("avri", "rml")
    assert said["type"] == ("phal", "rml")
    assert said["choice"] == ("lačho", "rml")
    assert said["match"] == ("", "lv")


# --- plain forms ---------------------------------------------------------------------------------------


def rendered(definition, **context):
    exercise = shown(definition)
    request = RequestFactory().get("/")
    return exercise, render_to_string("lessons/exercises/_exercise.html", {"exercise": exercise} | context, request)


def fields(html):
    """Return the names of what the form sends."""
    return set(re.findall(r'name="([^"]+)"', html))


def test_a_form_asks_for_what_form_answer_reads(every):
    for definition in every:
        exercise_type = types()[definition["type"]]
        answer = building.right_answer(None, definition)
        _exercise, html = rendered(definition)
        data = QueryDict(mutable=True)
        for name in fields(html):
            data[name] = ""
        if definition["type"] == "choice":
            data.setlist("chosen", answer["chosen"])
        if definition["type"] == "match":
            data.update({f"pair-{left}": right for left, right in answer["pairs"].items()})
        if definition["type"] == "order":
            data.update({f"place-{part}": str(place) for place, part in enumerate(answer["order"], 1)})
        if definition["type"] == "gap":
            data.update({"gaps": "1", "gap-0": answer["gaps"][0]})
        if definition["type"] == "type":
            data["text"] = answer["text"]
        assert set(data) == fields(html), definition["type"]
        assert exercise_type.form_answer(data) == answer
        assert exercise_type.missing(definition, answer) == ""


def test_a_form_holds_what_was_entered(every):
    for definition in every:
        answer = building.right_answer(None, definition)
        _exercise, html = rendered(definition, given=answer)
        marks = html.count(" checked") + html.count(" selected") + html.count('value="phal"')
        expected = {"match": 4, "order": 3}.get(definition["type"], 1)
        assert marks == expected, definition["type"]
        _exercise, empty = rendered(definition)
        assert not re.search(r" checked| selected", empty)


def test_an_empty_form_says_what_is_missing(every):
    for definition in every:
        exercise_type = types()[definition["type"]]
        nothing = exercise_type.form_answer(QueryDict("gaps=1"))
        assert exercise_type.missing(definition, nothing) == str(exercise_type.empty_text)
        _exercise, html = rendered(definition)
        assert str(exercise_type.empty_text) in html.replace("&#x27;", "'"), "the script says the same words"


def test_every_romani_word_in_a_form_is_marked(every):
    for definition in every:
        exercise, html = rendered(definition)
        forms = [part["text"] for part in exercise.get("parts", [])]
        forms += [option["text"] for option in exercise.get("options", []) if option["lang"] == "rml"]
        forms += [left["romani"] for left in exercise.get("left", [])]
        for form in filter(None, forms):
            assert re.search(rf'lang="rml"[^>]*>{re.escape(form)}<', html), (definition["type"], form)


# --- what is gone ----------------------------------------------------------------------------------------


def test_an_exercise_that_cannot_be_asked_is_left_out():
    made = building.one_of_each()
    building.word("phenel avri").delete()
    for name in ("raj", "rāni", "na"):
        building.word(name).delete()
    empty = Exercise(title="Tukšs")
    empty.body = []
    empty.save()
    kept = [definition["type"] for _exercise, definition in askable([*made, empty])]
    assert kept == ["choice", "choice", "order", "type"], (
        "a match of one word is none; a choice lives on with what is left"
    )


def test_equal_content_is_kept_once(django_assert_max_num_queries):
    made = building.one_of_each()
    first = current_versions(made)
    with django_assert_max_num_queries(20):
        assert current_versions(made) == first
    assert ExerciseVersion.objects.count() == len(made)
    made[0].feedback_lv = "Klausieties vēlreiz."
    assert current_versions(made)[0] != first[0]


def test_definitions_cost_the_same_queries_however_many(django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    made = building.one_of_each()
    with CaptureQueriesContext(connection) as few:
        askable(made)
    with django_assert_num_queries(len(few)):
        askable(made * 50)


# --- what an author is told ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "value", "field"),
    [
        ("choice", {"item": "dīs", "mode": "listen", "distractors": []}, "distractors"),
        ("choice", {"item": "dīs", "mode": "listen", "distractors": ["dīs"]}, "distractors"),
        ("choice", {"mode": "meaning"}, "item"),
        (
            "choice",
            {"mode": "meaning", "question_lv": "?", "options": [{"text_lv": "a", "is_correct": True}]},
            "options",
        ),
        ("choice", {"mode": "meaning", "question_lv": "?", "options": [{"text_lv": "a"}, {"text_lv": "b"}]}, "options"),
        ("match", {"items": ["ami", "same"], "mode": "meaning"}, "items"),
        ("order", {"item": "dīs", "parts": []}, "item"),
        ("order", {"item": "del lačho dīs", "parts": ["del", "dīs"]}, "parts"),
        ("gap", {"item": "phenel avri", "mode": "pick", "gaps": [{"answer": "av", "distractors": ["x"]}]}, "gaps"),
        ("gap", {"item": "phenel avri", "mode": "pick", "gaps": [{"answer": "avri", "distractors": []}]}, "gaps"),
        ("gap", {"item": "phenel avri", "mode": "type", "gaps": [{"answer": "avri", "distractors": ["avri"]}]}, "gaps"),
    ],
)
def test_an_exercise_that_could_not_be_answered_is_refused_at_the_field(kind, value, field):
    building.word("same", meaning=("jā", "yes"))
    block = types()[kind].block()
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python(building._stored(value)))
    assert list(refused.value.block_errors) == [field]


def test_a_word_without_a_recording_cannot_be_asked_by_ear():
    building.word("dīs", heard=False)
    block = types()["type"].block()
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python(building._stored({"item": "dīs", "mode": "dictation"})))
    assert isinstance(refused.value.block_errors["mode"], ValidationError)

"""Speak, dialogue and picture: what each shows, keeps to itself, reads and says."""

import json
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from wagtail.blocks import StructBlockValidationError

from lessons.definitions import askable, define
from lessons.exercises import types
from lessons.feedback import result
from lessons.paper import printed
from lessons.paper_key import right_answers
from lessons.services import grade_answer, shown_exercise
from tests.lessons import building, scenes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def defined(exercise):
    return define([exercise.stored_block])[0]


def shown(definition, language="lv", seed="s"):
    return shown_exercise(SimpleNamespace(uuid=uuid4()), definition, language=language, seed=seed)


def judged(definition, answer, language="lv"):
    return result(definition, grade_answer(definition, answer).as_dict(), language)


def words_of(parts):
    return "".join(part["text"] for part in parts)


def html_of(definition, language="lv", **context):
    exercise = shown(definition, language)
    request = RequestFactory().get("/")
    return render_to_string("lessons/exercises/_exercise.html", {"exercise": exercise, **context}, request)


def complaints(kind, value):
    block = types()[kind].block()
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python(building._stored(value)))
    return refused.value.block_errors


def replies(definition, turn=0):
    """Return the ids of a turn's choices by what they say."""
    return {
        one["entry"]["text"] if one["entry"] else one["action"]["lv"]: one["id"]
        for one in definition["turns"][turn]["replies"]
    }


def places(definition):
    return {area["text"]["lv"]: area["id"] for area in definition["areas"]}


@pytest.fixture
def dialogue():
    return defined(scenes.dialogue())


@pytest.fixture
def picture():
    return defined(scenes.picture())


# --- all three -----------------------------------------------------------------------------------------


def test_no_payload_holds_what_is_right_or_what_comes_of_it(dialogue, picture):
    for definition in (dialogue, picture, defined(scenes.speak())):
        for language in ("lv", "en"):
            sent = json.dumps(shown(definition, language), ensure_ascii=False)
            for key in ("fits", "right", "consequence", "atver durvis", "lets you in", "sveicina, tad", "variants"):
                assert key not in sent, (definition["type"], key)


def test_definitions_survive_json(dialogue, picture):
    for definition in (dialogue, picture):
        assert json.loads(json.dumps(definition)) == definition


def test_the_page_and_the_interface_take_the_same_answer(dialogue, picture):
    greeting, thanks = replies(dialogue)["lačho dīs"], replies(dialogue, 1)["najis-ta"]
    cases = [
        (dialogue, f"turn-0={greeting}&turn-1={thanks}", {"chosen": [greeting, thanks]}),
        (picture, f"area={places(picture)['krūze']}", {"area": places(picture)["krūze"]}),
        (defined(scenes.speak()), "judged=close", {"judged": "close"}),
    ]
    for definition, form, answer in cases:
        kind = types()[definition["type"]]
        assert kind.form_answer(QueryDict(form)) == answer
        assert kind.missing(definition, answer) == ""
        assert kind.missing(definition, kind.form_answer(QueryDict(""))) == str(kind.empty_text)
        assert html_of(definition, given=answer).count(" checked") == max(len(answer.get("chosen", [])), 1)
        assert " checked" not in html_of(definition)


@pytest.mark.parametrize("bad", ["x", [], {}, {"chosen": "x"}, {"area": 1}, {"judged": "perfect"}, {"judged": ""}])
def test_a_wrong_shape_is_refused_and_named(dialogue, picture, bad):
    for definition in (dialogue, picture, defined(scenes.speak())):
        with pytest.raises(ValidationError) as refused:
            grade_answer(definition, bad)
        assert all(field.startswith("answer") for field in refused.value.message_dict)


def test_what_is_not_an_option_is_refused(dialogue, picture):
    for definition, answer in (
        (dialogue, {"chosen": ["nothing"]}),
        (dialogue, {"chosen": [replies(dialogue, 1)["najis-ta"]]}),
        (dialogue, {"chosen": [replies(dialogue)["na"], replies(dialogue, 1)["raj"], replies(dialogue)["na"]]}),
        (picture, {"area": "nowhere"}),
    ):
        with pytest.raises(ValidationError):
            grade_answer(definition, answer)


def test_every_romani_word_is_marked(dialogue, picture):
    html = html_of(dialogue)
    for form in ("lačho dīs", "na", "najis-ta", "raj"):
        assert f'<span lang="rml">{form}</span>' in html
    assert '<p class="rom" lang="rml">ami</p>' in html
    assert '<span lang="rml">raj</span>' not in html_of(picture), "what is heard is not read"
    assert shown(picture, "en")["twin"] == {"question": "Find it in the picture", "romani": "raj"}


def test_definitions_cost_the_same_queries_however_many(django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    made = [scenes.speak(), scenes.dialogue(), scenes.picture()]
    askable(made)  # once, and the picture has its rendition
    with CaptureQueriesContext(connection) as few:
        assert len(askable(made)) == 3
    more = [scenes.picture() for _ in range(4)]
    askable(more)
    with django_assert_num_queries(len(few)):
        assert len(askable([*made, *more])) == 7


# --- speak ---------------------------------------------------------------------------------------------


def test_who_speaks_judges_and_is_told_so():
    definition = defined(scenes.speak(tip_lv="Klausieties garo ī."))
    assert types()["speak"].is_self_judged
    assert shown(definition)["tip"] == "Klausieties garo ī."
    close, again = judged(definition, {"judged": "close"}, "en"), judged(definition, {"judged": "again"}, "en")
    assert (close["title"], close["score"]) == ("It sounds alike", 1.0)
    assert (again["title"], again["score"], again["is_right"]) == ("Practise it once more", 0.0, False)
    assert words_of(again["message"]) == "lačho dīs – good day."


def test_a_word_without_a_recording_is_read_aloud():
    building.word("dīs", heard=False)
    assert list(complaints("speak", {"item": "dīs"})) == ["item"]
    html = html_of(defined(scenes.speak("dīs")), "en")
    assert "Read it and say it aloud" in html and "The model" not in html


# --- dialogue ------------------------------------------------------------------------------------------


def test_each_choice_has_its_consequence_and_its_note_on_respect(dialogue):
    ids, last = replies(dialogue), replies(dialogue, 1)
    verdict = judged(dialogue, {"chosen": [ids["lačho dīs"], last["raj"]]}, "en")
    assert (verdict["verdict"], verdict["score"], verdict["title"]) == ("wrong", 0.5, "Partly well chosen")
    first, second = verdict["solution"]["lines"]
    assert first["is_right"] and not second["is_right"]
    assert words_of(first["parts"]) == (
        "lačho dīs – good day. She greets you back and lets you in. First one greets, then one talks of work."
    )
    assert words_of(second["parts"]) == "raj – gentleman. Viņa brīnās. This would fit: najis-ta – thank you!"
    assert second["romani"] == "najis-ta" and second["audio"]["sources"], "what fits is heard"


def test_what_was_chosen_so_far_is_judged_turn_by_turn(dialogue):
    ids = replies(dialogue)
    so_far = judged(dialogue, {"chosen": [ids["Uzreiz parādīt dokumentus"]]}, "en")
    (line,) = so_far["solution"]["lines"]
    assert words_of(line["parts"]).startswith("Show the papers at once. She steps back.")
    assert "najis-ta" not in json.dumps(so_far, ensure_ascii=False), "a turn to come is not told"
    assert judged(dialogue, {"chosen": [ids["lačho dīs"]]})["score"] == 0.5
    assert judged(dialogue, {"chosen": []})["score"] == 0


def test_who_chooses_well_in_every_turn_is_right(dialogue):
    answer = {"chosen": [replies(dialogue)["lačho dīs"], replies(dialogue, 1)["najis-ta"]]}
    verdict = judged(dialogue, answer, "en")
    assert (verdict["verdict"], verdict["score"], verdict["title"]) == ("exact", 1.0, "Well chosen")
    kind = types()["dialogue"]
    assert kind.said(dialogue, answer, "en") == ("lačho dīs, najis-ta", "rml")
    done = {"chosen": [replies(dialogue)["Uzreiz parādīt dokumentus"]]}
    assert kind.said(dialogue, done, "en") == ("", "en"), "what is done is not Romani"


def test_who_does_not_know_is_told_what_fits(dialogue):
    verdict = judged(dialogue, None, "en")
    assert [line["romani"] for line in verdict["solution"]["lines"]] == ["lačho dīs", "najis-ta"]


def test_the_order_of_choices_is_the_seeds(dialogue):
    first = {shown(dialogue, seed=str(n))["turns"][0]["options"][0]["id"] for n in range(40)}
    assert len(first) == 3


def test_a_dialogue_that_lost_its_fitting_word_is_not_asked():
    made = scenes.dialogue()
    building.word("na").delete()
    assert len(defined(made)["turns"][0]["replies"]) == 2
    building.word("najis-ta").delete()
    assert define([made.stored_block]) == [None]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda turns: turns[0].update(told_lv=""), ["told_lv"]),
        (lambda turns: turns[0]["replies"][0].update(is_fitting=False), ["replies"]),
        (lambda turns: [one.update(is_fitting=True) for one in turns[0]["replies"]], ["replies"]),
        (lambda turns: turns[0]["replies"][2].update(entry=building.word("lačho dīs").pk), ["replies"]),
        (lambda turns: turns[0]["replies"][1].update(entry=building.word("raj").pk), ["replies", 1, "entry"]),
        (lambda turns: turns[0]["replies"][1].update(action_lv=""), ["replies", 1, "entry"]),
        (lambda turns: turns[0]["replies"][0].update(consequence_lv=""), ["replies", 0, "consequence_lv"]),
        (
            lambda turns: turns[0]["replies"][0].update(
                entry=building.word("dives", variety="lithuanian", meaning=("diena", "day")).pk
            ),
            ["replies", 0, "entry"],
        ),
    ],
)
def test_a_turn_that_could_not_be_answered_is_refused_at_its_field(change, path):
    turns = scenes.turns()
    change(turns)
    found = complaints("dialogue", {"scene_lv": "Durvis.", "turns": turns})["turns"].block_errors[0].block_errors
    for step in path[:-1]:
        found = found[step].block_errors
    assert list(found) == [path[-1]]


# --- picture -------------------------------------------------------------------------------------------


def test_a_picture_shows_its_places_with_words_for_each(picture):
    payload = shown(picture, "en")
    assert payload["romani"] == "" and payload["audio"]
    assert (payload["image"]["width"], payload["image"]["height"]) == (1000, 666)
    assert payload["image"]["url"].endswith(".webp")
    assert [area["text"] for area in payload["areas"]][-1] == "a mug", "the smallest lies on top"
    assert {one["text"] for one in payload["options"]} == {"a man at the table", "a woman at the door", "a mug"}
    html = html_of(picture)
    assert 'alt="Istaba: pie galda sēž vīrietis' in html and 'x="60%" y="10%" width="25%"' in html
    assert "style=" not in html


def test_a_tap_is_judged_and_the_place_told(picture):
    right = judged(picture, {"area": places(picture)["vīrietis pie galda"]}, "en")
    assert right["is_right"] and words_of(right["message"]) == "raj – gentleman."
    wrong = judged(picture, {"area": places(picture)["krūze"]}, "en")
    assert words_of(wrong["message"]) == ("raj – gentleman. The right place: a man at the table. You chose: a mug.")
    assert "You chose" not in words_of(judged(picture, None, "en")["message"])


def test_the_list_of_places_has_an_order_of_its_own(picture):
    first = {shown(picture, seed=str(n))["options"][0]["id"] for n in range(40)}
    assert len(first) == 3


def test_a_word_that_lost_its_recording_is_read(picture):
    building.word("rāni", heard=False)
    payload = shown(defined(scenes.picture(item="rāni")))
    assert payload["romani"] == "rāni" and payload["audio"] is None


def test_an_exercise_whose_picture_is_gone_is_not_asked():
    image = scenes.drawing()
    made, other = scenes.picture(image), scenes.picture()
    image.file.storage.delete(image.file.name)
    assert [definition is None for definition in define([made.stored_block, other.stored_block])] == [True, False]
    image.delete()
    assert define([made.stored_block]) == [None]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda value: value["areas"][0].update(is_right=False), ["areas"]),
        (lambda value: [one.update(is_right=True) for one in value["areas"]], ["areas"]),
        (lambda value: value["areas"].append(value["areas"][0] | {"text_lv": "cits"}), ["areas"]),
        (lambda value: value["areas"][1].update(text_lv="Krūze"), ["areas"]),
        (lambda value: value["areas"][0].update(x=80), ["areas", 0, "width"]),
        (lambda value: value["areas"][0].update(height=3), ["areas", 0, "height"]),
        (lambda value: value["areas"][0].update(text_en="this is Raj!"), ["areas", 0, "text_en"]),
        (lambda value: value.update(item=building.word("dīs", heard=False).pk), ["mode"]),
    ],
)
def test_a_picture_that_could_not_be_asked_is_refused_at_its_field(change, path):
    value = {"image": scenes.drawing().pk, "item": "raj", "mode": "listen", "areas": scenes.areas()}
    change(value)
    found = complaints("picture", value)
    for step in path[:-1]:
        found = found[step].block_errors
    assert list(found) == [path[-1]]


# --- the editor ----------------------------------------------------------------------------------------


def test_an_author_finds_the_three_types_in_the_bank_with_their_help(admin_client):
    page = admin_client.get(reverse("wagtailsnippets_lessons_exercise:add")).content.decode()
    # Beginnings only: what is not ASCII is escaped where the editor's blocks are described.
    for label in ("Saruna darb", "Ko saka dal", "Vietas att", "No kreis", "Piez"):
        assert label in page
    assert "Tiem, kas att" in page, "the help for whoever describes a place"


def test_on_paper_there_is_all_that_a_pencil_needs_and_nothing_more():
    for made in scenes.one_of_each():
        exercise, template = printed(shown(defined(made)))
        html = render_to_string(template, {"exercise": exercise})
        assert template == f"lessons/paper/{made.type}.html"
        assert 'class="box"' in html and "<input" not in html and "<button" not in html and 'class="hear' not in html
        assert {"speak": "lačho dīs", "dialogue": "najis-ta", "picture": "raj"}[made.type] in html


def test_beside_the_paper_authors_find_what_fits_in_each_turn_and_the_right_place(dialogue, picture):
    assert [line["romani"] for line in right_answers(dialogue, "en")] == ["lačho dīs", "najis-ta"]
    assert [line["meaning"] for line in right_answers(picture, "en")] == ["a man at the table"]


@pytest.mark.parametrize("make", [scenes.speak, scenes.dialogue, scenes.picture])
def test_an_author_sees_the_exercise_as_a_learner_does(make):
    made = make()
    request = RequestFactory().get("/")
    context = made.get_preview_context(request, "")
    assert context["exercise"]["type"] == made.type
    html = render_to_string(made.get_preview_template(request, ""), context | {"object": made, "page": None}, request)
    assert f"lessons/exercises/{made.type}.js" in html

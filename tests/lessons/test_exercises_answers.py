"""Typed answers as exercises judge them: forms from the dictionary, the author's own, rules, hints, what is said."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from wagtail.blocks import StructBlockValidationError

from dictionary.models import Form, ProtectedPair, SpellingRule
from lessons.definitions import define, digest
from lessons.exercises import types
from lessons.models import Exercise
from lessons.services import current_versions, grade_answer
from tests.lessons import building
from tests.lessons.test_exercises_types import defined, judged, shown, words_of

pytestmark = pytest.mark.django_db

DOG = ("suns", "dog")


def marked(message):
    return [part["text"] for part in message if part.get("mark")]


def text(definition, written, language="en"):
    return judged(definition, {"text": written}, language)


# --- near misses -----------------------------------------------------------------------------------------


def test_a_near_miss_shows_the_place_and_not_the_letter():
    building.word("džukel", meaning=DOG)
    definition = defined("type", item="džukel", mode="translate")
    for written, mark, title in (
        ("džkel", "_", "Almost – one letter is missing"),
        ("džujkel", "j", "Almost – one letter too many"),
        ("džumel", "m", "Almost – one letter is another"),
        ("dužkel", "už", "Almost – two letters have changed places"),
    ):
        verdict = text(definition, written)
        assert (verdict["verdict"], verdict["is_right"], verdict["score"]) == ("near", False, 0.0)
        assert verdict["title"] == title and verdict["feedback"].startswith("near.")
        assert marked(verdict["message"]) == [mark]
        assert "džukel" not in words_of(verdict["message"]), "it is there to be found"
        assert verdict["audio"], "and to be heard"


def test_a_near_miss_is_told_in_latvian_too():
    building.word("džukel", meaning=DOG)
    verdict = text(defined("type", item="džukel", mode="translate"), "džkel", "lv")
    assert verdict["title"] == "Gandrīz – trūkst viena burta"
    assert words_of(verdict["message"]) == "Rakstījāt dž_kel. Aiz 2. burta viena trūkst."


def test_a_slip_that_is_another_word_of_the_dictionary_is_that_word():
    building.word("jūlija", meaning=("jūlijs", "July"))
    building.word("jūnija", meaning=("jūnijs", "June"))
    definition = defined("type", item="jūlija", mode="translate")
    for written in ("jūnija", "junija", "Juunija!"):
        verdict = text(definition, written)
        assert verdict["verdict"] == "other" and "June" in words_of(verdict["message"])


def test_a_protected_pair_is_kept_apart_even_if_one_half_is_no_entry():
    building.word("phal")
    ProtectedPair.objects.create(form_a="phal", form_b="pal", why="brālis / aiz")
    verdict = text(defined("type", item="phal", mode="translate"), "pal")
    assert verdict["verdict"] == "other"
    assert words_of(verdict["message"]).startswith("pal is a different word with its own meaning.")


def test_what_an_attempt_kept_before_is_judged_as_before():
    building.word("džukel", meaning=DOG)
    now = defined("type", item="džukel", mode="translate")
    before = {name: now[name] for name in ("type", "item", "mode", "others")}
    assert text(now, "džkel")["verdict"] == "near"
    assert text(before, "džkel")["verdict"] == "wrong"
    assert text(before, "dzukel")["verdict"] == "spelling"


# --- phrases ---------------------------------------------------------------------------------------------


def test_a_wrong_phrase_says_in_words_where_it_differs():
    definition = defined("type", item="del lačho dīs", mode="translate")
    verdict = text(definition, "na del lačhi")
    said = words_of(verdict["message"])
    assert said == "Too many: na. Instead of lačhi: lačho. Missing: dīs. del lačho dīs – to greet."
    assert marked(verdict["message"]) == ["na", "i", "o", "dīs"]
    assert all(part["lang"] == "rml" for part in verdict["message"] if part.get("mark"))
    assert words_of(text(definition, "qqq")["message"]) == "del lačho dīs – to greet.", "nothing to compare"


def test_right_words_in_another_order_are_told_apart_and_may_be_allowed():
    verdict = text(defined("type", item="lačho dīs", mode="translate"), "dīs lačho")
    assert (verdict["verdict"], verdict["feedback"]) == ("wrong", "wrong.order")
    assert words_of(verdict["message"]).startswith("All the words are right; their order is another.")
    free = defined("type", item="lačho dīs", mode="translate", any_order=True)
    assert text(free, "dīs lačho")["verdict"] == "exact"


# --- forms that count ------------------------------------------------------------------------------------


def form(entry, written, features, attested="yes"):
    return Form.objects.create(entry=entry, form=written, features=features, attested=attested, source_ref="1")


def test_an_attested_variant_counts_and_other_forms_of_the_word_are_named():
    day = building.word("dīs")
    form(day, "dives", "N;NOM;SG;VAR")
    form(day, "divesa", "N;PL")
    form(day, "diveste", "N;LOC;SG;VAR", attested="rule")
    definition = defined("type", item="dīs", mode="translate")
    assert text(definition, "dives")["verdict"] == "variant"
    plural = text(definition, "divesa")
    assert (plural["verdict"], plural["feedback"]) == ("other", "other.form")
    assert words_of(plural["message"]) == "divesa is another form of this word. dīs – day."
    assert text(definition, "diveste")["verdict"] == "wrong", "a form by rule is no form that was seen"


def test_a_word_of_a_neighbouring_variety_with_the_same_meaning_counts_and_is_named():
    building.word("džukel", meaning=DOG)
    building.word("rikono", meaning=DOG, variety="north-russian")
    verdict = text(defined("type", item="džukel", mode="translate"), "rikono")
    assert verdict["verdict"] == "variant" and verdict["is_right"]
    assert words_of(verdict["message"]) == "rikono and džukel both mean “dog” (North Russian Romani)."
    heard = defined("type", item="džukel", mode="dictation")
    assert text(heard, "rikono")["verdict"] == "other", "who writes what is heard writes that word"


def test_a_protected_pair_never_counts_as_a_word_of_the_same_meaning():
    building.word("džukel", meaning=DOG)
    building.word("rikono", meaning=DOG, variety="north-russian")
    ProtectedPair.objects.create(form_a="džukel", form_b="rikono", why="pārbaude")
    assert text(defined("type", item="džukel", mode="translate"), "rikono")["verdict"] == "other"


def test_an_author_adds_forms_and_leaves_some_out():
    building.word("dīs", variants=[("dives", "lithuanian")])
    definition = defined("type", item="dīs", mode="translate", accept=["gjives"], exclude=["dives"])
    added = text(definition, "gjives")
    assert added["verdict"] == "variant" and words_of(added["message"]) == "gjives and dīs both mean “day”."
    left_out = text(definition, "dives")
    assert (left_out["is_right"], left_out["feedback"]) == (False, "wrong.excluded")


def test_in_a_gap_variants_of_the_missing_word_count_and_the_authors_own():
    building.word("avri", meaning=("ārā", "out"), variants=[("avrij", "lithuanian")])
    gaps = [{"answer": "avri", "accept": ["vri"]}]
    definition = defined("gap", item="phenel avri", mode="type", gaps=gaps, counts="variant")
    for written, verdict in (("avri", "exact"), ("avrij", "variant"), ("vri", "variant"), ("avrī", "spelling")):
        found = judged(definition, {"gaps": [written]})
        assert (found["verdict"], found["is_right"]) == (verdict, verdict != "spelling")


# --- what counts, and what is said -----------------------------------------------------------------------


def test_a_spelling_that_does_not_count_says_so():
    definition = defined("type", item="dīs", mode="translate", counts="exact")
    verdict = text(definition, "dis")
    assert (verdict["verdict"], verdict["is_right"], verdict["score"]) == ("spelling", False, 0.0)
    assert verdict["title"] == "Almost – another spelling"
    assert words_of(verdict["message"]).endswith("Here only the course's own form counts.")
    html = render_to_string("lessons/exercises/_verdict.html", verdict_context(verdict))
    assert 'data-v="near"' in html, "it is not green"


def test_whether_marks_count_is_said_beforehand():
    for counts, is_strict in (("", False), ("exact", True), ("variant", True), ("near", False)):
        exercise = shown(defined("type", item="dīs", mode="translate", counts=counts), "en")
        html = render_to_string("lessons/exercises/type.html", {"exercise": exercise}, RequestFactory().get("/"))
        assert exercise["is_strict"] is is_strict
        assert ("garumzīmes un mīkstinājumi skaitās" in html) is is_strict


def verdict_context(verdict):
    from lessons.templatetags.exercise_tags import verdict as tag

    return tag(verdict)


def test_the_name_of_the_sound_does_not_tell_what_a_near_miss_hides():
    building.word("džukel", meaning=DOG)
    verdict = text(defined("type", item="džukel", mode="translate"), "džkel")
    html = render_to_string("lessons/exercises/_verdict.html", verdict_context(verdict))
    assert "i-near" in html and "<mark>_</mark>" in html and "hear small" in html
    assert "džukel" not in html


def test_an_author_speaks_to_a_known_mistake_in_the_learners_language():
    known = [{"answer": "lačhi", "text_lv": "Tā saka sievietei.", "text_en": "So one says of a woman."}]
    definition = defined("type", item="lačho", mode="translate", known_wrong=known)
    assert words_of(text(definition, "Lachi")["message"]).startswith("So one says of a woman. ")
    verdict = text(definition, "lačhi", "lv")
    assert words_of(verdict["message"]).startswith("Tā saka sievietei. ") and verdict["feedback"].endswith(".known")
    assert "saka" not in words_of(text(definition, "qqq", "lv")["message"])
    picks = defined(
        "gap",
        item="phenel avri",
        mode="pick",
        gaps=[{"answer": "avri", "distractors": ["andre"]}],
        known_wrong=[{"answer": "andre", "text_lv": "Tas ir iekšā.", "text_en": ""}],
    )
    assert words_of(judged(picks, {"gaps": ["andre"]})["message"]).startswith("Tas ir iekšā. ")


# --- into Latvian ----------------------------------------------------------------------------------------


def test_a_meaning_may_be_asked_and_is_judged_kindly():
    building.word("rom", meaning=("roms; vīrs (romu)", "Rom; husband"))
    definition = defined("type", item="rom", mode="meaning")
    seen = shown(definition, "lv")
    assert (seen["romani"], seen["lang"]) == ("rom", "lv") and seen["audio"]
    assert "vīrs" not in str(seen)
    assert text(definition, "VĪRS!")["verdict"] == "exact"
    assert text(definition, "the husband")["verdict"] == "exact"
    verdict = text(definition, "virs", "lv")
    assert verdict["verdict"] == "spelling" and verdict["is_right"]
    assert words_of(verdict["message"]) == "Rakstījāt virs. Ar visām zīmēm tas ir vīrs."
    assert {part["lang"] for part in verdict["message"] if part.get("mark")} == {"lv"}
    assert words_of(text(definition, "sieva")["message"]) == "rom – Rom; husband."


def test_the_letters_of_romani_stand_under_romani_only():
    for mode, has_keys in (("translate", True), ("meaning", False)):
        exercise = shown(defined("type", item="dīs", mode=mode))
        html = render_to_string("lessons/exercises/type.html", {"exercise": exercise}, RequestFactory().get("/"))
        assert ('class="keys"' in html) is has_keys


# --- hints -----------------------------------------------------------------------------------------------


def test_hints_open_one_after_another():
    hints = [{"text_lv": "Sākas ar d.", "text_en": "It begins with d."}, {"text_lv": "Trīs burti.", "text_en": ""}]
    for kind, value in (
        ("type", {"item": "dīs", "mode": "translate"}),
        ("gap", {"item": "phenel avri", "mode": "type", "gaps": [{"answer": "avri"}]}),
    ):
        definition = defined(kind, hints=hints, **value)
        assert shown(definition, "en")["hints"] == ["It begins with d.", "Trīs burti."]
        exercise = shown(definition, "lv")
        html = render_to_string(f"lessons/exercises/{kind}.html", {"exercise": exercise}, RequestFactory().get("/"))
        first, second = html.index("Sākas ar d."), html.index("Trīs burti.")
        assert first < second and html.count("<details>") == 2
        assert "</details>" not in html[first:second], "the second stands inside the first"


# --- rules -----------------------------------------------------------------------------------------------


def test_an_attempt_keeps_the_rules_under_which_it_was_asked():
    made = building.exercise("type", item="raj", mode="translate")
    building.word("xolin", meaning=("dusmas", "anger"))
    made = building.exercise("type", item="xolin", mode="translate")
    before = current_versions([made])[0]
    SpellingRule.objects.create(number=7, description_lv="x un h", is_active=False)
    after = current_versions([made])[0]
    assert before != after
    assert grade_answer(before.definition, {"text": "holin"}).verdict == "spelling"
    assert grade_answer(after.definition, {"text": "holin"}).verdict != "spelling"
    SpellingRule.objects.all().delete()
    assert current_versions([made])[0] == before, "back to the default: the same version again"


def test_letters_that_an_author_added_judge_and_know_their_rivals():
    SpellingRule.objects.create(number=4, description_lv="u", letters="u = o", place="end")
    building.word("šēro", meaning=("galva", "head"))
    assert text(defined("type", item="šēro", mode="translate"), "šēru")["verdict"] == "spelling"
    building.word("to", meaning=("tavs", "your"))
    building.word("tu", meaning=("tu", "you"))
    assert text(defined("type", item="to", mode="translate"), "tu")["verdict"] == "other"


# --- the author's form -----------------------------------------------------------------------------------


def clean(kind, **value):
    block = types()[kind].block()
    return block.clean(block.to_python(building._stored(value)))


@pytest.mark.parametrize(
    ("kind", "value", "field"),
    [
        ("type", {"item": "dīs", "mode": "translate", "exclude": ["Dīs!"]}, "exclude"),
        (
            "type",
            {"item": "dīs", "mode": "translate", "known_wrong": [{"answer": "dīs", "text_lv": "x"}]},
            "known_wrong",
        ),
        ("type", {"item": "dīs", "mode": "translate", "accept": ["dives"], "exclude": ["dives"]}, "exclude"),
        ("type", {"item": "dīs", "mode": "meaning", "exclude": ["diena"]}, "exclude"),
        ("type", {"item": "dīs", "mode": "translate", "counts": "all"}, "counts"),
        ("type", {"item": "dīs", "mode": "translate", "known_wrong": [{"answer": "x", "text_lv": ""}]}, "known_wrong"),
        ("type", {"item": "dīs", "mode": "translate", "hints": [{"text_lv": "x"}] * 6}, "hints"),
        (
            "gap",
            {
                "item": "phenel avri",
                "mode": "type",
                "gaps": [{"answer": "avri"}],
                "known_wrong": [{"answer": "avri", "text_lv": "x"}],
            },
            "known_wrong",
        ),
    ],
)
def test_what_contradicts_itself_is_refused_at_its_field(kind, value, field):
    with pytest.raises(StructBlockValidationError) as refused:
        clean(kind, **value)
    assert list(refused.value.block_errors) == [field]


def test_an_exercise_from_before_these_fields_is_asked_as_ever():
    made = building.exercise("type", item="dīs", mode="translate")
    block = {"type": "type", "value": {"item": building.word("dīs").pk, "mode": "translate"}}
    old, new = define([block, made.stored_block])
    assert digest(old) == digest(new)
    assert not set(old) & {"counts", "accept", "exclude", "known", "hints", "any_order", "rules"}
    Exercise.objects.get(pk=made.pk).full_clean()

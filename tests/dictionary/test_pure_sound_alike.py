"""What sounds alike, and in which order the dictionary stands: pure rules."""

import doctest

import pytest

from dictionary import alike, alphabet, glosses
from dictionary.alike import MOST, Word, distance, nearest, slips_allowed, sound
from dictionary.alphabet import LETTERS, letter_of, order_of, place_of
from dictionary.glosses import headword_of, split_gloss


def words(*texts, language="rml"):
    return [Word(number, text, sound(text), language) for number, text in enumerate(texts)]


def found(query, *texts, **kwargs):
    return [word.text for word in nearest(query, words(*texts), **kwargs)]


@pytest.mark.parametrize("module", [alike, alphabet, glosses])
def test_the_examples_of_the_modules_hold(module):
    result = doctest.testmod(module)
    assert result.attempted and not result.failed


@pytest.mark.parametrize(
    ("heard", "meant"),
    [("ger", "khēr"), ("haljol", "haļol"), ("bhal", "phal"), ("skola", "skuola"), ("dikel", "dikhel"), ("xas", "khas")],
)
def test_breath_voice_and_length_make_no_difference_to_the_ear(heard, meant):
    assert sound(heard) == sound(meant)


def test_the_nearest_comes_first_and_what_is_far_stays_away():
    assert found("phenn", "rakirel", "pe", "phen") == ["phen", "pe"]
    assert found("sastipn", "sastir", "sastipen", "romni")[0] == "sastipen"
    assert "romni" not in found("sastipn", "sastir", "sastipen", "romni")


def test_what_is_clearly_farther_than_the_nearest_is_left_out():
    assert found("rakirel", "rakirel", "rakel", "rikirel") == ["rakirel", "rikirel"]


def test_of_equally_near_words_romani_comes_first():
    meaning, word = Word(1, "durvis", sound("durvis"), "lv"), Word(2, "durvis", sound("durvis"))
    assert nearest("durvis", [meaning, word]) == [word, meaning]


def test_an_entry_is_proposed_once_by_its_nearest_word():
    assert nearest("māl", [Word(7, "amal", sound("amal")), Word(7, "māl", sound("māl"))]) == [Word(7, "māl", "mal")]


def test_there_are_never_more_proposals_than_help():
    many = [f"rakire{letter}" for letter in "bcdfgmnprst"]
    assert len(found("rakirel", *many)) == MOST
    assert len(found("rakirel", *many, most=2)) == 2


@pytest.mark.parametrize("query", ["", "a", "!", "«»", " ", "ā" * 500])
def test_nothing_to_go_by_proposes_nothing(query):
    assert found(query, "rom", "amal", "phal") == []


@pytest.mark.parametrize(("length", "slips"), [(1, 0), (3, 1), (6, 2), (7, 3), (40, 3)])
def test_short_words_may_be_less_far_away(length, slips):
    assert slips_allowed("x" * length) == slips


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("pal", "pal", 0), ("pal", "pol", 1), ("pal", "pla", 1), ("pal", "pa", 1), ("pal", "al", 2), ("pal", "kol", 3)],
)
def test_a_vowel_or_two_letters_changed_about_are_a_smaller_slip(one, other, slips):
    assert distance(one, other) == distance(other, one) == slips


# --- the alphabet ---------------------------------------------------------------------------


def test_words_stand_in_the_order_of_the_alphabet():
    right = ["ābeca", "amal", "cik", "čang", "čhaj", "dad", "dža", "kan", "khēr", "ķēķa", "pal", "phal", "rat", "xal"]
    assert sorted(set(right), key=order_of) == right
    assert sorted(LETTERS, key=place_of) == list(LETTERS)


def test_a_shorter_word_and_a_word_by_itself_come_first():
    right = ["del", "del avri", "dela", "dela iv"]
    assert sorted(set(right), key=order_of) == right


def test_two_signs_are_one_letter_in_romani_only():
    assert [letter_of("khēr"), letter_of("thud"), letter_of("Dža")] == ["kh", "th", "dž"]
    assert [letter_of("throw", "en"), letter_of("phone", "en"), letter_of("džungļi", "lv")] == ["t", "p", "d"]


@pytest.mark.parametrize(
    ("text", "letter"), [("ā", "a"), ("Élan", "e"), ("„sāls”", "s"), ("112", ""), ("", ""), ("漢", "")]
)
def test_marks_that_make_no_letter_do_not_count(text, letter):
    assert letter_of(text) == letter


def test_the_order_sorts_alike_in_every_locale():
    assert set(order_of("Žimakīre Svenki-1!")) <= set("0123456789")


# --- meanings -------------------------------------------------------------------------------


def test_a_meaning_stands_under_its_word():
    assert [headword_of(one, "en") for one in split_gloss("the whole; to eat (bread), a, !thanks!")] == [
        "whole",
        "eat",
        "a",
        "thanks",
    ]
    assert headword_of("to laiku", "lv") == "to laiku"

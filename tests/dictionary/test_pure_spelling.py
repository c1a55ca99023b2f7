"""Spelling: what counts as the same form, row by row of docs/spelling.md."""

import csv
import re
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from dictionary.spelling import (
    DEFAULT,
    MARKS,
    NEVER,
    SWITCHABLE,
    Letters,
    Rules,
    answer_keys,
    differences,
    is_spelling,
    key,
    keys,
    merging_row,
    neighbour_keys,
    plain,
    search_fold,
)

CONTENT = Path(settings.BASE_DIR) / "content"


def same(answer, form):
    return bool(answer_keys(answer) & keys(form))


@pytest.mark.parametrize(
    ("row", "form", "spelling"),
    [
        (1, "dīs", "diis"),
        (1, "dēl", "dêêl"),
        (2, "lačho dīs", "lačho dis"),
        (3, "šēro", "šeerò"),
        (7, "xolin", "holin"),
        (10, "čaj", "chaj"),
        (10, "šov", "shov"),
        (10, "džukel", "dzhukel"),
        (12, "čačo", "caco"),
        (12, "šukār", "sukar"),
        (13, "romņa", "romn'a"),
        (13, "haļol", "haľòl"),
        (14, "haļol", "halol"),
        (15, "na rovel", "narovel"),
        (16, "paš-o khēr", "paš o khēr"),
        (18, "te-xal", "te xal"),
        (18, "te-xal", "texal"),
        (19, "najis-ta", "najis ta"),
        (19, "da-dīs", "dadīs"),
        (22, "lačho", "  LAČHO! "),
    ],
)
def test_another_spelling_of_the_same_form(row, form, spelling):
    assert same(spelling, form), row


@pytest.mark.parametrize(
    ("row", "form", "other"),
    [
        (5, "bāro", "bāri"),
        (6, "foros", "foro"),
        (7, "kham", "kxam"),
        (8, "phal", "pal"),
        (8, "čhik", "čik"),
        (8, "čik", "čhik"),
        (9, "hučo", "učo"),
        (15, "nalačho", "na bāro"),
        (16, "paš-o", "pašo"),
        (17, "paš-o", "paš-e"),
    ],
)
def test_what_is_never_another_spelling(row, form, other):
    assert not same(other, form), row


def lexicon():
    with (CONTENT / "lexicon.csv").open(encoding="utf-8") as file:
        return [row["romani"] for row in csv.DictReader(file)]


def test_every_word_of_the_lexicon_is_a_spelling_of_itself():
    assert [word for word in lexicon() if not same(word, word)] == []


def test_every_word_may_be_written_without_its_marks():
    def bare(word):
        return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))

    assert [word for word in lexicon() if not same(bare(word), word)] == []


def test_neighbours_hold_every_reading_of_a_form():
    for word in lexicon():
        assert answer_keys(word) <= neighbour_keys(word), word


@given(st.text())
def test_any_text_at_all_can_be_compared(text):
    assert isinstance(key(text), str)
    assert len(answer_keys(text)) <= 64
    assert plain(plain(text)) == plain(text)
    assert search_fold(search_fold(text)) == search_fold(text)


@given(st.text(max_size=60), st.text(max_size=60))
def test_differences_put_together_are_the_two_texts(written, course):
    pieces = differences(written, course)
    assert "".join(a for a, _b in pieces) == written
    assert "".join(b for _a, b in pieces) == course


@pytest.mark.parametrize("form", ["khačel", "xačel", "kacel", "KHAČEL"])
def test_finding_is_more_generous_than_grading(form):
    assert search_fold(form) in {"kacel", "hacel"}


# --- rules that authors change ---------------------------------------------------------------------------


def off(*rows):
    return Rules(off=frozenset(rows))


def with_letters(written, course, place="anywhere"):
    return Rules(letters=(Letters(30, written, course, place),))


@pytest.mark.parametrize(
    ("row", "form", "spelling"),
    [
        (1, "dīs", "diis"),
        (1, "dēl", "dêêl"),
        (2, "lačho dīs", "lačho dis"),
        (3, "šēro", "šērò"),
        (7, "xolin", "holin"),
        (10, "šov", "shov"),
        (12, "čačo", "caco"),
        (13, "haļol", "haľol"),
        (13, "romņa", "romn'a"),
        (14, "haļol", "halol"),
        (15, "na rovel", "narovel"),
        (16, "paš-o khēr", "paš o khēr"),
        (18, "te-xal", "texal"),
        (19, "najis-ta", "najis ta"),
    ],
)
def test_a_row_switched_off_is_not_accepted_and_no_other_row_suffers(row, form, spelling):
    assert is_spelling(spelling, form)
    assert not is_spelling(spelling, form, off(row))
    assert is_spelling(spelling, form, Rules(off=SWITCHABLE - MARKS - {row, 16, 18, 19}))
    assert is_spelling(form, form, off(row))


def test_a_row_keeps_its_meaning_when_its_neighbour_is_off():
    assert is_spelling("diis", "dīs", off(2)), "length must be written, in whatever way"
    assert is_spelling("shov", "šov", off(12)), "a digraph is no missing caron"
    assert is_spelling("haľol", "haļol", off(14)), "another palatal mark is no missing one"


def test_letters_may_stand_for_others_where_they_are_said_to():
    assert is_spelling("šēru", "šēro", with_letters("u", "o", "end"))
    assert not is_spelling("šoro", "šuro", with_letters("u", "o", "end"))
    assert not is_spelling("phoro", "phuro", with_letters("u", "o", "start"))
    assert is_spelling("czacho", "čačho", with_letters("cz", "č")), "together with the rows that are built in"
    assert not is_spelling("čačho", "czacho", with_letters("cz", "č")), "one way only"


@pytest.mark.parametrize(
    "rules", [DEFAULT, off(2, 7), with_letters("cz", "č"), Rules(frozenset({10}), (Letters(4, "u", "o", "end"),))]
)
def test_rules_can_be_kept_and_read_again(rules):
    assert Rules.from_dict(rules.as_dict()) == rules


def test_the_default_rules_keep_nothing():
    assert Rules().as_dict() == {}


ANY_RULES = st.builds(
    Rules,
    st.frozensets(st.sampled_from(sorted(SWITCHABLE))),
    st.lists(
        st.builds(
            Letters,
            st.just(30),
            st.text(alphabet="czšhuwo'ļā", min_size=1, max_size=3),
            st.text(alphabet="cčšhuvoļa", min_size=1, max_size=3),
            st.sampled_from(["anywhere", "start", "end"]),
        ),
        max_size=3,
    ).map(tuple),
)


@given(st.text(max_size=80), ANY_RULES)
def test_under_any_rules_every_text_is_a_spelling_of_itself_and_of_its_keys(text, rules):
    assert is_spelling(text, text, rules)
    assert all(keys(one, rules) & keys(text, rules) for one in keys(text, rules))
    assert len(answer_keys(text, rules)) <= 4**4 * 4


@given(st.sampled_from(lexicon()), st.frozensets(st.sampled_from(sorted(SWITCHABLE))))
def test_fewer_rows_never_make_more_words_meet(word, rows):
    for other in (word, *lexicon()[:40]):
        assert not is_spelling(word, other, Rules(rows)) or is_spelling(word, other)


@given(st.sampled_from(lexicon()), ANY_RULES)
def test_neighbours_hold_every_reading_of_a_form_under_any_rules(word, rules):
    for other in lexicon()[:60]:
        if is_spelling(other, word, rules):
            assert keys(other) & neighbour_keys(word, rules), (other, word)


def pairs():
    with (CONTENT / "protected_pairs.csv").open(encoding="utf-8") as file:
        return [(row["form_a"], row["form_b"]) for row in csv.DictReader(file)]


def test_the_default_rules_make_no_protected_pair_one_word():
    assert [pair for pair in pairs() if merging_row(*pair) is not None] == []


def test_the_row_that_makes_one_word_of_two_is_named():
    assert merging_row("phal", "pal", with_letters("ph", "p")) == 30
    assert merging_row("xolin", "holin") == 7
    assert merging_row("xolin", "holin", off(7)) is None
    assert merging_row("bar", "bār") is None, "who writes the mark is taken at their word"
    assert merging_row("phāl", "pal", with_letters("ph", "p")) == 30, "two rows together: the bold one is to blame"


# --- the table, in the docs and in the course files ---------------------------------------------------------


def test_the_rows_that_can_be_switched_are_those_that_the_docs_call_on():
    table = (Path(settings.BASE_DIR) / "docs" / "spelling.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \|[^|]+\| (\w+)", table, re.M)
    assert {int(row) for row, state in rows if state == "on"} == SWITCHABLE
    assert {int(row) for row, state in rows if state == "never"} == NEVER


def test_the_course_files_accept_what_the_docs_call_on_and_nothing_else():
    with (CONTENT / "spelling_rules.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {int(row["number"]) for row in rows if row["accepted"] == "yes"} == SWITCHABLE
    assert {int(row["number"]) for row in rows if row["letters"]} == {4, 11}, "offered, but off"

"""Spelling: what counts as the same form, row by row of docs/spelling.md."""

import csv
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from dictionary.spelling import answer_keys, differences, key, keys, neighbour_keys, plain, search_fold

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

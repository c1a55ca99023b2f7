"""Folding: the same whatever marks, case or blanks were typed."""

import pytest

from cms.folding import fold


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Šukar", "sukar"),
        ("čhāvo", "chavo"),
        ("haļol", "halol"),
        ("gādžo", "gadzo"),
        ("ʒuvel", "zuvel"),
        ("ǯuvel", "zuvel"),
        ("łačo", "laco"),
        ("dı", "di"),
        ("  LAČHO \t dīs\n", "lacho dis"),
        ("Straße", "strasse"),
        ("", ""),
        ("\u0301", ""),
    ],
)
def test_fold_drops_marks_case_and_blanks(typed, folded):
    assert fold(typed) == folded


def test_composed_and_decomposed_letters_fold_alike():
    assert fold("s\u030cukar") == fold("\u0161ukar") == "sukar"


def test_folding_twice_is_folding_once_for_every_letter():
    letters = (chr(code) for code in [*range(0x3000), *range(0xA640, 0xAC00), *range(0xF900, 0x10000)])
    changing = [letter for letter in letters if fold(fold(letter)) != fold(letter)]
    assert changing == []

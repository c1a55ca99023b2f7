"""Answers in Latvian and English against the dictionary's meanings: as kindly as Romani."""

import csv
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lessons.grading import RIGHT, VERDICTS, Asked
from lessons.meanings import grade_meaning, synonyms

LEXICON = list(csv.DictReader((Path(__file__).parents[2] / "content" / "lexicon.csv").open(encoding="utf-8")))


def verdict(written, lv, en="", **more):
    return grade_meaning(written, {"lv": lv, "en": en}, **more).verdict


@pytest.mark.parametrize(
    ("gloss", "written", "expected"),
    [
        ("roms; vīrs (romu)", "roms", "exact"),
        ("roms; vīrs (romu)", "Vīrs", "exact"),
        ("roms; vīrs (romu)", "vīrs (romu)", "exact"),
        ("roms; vīrs (romu)", "vīrs romu", "exact"),
        ("roms; vīrs (romu)", "roms, vīrs", "exact"),
        ("roms; vīrs (romu)", "vīrs; roms.", "exact"),
        ("roms; vīrs (romu)", "virs", "spelling"),
        ("roms; vīrs (romu)", "roms, virs", "spelling"),
        ("roms; vīrs (romu)", "roms, sieva", "wrong"),
        ("roms; vīrs (romu)", "romu", "wrong"),
        ("paldies!", "Paldies", "exact"),
        ("Jaunais gads", "jaunaisgads", "exact"),
        ("Jaunais gads", "jaunais  gads", "exact"),
        ("aizkavēt", "aizkavet", "spelling"),
        ("kaza", "kāza", "wrong"),
        ("mācības, mācīšanās", "macibas", "spelling"),
        ("aizmirst", "aizmrist", "near"),
        ("aizmirst", "aizmirs", "wrong"),
        ("karote", "kaorte", "near"),
        ("pele", "peie", "wrong"),
        ("uz (… pusi)", "uz", "exact"),
        ("kuš! (vairākiem)", "kuš", "exact"),
    ],
)
def test_a_latvian_answer(gloss, written, expected):
    assert verdict(written, gloss) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [("the day", "exact"), ("Day", "exact"), ("a day", "exact"), ("to day", "exact"), ("dey", "wrong")],
)
def test_an_english_answer_counts_too_with_or_without_its_article(written, expected):
    assert verdict(written, "diena", "day") == expected


def test_what_was_forgiven_is_told_with_its_language():
    grade = grade_meaning("virs", {"lv": "roms; vīrs (romu)"})
    assert (grade.facts["matched"], grade.facts["language"], grade.facts["feedback"]) == ("vīrs", "lv", "spelling")


def test_an_author_adds_leaves_out_and_knows_mistakes():
    assert verdict("čaukstošs", "labs", accepted=["čaukstošs"]) == "exact"
    assert verdict("vīrs", "roms; vīrs", asked=Asked(excluded=["vīrs"])) == "wrong"
    assert verdict("virs", "vīrs", asked=Asked(counts="exact")) == "spelling"
    assert grade_meaning("virs", {"lv": "vīrs"}, asked=Asked(counts="exact")).score == 0.0
    assert grade_meaning("sieva!", {"lv": "vīrs"}, asked=Asked(known=["Sieva"])).facts["known"] == 0


def test_every_meaning_of_the_lexicon_is_right_whole_and_in_each_part():
    for row in LEXICON:
        glosses = {"lv": row["latvian"], "en": row["english"]}
        for language, gloss in glosses.items():
            for one in synonyms(gloss, language):
                assert grade_meaning(one.text, glosses).verdict == "exact", (gloss, one)
        assert grade_meaning(row["latvian"], glosses).verdict in RIGHT, row["latvian"]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400), st.text(max_size=60))
@example("((((", "))((")
@example(";" * 400, ";,;")
@example("\x00", "labs")
@example("\ud800", "labs")
@example("a," * 200, "a")
def test_no_input_raises(written, gloss):
    grade = grade_meaning(written, {"lv": gloss, "en": ""})
    assert grade.verdict in VERDICTS and grade.score in (0.0, 1.0)

"""Grammatical features in words."""

import csv
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from dictionary.features import describe

FORMS = Path(settings.BASE_DIR) / "content" / "forms.csv"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("features", "words"),
    [
        ("N;GEN;SG;AGR=MASC", "genitive, singular, with a masculine word"),
        ("ADJ;PL/OBL", "plural or oblique case"),
        ("V;PRS;3;SG;LONG", "present, third person, singular, long form"),
        ("V.PTCP;PST;MASC;SG", "participle, past, masculine, singular"),
        ("ADV", "adverb"),
        (" N ; PL ", "plural"),
        ("", ""),
    ],
)
def test_features_are_said_in_words(features, words):
    assert describe(features) == words


def test_an_unknown_tag_stays_as_the_source_has_it():
    assert describe("N;PAUC;SG") == "PAUC, singular"


def test_every_tag_of_the_starter_course_has_words():
    with FORMS.open(newline="") as file:
        tags = {tag for row in csv.DictReader(file) for tag in row["features"].split(";")}
    # A tag that is not known comes back as it is, in capitals.
    assert [tag for tag in tags if describe(f"V.CVB;{tag}").endswith(tag)] == []

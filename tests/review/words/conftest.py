"""Reviewers who have no other right, and words that wait for them."""

import pytest
from django.utils import translation

from tests.dictionary.signing import member, reviewer
from tests.making import make_entry


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def zane(db):
    """A reviewer with access to the CMS and the right to sign, and nothing else."""
    return reviewer("Zane Ozola", signs_as="Zane")


@pytest.fixture
def editor(db):
    return member("Authors")


@pytest.fixture
def words(db):
    """Three words in the order of the dictionary."""
    return [
        make_entry("rl0375", "dīs", "diena", english="day", part_of_speech="noun", gender="m"),
        make_entry("rl0060", "duj", "divi", english="two"),
        make_entry("rl0590", "lačho", "labs", english="good"),
    ]

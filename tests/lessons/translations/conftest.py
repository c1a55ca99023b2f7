"""A lesson in two languages."""

import pytest

from tests import making
from tests.lessons.two_languages import latvian, text, translated

WORDS = {"Pirmais": "First", "Otrais": "Second", "Trešais": "Third", "Vārdi": "Words"}


@pytest.fixture
def words():
    return [making.make_entry("rl0375", "dīs", "diena", english="day"), making.make_entry("rl0001", "lačho", "labs")]


@pytest.fixture
def source(words):
    return latvian([making.words(words[0]), text("Pirmais teksts."), text("Otrais teksts.")])


@pytest.fixture
def english(source):
    return translated(source, WORDS)

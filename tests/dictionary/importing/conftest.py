"""An author, and a word that is there already."""

import pytest

from tests.dictionary.tables import person
from tests.making import make_entry


@pytest.fixture(autouse=True)
def author(client):
    return person(client, "Authors")


@pytest.fixture
def rom():
    return make_entry(
        "rl0001", "rom", "roms", english="Rom", part_of_speech="noun", gender="m", variants=[{"form": "roma"}]
    )

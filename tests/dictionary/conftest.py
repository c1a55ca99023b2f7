"""A dictionary with a few entries that the starter course has too."""

import pytest
from django.utils import translation

from cms.models import HomePage
from tests.making import make_dictionary, make_entry


@pytest.fixture(autouse=True)
def latvian():
    """Begin in Latvian: a request leaves its language active in the process."""
    with translation.override("lv"):
        yield


@pytest.fixture
def home(db):
    return HomePage.objects.get(locale__language_code="lv")


@pytest.fixture
def dictionary(home):
    return make_dictionary(home)


@pytest.fixture
def english_dictionary(dictionary):
    english = HomePage.objects.get(locale__language_code="en")
    return make_dictionary(
        english,
        title="Dictionary",
        slug="dictionary",
        locale=english.locale,
        translation_key=dictionary.translation_key,
    )


@pytest.fixture
def day(db):
    """dīs, with forms seen in a source and one that only a rule leads one to expect."""
    return make_entry(
        "rl0375",
        "dīs",
        "diena",
        english="day",
        part_of_speech="noun",
        gender="m",
        forms=[
            {
                "form": "dīsestir",
                "features": "N;ABL;SG",
                "attested": "yes",
                "source_ref": "ROMLEX roml, no. 766 «diis diisestir»",
            },
            {"form": "dīsa", "features": "N;PL", "attested": "rule", "rule": "grammar.md 3.1"},
        ],
        variants=[{"form": "dives"}],
    )


@pytest.fixture
def good(db):
    return make_entry("rl0590", "lačho", "labs", english="good", part_of_speech="adjective", heard="native")


@pytest.fixture
def neighbour(db):
    return make_entry("ph0301", "každo dyves", "katru dienu", kind="phrase", variety="lithuanian", heard="")

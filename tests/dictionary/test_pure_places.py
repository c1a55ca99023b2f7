"""The place in a source in the reader's language."""

import pytest
from django.utils import translation

from dictionary import places
from dictionary.places import place_in_words
from dictionary.templatetags.dictionary_tags import source_place


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_known_expressions_are_said_in_words():
    said = place_in_words("ROMLEX roml (Latvian Romani), headword «diis», no. 765; variants as headwords: «dives»")
    assert said == "ROMLEX, Latvian Romani, headword «diis», no. 765; variants as headwords: «dives»"


def test_quoted_forms_and_an_author_s_own_words_are_not_touched(monkeypatch):
    monkeypatch.setattr(places, "_", lambda text: f"<{text}>")
    assert place_in_words("headword «no. headword», p. 7") == "<headword> «no. headword», p. 7"


def test_quoted_forms_are_marked_as_romani_and_the_rest_is_escaped():
    shown = source_place("ROMLEX roml, no. 7 «lačho <b>»")
    assert shown == 'ROMLEX, Latvian Romani, no. 7 <span lang="rml">lačho &lt;b&gt;</span>'

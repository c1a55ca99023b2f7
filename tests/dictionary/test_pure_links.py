"""Romani in rich text becomes a way into the dictionary."""

import pytest

from dictionary.links import is_word, link_romani

ADDRESS = "/vardnica/"


def test_a_romani_word_links_to_the_search_for_its_form():
    html = '<p>Vārds <span lang="rml">lačho</span> ir „labs”.</p>'
    assert link_romani(html, ADDRESS) == (
        '<p>Vārds <a href="/vardnica/?form=la%C4%8Dho" lang="rml">lačho</a> ir „labs”.</p>'
    )


def test_a_phrase_is_looked_up_as_a_whole_and_keeps_its_emphasis():
    html = '<span lang="rml">del <b>lačho</b> dīs</span>'
    assert link_romani(html, ADDRESS) == (
        '<a href="/vardnica/?form=del%20la%C4%8Dho%20d%C4%ABs" lang="rml">del <b>lačho</b> dīs</a>'
    )


@pytest.mark.parametrize(
    "html",
    [
        '<span lang="rml">-en</span>',
        '<span lang="rml">čh</span>',
        '<span lang="rml"></span>',
        '<a href="/x/">ar <span lang="rml">lačho</span></a>',
        '<span lang="en">word</span>',
    ],
)
def test_endings_sounds_and_romani_inside_a_link_stay_as_they_are(html):
    assert link_romani(html, ADDRESS) == html


def test_without_a_dictionary_nothing_is_linked():
    html = '<span lang="rml">lačho</span>'
    assert link_romani(html, "") == html


def test_a_form_cannot_break_out_of_the_address():
    html = '<span lang="rml">a&quot; onclick=&quot;x&amp;theme=1#</span>'
    address = link_romani(html, ADDRESS).split('"')[1]
    assert address == "/vardnica/?form=a%22%20onclick%3D%22x%26theme%3D1%23"


@pytest.mark.parametrize(
    ("form", "expected"), [("lačho dīs", True), ("-en", False), ("d-", False), ("čh", False), ("ā", True)]
)
def test_what_can_be_a_word(form, expected):
    assert is_word(form) is expected

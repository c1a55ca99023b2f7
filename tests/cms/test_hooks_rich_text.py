"""The Romani style of rich text: offered, stored and shown as `lang="rml"`."""

import json

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import RichText

from cms.blocks import TEXT_FEATURES, TextBlock

STORED = '<p data-block-key="a">Vārds <span lang="rml">čhon</span> un <b>cits</b>.</p>'


@pytest.fixture
def converter():
    return ContentstateConverter(features=TEXT_FEATURES)


def test_marked_words_survive_the_editor(converter):
    assert converter.to_database_format(converter.from_database_format(STORED)) == STORED


def test_editor_sees_the_mark_as_a_style(converter):
    block = json.loads(converter.from_database_format(STORED))["blocks"][0]
    styles = {
        style["style"]: block["text"][style["offset"] : style["offset"] + style["length"]]
        for style in block["inlineStyleRanges"]
    }
    assert styles == {"ROMANI": "čhon", "BOLD": "cits"}


def test_other_spans_and_scripts_are_dropped(converter):
    dirty = (
        '<p data-block-key="a"><span lang="xx" onclick="x()">a</span>'
        '<script>x()</script><span style="color:red">b</span></p>'
    )
    clean = converter.to_database_format(converter.from_database_format(dirty))
    assert "<span" not in clean and "script" not in clean and "style" not in clean


def test_shown_text_keeps_the_mark():
    assert '<span lang="rml">čhon</span>' in str(RichText(STORED))


def test_text_block_offers_the_style_and_no_headings(db):
    widget = TextBlock().field.widget
    styles = [style["type"] for style in widget.options["inlineStyles"]]
    assert styles == ["BOLD", "ITALIC", "ROMANI"]
    assert "header-two" not in [block["type"] for block in widget.options["blockTypes"]]


def test_editor_form_can_be_rendered_with_the_style(author_client, about):
    html = author_client.get(f"/admin/pages/{about.pk}/edit/").content.decode()
    assert "ROMANI" in html

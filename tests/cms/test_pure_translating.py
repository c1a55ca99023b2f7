"""What of a page is explanation; which texts say the same; which parts are the same."""

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Page

from cms.blocks import TEXT_FEATURES
from cms.models import BasePage, ContentPage, HomePage
from cms.translating.compare import compare, texts_of
from cms.translating.pairing import pair
from cms.translating.shape import canon, has_texts, is_text, says_something, shape_of
from courses.models import CoursePage
from dictionary.models import InfoSheetPage, PhrasebookPage
from lessons.models import LessonPage


def texts(model):
    shape = shape_of(model)
    return {name for name, block in shape.child_blocks.items() if is_text(block, shape, name)}


EVERY = {"title", "seo_title", "search_description", "menu_title", "introduction"}


@pytest.mark.parametrize(
    ("model", "own"),
    [
        (ContentPage, set()),
        (CoursePage, set()),
        (LessonPage, {"can_do"}),
        (PhrasebookPage, set()),
        (InfoSheetPage, {"notice", "evidence", "no_source"}),
        (
            HomePage,
            {
                "hero_gloss",
                "heading",
                "start_label",
                "how_heading",
                "how_text",
                "why_heading",
                "why_text",
                "unknown_text",
            },
        ),
    ],
)
def test_every_text_of_a_page_is_explanation_but_romani_and_what_is_declared_shared(model, own):
    assert texts(model) == EVERY | own


def test_no_page_type_is_without_a_shape():
    for model in BasePage.__subclasses__():
        assert "title" in shape_of(model).child_blocks
        assert not {"slug", "path", "locale", "translation_key", "live"} & set(shape_of(model).child_blocks)


def test_a_page_itself_is_not_a_translation_of_anything():
    assert not issubclass(Page, BasePage)


def test_romani_in_blocks_and_addresses_are_shared():
    source = {
        "body": [
            {
                "type": "situation",
                "id": "a",
                "value": {"heading": "Pie durvīm", "key": "pie-durvim", "items": [], "questions": ["Kā?"]},
            }
        ]
    }
    found = texts_of(shape_of(PhrasebookPage), source, source)
    assert {path for path, (text, _here) in found.items() if text} == {"body/a/heading", "body/a/questions/n0"}
    line = shape_of(InfoSheetPage).child_blocks["lines"].child_blocks["line"]
    assert [name for name, child in line.child_blocks.items() if is_text(child, line, name)] == ["text"]
    assert not has_texts(shape_of(InfoSheetPage).child_blocks["helpful"]), "words alone are nothing to translate"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>Labi.</p>", '<p data-block-key="ab1">Labi.</p>'),
        ("<p>Tā &amp; tā</p>", "<p>Tā &#38; tā</p>"),
        ("<p>a  b\nc</p>", "<p>a b c</p>"),
        ("", None),
        (" Vārdi ", "Vārdi"),
    ],
)
def test_what_reads_the_same_is_the_same(one, other):
    assert canon(one) == canon(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>Labi.</p>", "<p>Labi!</p>"),
        ('<p><span lang="rml">dīs</span></p>', "<p>dīs</p>"),
        ("<p>a</p><p>b</p>", "<p>a b</p>"),
        ("Vārdi", "vārdi"),
    ],
)
def test_what_reads_otherwise_is_not(one, other):
    assert canon(one) != canon(other)


@pytest.mark.parametrize(
    "text",
    [
        '<p>Sakiet <span lang="rml">lačho dīs</span>, "labdien" un <b>pagaidiet</b>.</p>',
        "<ul><li>Viens &amp; divi</li><li>trīs</li></ul><h3>Virsraksts</h3><p>„Teksts”</p>",
    ],
)
def test_a_text_that_was_opened_and_saved_is_no_other_text(text):
    editor = ContentstateConverter(["h2", "h3", *TEXT_FEATURES])
    saved = editor.to_database_format(editor.from_database_format(text))
    assert saved != text
    assert canon(saved) == canon(text)


def test_there_is_nothing_to_translate_in_romani_signs_and_numbers():
    assert not says_something('<p><span lang="rml">lačho dīs</span> – 3!</p>')
    assert says_something('<p><span lang="rml">lačho dīs</span> – labdien</p>')
    assert not says_something("")


# --- which part is which -------------------------------------------------------------------------


def part(kind, words, name):
    value = {"image": words} if kind == "image" else words
    return {"type": kind, "value": value, "id": name}


def paired(before, now, here):
    found = pair(shape_of(ContentPage).child_blocks["body"], before, now, here)
    return [(row.now["id"], row.here and row.here["id"]) for row in found.rows], found


def test_parts_without_common_ids_are_found_by_what_they_show_then_by_kind_and_number():
    before = [part("text", "a", "1"), part("image", 7, "2"), part("image", 8, "3"), part("text", "b", "4")]
    here = [part("image", 8, "x"), part("text", "A", "y"), part("text", "B", "z"), part("image", 7, "w")]
    rows, found = paired(before, before, here)
    assert rows == [("1", "y"), ("2", "w"), ("3", "x"), ("4", "z")]
    assert found.own == [] and found.gone == []


def test_where_numbers_differ_nothing_is_guessed():
    rows, found = paired(
        [part("text", "a", "1")], [part("text", "a", "1")], [part("text", "A", "x"), part("text", "B", "y")]
    )
    assert rows == [("1", None)]
    assert [one["id"] for one in found.own] == ["x", "y"]


def test_one_part_taken_elsewhere_is_the_only_one_that_moved():
    before = [part("text", letter, letter) for letter in "abcd"]
    now = [before[3], *before[:3]]
    _rows, found = paired(before, now, before)
    assert [row.key for row in found.moved] == ["d"]
    _rows, found = paired(before, now, now)
    assert found.moved == [], "the translation has that order already"


def test_a_kind_of_block_that_is_no_more_harms_nothing():
    old = [{"type": "poem", "value": "x", "id": "1"}, part("text", "a", "2")]
    page = {"title": "T", "body": old}
    assert compare(shape_of(ContentPage), page, page, page, {}) == []

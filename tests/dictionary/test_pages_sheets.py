"""Information sheets for families: read, heard, printed; the Romani side is open until a native speaker fills it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Locale

from cms.models import HomePage
from dictionary.models import InfoSheetIndexPage, InfoSheetPage
from tests.making import make_dictionary, make_entry, make_recording

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return HomePage.objects.get(locale=Locale.objects.get(language_code="lv"))


@pytest.fixture
def index(home):
    return home.add_child(instance=InfoSheetIndexPage(title="Lapas ģimenēm", slug="gimenem"))


def sheet(index, *lines, **fields):
    body = [("line", {"text": text, "romani": romani, "recording": sound}) for text, romani, sound in lines]
    page = InfoSheetPage(title="Bērns sāk skolu", slug=f"lapa-{index.numchild}", lines=body, **fields)
    return index.add_child(instance=page)


def html(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_an_open_romani_side_is_shown_as_open_with_the_words_the_dictionary_has(client, home, index):
    make_dictionary(home)
    word = make_entry("rl0219", "skuola", "skola")
    page = sheet(index, ("Bērns iet skolā.", "", None), helpful=[("word", word)], no_source="bērnudārzs")
    text = html(client, page)
    assert "Romu valodā vēl nav." in text and "Bērns iet skolā." in text
    assert '<a href="/vardnica/rl0219/"><span class="rom" lang="rml">skuola</span></a>' in text
    assert "bērnudārzs" in text


def test_what_a_native_speaker_wrote_and_spoke_stands_beside(client, index):
    sound = make_recording("skuola", "native")
    text = html(client, sheet(index, ("Skola", "skuola", sound), ("Tālāk", "", None), romani_title="skuola"))
    assert '<span lang="rml">skuola</span>' in text and 'data-voice="native"' in text
    assert "Romu valodā vēl nav visa." in text


def test_a_sheet_all_in_romani_no_longer_asks_for_translators(client, index):
    word = make_entry("rl0219", "skuola", "skola")
    text = html(client, sheet(index, ("Skola", "skuola", None), helpful=[("word", word)]))
    assert "vēl nav" not in text and "Tulkotājiem" not in text


def test_what_the_municipality_fills_in_is_a_line_until_it_is_filled(client, index):
    facts = [("fact", {"label": "Tālrunis", "value": ""}), ("fact", {"label": "Adrese", "value": "Skolas iela 1"})]
    text = html(client, sheet(index, ("Zvaniet.", "", None), facts=facts, notice="Jautājiet pašvaldībā."))
    assert '<dt>Tālrunis</dt><dd class="blank">' in text
    assert "<dt>Adrese</dt><dd>Skolas iela 1</dd>" in text and "Jautājiet pašvaldībā." in text


def test_the_list_says_which_sheets_wait(client, index):
    sheet(index, ("Skola", "skuola", None))
    sheet(index, ("Skola", "", None))
    text = html(client, index)
    assert text.count("Bērns sāk skolu") == 2
    assert text.count("Romu teksts vēl gaida") == 1


def test_an_empty_list_says_so(client, index):
    assert "Lapu vēl nav." in html(client, index)


def test_a_sheet_needs_as_many_queries_long_or_short(client, index):
    words = [make_entry(f"w{n}", f"skuola{n}", "skola") for n in range(12)]
    short = sheet(index, ("Viens", "", None), helpful=[("word", words[0])])
    sounds = [make_recording(f"skuola{n}") for n in range(8)]
    long = sheet(index, *[(f"Teikums {n}", "skuola", one) for n, one in enumerate(sounds)], ("x", "", None),
                 helpful=[("word", word) for word in words])  # fmt: skip
    one_sound = sheet(index, ("Viens", "skuola", sounds[0]), ("x", "", None), helpful=[("word", words[0])])
    html(client, short)
    with CaptureQueriesContext(connection) as few:
        html(client, one_sound)
    with CaptureQueriesContext(connection) as many:
        html(client, long)
    assert len(many) == len(few)


def test_the_list_needs_as_many_queries_long_or_short(client, index):
    sheet(index, ("Skola", "", None))
    html(client, index)
    with CaptureQueriesContext(connection) as few:
        html(client, index)
    for _number in range(9):
        sheet(index, ("Skola", "", None))
    with CaptureQueriesContext(connection) as many:
        html(client, index)
    assert len(many) <= len(few) + 1  # one more generation of the path cache at most


def test_it_speaks_english_too(client, index):
    page = sheet(index, ("School", "", None))
    with translation.override("en"):
        text = client.get(page.url).content.decode()
    assert "Bērns sāk skolu" in text

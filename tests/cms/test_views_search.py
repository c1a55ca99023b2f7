"""Search: finds in any spelling, survives any input, asks the rooms above."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms import search
from cms.models import ContentPage
from cms.search import Hit, clean_query, register_provider, search_site, terms

pytestmark = pytest.mark.django_db

NASTY = [
    '"',
    '"unbalanced',
    "'",
    "' OR 1=1 --",
    "a\x00b",
    "\x00",
    "   ",
    "*",
    "a*",
    "AND",
    "a AND OR NOT b",
    "NEAR(a b)",
    "(((",
    "a:b",
    "^a",
    "-",
    "___",
    "a & b | !c",
    "%",
    "\\",
    "\u0301",
    "\u202e",
    "😀",
    "{}[]<>",
    "x" * 5000,
    "a b " * 500,
    "<script>alert(1)</script>",
]


@pytest.fixture
def only_pages(monkeypatch):
    monkeypatch.setattr(search, "_providers", [])


@pytest.mark.parametrize("typed", ["avotiem", "AVOTIEM", "avot", "vārdam", "vardam", "chon", "čhon", "kursu avots"])
def test_a_page_is_found_in_any_spelling_and_by_the_beginning_of_a_word(client, about, only_pages, typed):
    html = client.get("/meklet/", {"q": typed}).content.decode()
    assert f'<a href="{about.url}">{about.title}</a>' in html


def test_every_word_must_be_there(about, only_pages):
    assert search_site("avotiem ziloņi", "lv") == []


@pytest.mark.parametrize("typed", NASTY)
@pytest.mark.parametrize("address", ["/meklet/", "/en/search/"])
def test_nasty_input_is_answered(client, about, address, typed):
    assert client.get(address, {"q": typed}).status_code == 200


@pytest.mark.parametrize("typed", NASTY)
def test_search_itself_needs_no_cleaned_input(about, typed):
    assert isinstance(search_site(typed, "lv"), list)


def test_markup_in_the_query_is_shown_as_text(client, home):
    html = client.get("/meklet/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_cleaning_keeps_words_and_bounds_length():
    assert clean_query('  "šukar"\x00 dīs\n') == "šukar dīs"
    assert len(clean_query("a" * 5000)) == search.QUERY_LENGTH
    assert terms(" ".join("abcdefghijkl")) == "a b c d e f g h"
    assert terms("na-jis_ta!") == "na jis ta"


def test_drafts_private_pages_and_the_other_language_are_not_found(about, english_about, home, only_pages):
    home.add_child(instance=ContentPage(title="Slepens melnraksts", live=False))
    private = home.add_child(instance=ContentPage(title="Slepens iekšējs"))
    private.view_restrictions.create(restriction_type="login")
    assert search_site("slepens", "lv") == []
    assert [hit.title for hit in search_site("avotiem", "lv")] == [about.title]
    assert search_site("avotiem", "en") == []
    assert [hit.title for hit in search_site("sources", "en")] == [english_about.title]
    assert search_site("sources", "xx") == []


def test_unpublishing_takes_a_page_out_of_search(about, only_pages):
    assert search_site("avotiem", "lv")
    about.unpublish()
    assert search_site("avotiem", "lv") == []


def test_empty_search_asks_and_failed_search_advises(client, home, only_pages):
    assert client.get("/meklet/").status_code == 200
    assert "“qqqq”" in client.get("/en/search/", {"q": "qqqq"}).content.decode()


def test_rooms_above_are_asked_first_and_romani_titles_are_marked(client, about, only_pages):
    asked = []

    def provider(query, language):
        asked.append((query, language))
        return [Hit(title="čhon", url="/vardnica/rl0001/", text="mēness", kind="vārds", language="rml")]

    register_provider(provider)
    register_provider(provider)
    html = client.get("/meklet/", {"q": ' "čhon" '}).content.decode()
    assert asked == [("čhon", "lv")]
    assert '<a href="/vardnica/rl0001/"><span class="rom" lang="rml">čhon</span></a>' in html
    assert html.index("/vardnica/rl0001/") < html.index(f'href="{about.url}">{about.title}')


def test_results_are_bounded_and_say_so(client, home, only_pages):
    register_provider(lambda query, language: [Hit(title=f"t{n}", url="/x/") for n in range(500)])
    register_provider(lambda query, language: [Hit(title=f"u{n}", url="/y/") for n in range(500)])
    for number in range(5):
        home.add_child(instance=ContentPage(title=f"daudz {number}"))
    html = client.get("/en/search/", {"q": "daudz"}).content.decode()
    assert html.count('<li class="row nowrap">') == 40


def test_search_takes_as_many_queries_for_many_hits_as_for_few(client, home, only_pages):
    home.add_child(instance=ContentPage(title="daudz"))

    def queries():
        client.get("/meklet/", {"q": "daudz"})
        with CaptureQueriesContext(connection) as counted:
            client.get("/meklet/", {"q": "daudz"})
        return len(counted)

    few = queries()
    for number in range(30):
        home.add_child(instance=ContentPage(title=f"daudz {number}"))
    assert queries() == few


def test_search_takes_no_other_method(client, home):
    assert client.post("/meklet/").status_code == 405

"""Browsing the dictionary by letter, in three orders; proposals where a search finds little; related words."""

import importlib

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dictionary.find import PER_PAGE
from dictionary.models import Entry, Gloss, Headword, Variant, index_entries
from tests.making import make_entry

pytestmark = pytest.mark.django_db


def html(client, page, /, **query):
    response = client.get(page.url, query)
    assert response.status_code == 200
    return response.content.decode()


def order_in(shown, *codes):
    """Say whether the entries stand in this order."""
    places = [shown.index(f"{code}/") for code in codes]
    return places == sorted(places)


@pytest.fixture
def words(db):
    """A house, a time, cats and kins: k before kh, and a word with two meanings."""
    return [
        make_entry("rl0073", "khēr", "māja", english="house"),
        make_entry("rl0021", "kak", "tēvocis, onkulis", english="uncle"),
        make_entry("rl0393", "molos", "laiks, reize", english="time, occasion"),
        make_entry("rl0229", "ābeca", "ābece", english="an ABC book"),
        make_entry("rl0040", "amal", "draugs", english="friend", variants=[{"form": "māl"}]),
    ]


# --- by letter ------------------------------------------------------------------------------


def test_before_a_choice_the_letters_that_have_words_are_offered_in_order(client, dictionary, words):
    shown = html(client, dictionary)
    assert order_in(shown.replace('letter=a"', "letter=a/").replace('letter=k"', "letter=k/"), "letter=a", "letter=k")
    assert shown.index('letter=k"') < shown.index('letter=kh"') < shown.index('letter=m"')
    assert 'letter=b"' not in shown and "rl0073" not in shown


def test_a_letter_shows_its_words_only_and_is_marked(client, dictionary, words):
    shown = html(client, dictionary, letter="k")
    assert "rl0021" in shown and "rl0073" not in shown
    assert 'letter=k" lang="rml" aria-current="true"' in shown
    assert "<title>k – Vārdnīca" in shown


def test_long_vowels_stand_with_the_short_ones(client, dictionary, words):
    shown = html(client, dictionary, letter="ā")
    assert order_in(shown, "rl0229", "rl0040")
    assert 'aria-current="true">a</a>' in shown


def test_a_variant_is_no_row_of_its_own(client, dictionary, words):
    assert "rl0040" not in html(client, dictionary, letter="m")


def test_each_meaning_has_its_place_in_the_latvian_order(client, dictionary, words):
    shown = html(client, dictionary, by="latvian", letter="t")
    assert '<b class="headword" lang="lv">tēvocis</b>' in shown and "rl0021" in shown
    assert "onkulis</b>" not in shown
    assert "rl0021" in html(client, dictionary, by="latvian", letter="o")
    assert 'href="?by=latvian&amp;letter=m"' in shown


def test_the_english_order_leaves_out_articles(client, english_dictionary, words):
    shown = html(client, english_dictionary, by="english", letter="a")
    assert '<b class="headword" lang="en">ABC book</b>' in shown


def test_the_orders_that_a_page_offers_are_those_of_its_language(client, dictionary, english_dictionary, words):
    latvian, english = html(client, dictionary), html(client, english_dictionary)
    assert "?by=latvian" in latvian and "?by=english" not in latvian
    assert "?by=latvian" in english and "?by=english" in english
    assert "?by=english" in html(client, dictionary, by="english")


@pytest.mark.parametrize(
    "query",
    [
        {"letter": "b"},
        {"letter": "%"},
        {"letter": "a" * 4000},
        {"by": "x"},
        {"by": "latvian", "letter": "ž", "page": "z"},
    ],
)
def test_odd_letters_and_orders_get_a_page(client, dictionary, words, query):
    html(client, dictionary, **query)


def test_a_letter_without_words_says_so(client, dictionary, words):
    assert "Ar šo burtu nesākas neviens vārds." in html(client, dictionary, letter="b")


def test_lists_are_not_for_search_engines_and_the_dictionary_itself_is(client, dictionary, words):
    noindex = '<meta name="robots" content="noindex, follow">'
    assert noindex not in html(client, dictionary)
    assert noindex in html(client, dictionary, letter="k")
    assert noindex in html(client, dictionary, by="latvian")


def test_pages_of_a_letter_keep_order_and_letter(client, dictionary, words):
    fill(words[0], PER_PAGE)
    shown = html(client, dictionary, by="latvian", letter="m")
    assert shown.count('class="word"') == PER_PAGE
    assert 'rel="next" href="?by=latvian&amp;letter=m&amp;page=2"' in shown
    assert html(client, dictionary, by="latvian", letter="m", page="2").count('class="word"') == 1


def fill(entry, count):
    """Add entries of the same letter and meaning."""
    made = Entry.objects.bulk_create(
        [
            Entry(code=f"x{number:05d}", text=f"{entry.text}{number}", variety=entry.variety, theme=entry.theme,
                  recording=entry.recording)
            for number in range(count)
        ]
    )  # fmt: skip
    Gloss.objects.bulk_create([Gloss(entry=one, language="lv", text="māja") for one in made])
    index_entries(Entry.objects.filter(pk__in=[one.pk for one in made]).prefetch_related("glosses", "variants"))


@pytest.mark.parametrize("query", [{"letter": "kh"}, {"by": "latvian", "letter": "m"}, {"q": "khērr"}])
def test_queries_do_not_grow_with_the_dictionary(client, dictionary, words, query):
    def count():
        with CaptureQueriesContext(connection) as queries:
            html(client, dictionary, **query)
        return len(queries)

    count()
    few = count()
    fill(words[0], 5 * PER_PAGE)
    assert count() == few


# --- headwords ------------------------------------------------------------------------------


def headwords(entry):
    return set(Headword.objects.filter(entry=entry).values_list("language", "text", "is_listed"))


def test_headwords_follow_the_entry(words):
    uncle = words[1]
    assert headwords(uncle) == {
        ("rml", "kak", True), ("lv", "tēvocis", True), ("lv", "onkulis", True), ("en", "uncle", True),
    }  # fmt: skip
    uncle.glosses = [Gloss(language="lv", text="tēvocis")]
    uncle.variants = [Variant(form="kaka")]
    uncle.save()
    assert headwords(uncle) == {("rml", "kak", True), ("rml", "kaka", False), ("lv", "tēvocis", True)}
    uncle.delete()
    assert not Headword.objects.filter(text="kak").exists()


def test_nothing_is_written_where_nothing_changed(words):
    entries = list(Entry.objects.prefetch_related("glosses", "variants"))
    with CaptureQueriesContext(connection) as queries:
        index_entries(entries)
    assert len(queries) == 1


def test_the_migration_gives_the_entries_that_are_there_the_same_headwords(words):
    wanted = set(Headword.objects.values_list("entry", "language", "text", "is_listed", "letter", "order", "sound"))
    Headword.objects.all().delete()
    importlib.import_module("dictionary.migrations.0010_headwords").index(apps, None)
    kept = set(Headword.objects.values_list("entry", "language", "text", "is_listed", "letter", "order", "sound"))
    assert kept == wanted


# --- did you mean ---------------------------------------------------------------------------


def test_a_word_as_it_was_heard_leads_to_the_word(client, dictionary, words):
    shown = html(client, dictionary, q="ammall")
    assert "Vai domājāt" in shown and "rl0040" in shown.split("Vai domājāt")[1]


def test_a_slip_in_latvian_names_the_latvian_word(client, dictionary, words):
    shown = html(client, dictionary, q="tēvozis").split("Vai domājāt")[1]
    assert '<b class="headword" lang="lv">tēvocis</b>' in shown


def test_what_was_found_is_not_proposed_again(client, dictionary, words):
    shown = html(client, dictionary, q="kak")
    assert "rl0021" not in shown.partition("Vai domājāt")[2]


def test_words_of_other_languages_than_the_pages_are_not_proposed(client, dictionary, words):
    assert "Vai domājāt" not in html(client, dictionary, q="friendd")


@pytest.mark.parametrize("query", ["!", "«", "112", "a", "%_"])
def test_what_has_no_sound_proposes_nothing(client, dictionary, words, query):
    assert "Vai domājāt" not in html(client, dictionary, q=query)


# --- related words --------------------------------------------------------------------------


def test_an_entry_shows_words_that_begin_alike_and_those_of_its_phrases(client, dictionary, day, good):
    learn = make_entry("rl0227", "sikļol", "mācīties")
    make_entry("rl0228", "sikļakirel", "mācīt")
    make_entry("rl9228", "siklyben", "mācības", variety="lithuanian")
    phrase = make_entry("ph0063", "del lačho dīs", "sasveicināties", kind="phrase")
    phrase.words.set([day, good])
    phrase.save()
    shown = client.get(f"{dictionary.url}{learn.code}/").content.decode()
    assert "rl0228" in shown and "rl9228" not in shown
    together = client.get(f"{dictionary.url}{day.code}/").content.decode().split('id="e-related"')[1]
    assert "rl0590" in together and "rl0228" not in together


def test_a_word_without_any_says_nothing_of_related_words(client, dictionary, day):
    assert "e-related" not in client.get(f"{dictionary.url}{day.code}/").content.decode()

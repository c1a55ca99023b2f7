"""The dictionary page: search, themes, lists."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.test.utils import page_tests

from cms.models import HomePage
from dictionary.find import FEW, PER_PAGE
from dictionary.models import DictionaryPage, Entry
from tests.making import make_entry, make_theme

pytestmark = pytest.mark.django_db


def html(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def test_the_dictionary_stands_under_home_with_no_pages_below():
    case = page_tests.WagtailPageTestCase()
    case.assertAllowedParentPageTypes(DictionaryPage, {HomePage})
    case.assertAllowedSubpageTypes(DictionaryPage, set())


def test_before_a_search_it_shows_the_field_and_the_themes(client, dictionary, day):
    shown = html(client.get(dictionary.url))
    assert 'name="q"' in shown
    assert 'href="?theme=core"' in shown
    assert "rl0375" not in shown


@pytest.mark.parametrize("query", ["dīs", "dis", "DIENA", "dien", "dives", "dīsestir", "day", "rl0375"])
def test_a_word_is_found_by_any_spelling_form_or_meaning(client, dictionary, day, good, query):
    shown = html(client.get(dictionary.url, {"q": query}))
    assert f'href="{dictionary.url}rl0375/"' in shown
    assert "rl0590" not in shown


def test_a_row_lets_hear_the_word_and_tells_its_review_state(client, dictionary, day):
    shown = html(client.get(dictionary.url, {"q": "diena"}))
    assert 'class="hear small"' in shown
    assert 'data-voice="synthetic"' in shown
    assert '<span class="rom" lang="rml">dīs</span>' in shown
    assert 'data-card="words/rl0375"' in shown
    assert "#i-unreviewed" in shown


def test_a_neighbours_word_says_whose_it_is_and_has_no_ring_without_a_recording(client, dictionary, neighbour):
    shown = html(client.get(dictionary.url, {"q": "katru"}))
    row = shown.split('<li class="word')[1].split("</li>")[0]
    assert f'<span class="tag open">{neighbour.variety.name_lv}</span>' in row
    assert 'data-card="phrases/ph0301"' in row
    assert "hear" not in row.split('class="')[0] and 'class="hear' not in row


def test_nothing_found_is_said_and_the_query_stays_in_the_field(client, english_dictionary, day):
    shown = html(client.get(english_dictionary.url, {"q": "zvaigzne <b>"}))
    assert "“zvaigzne &lt;b&gt;” is not in the dictionary." in shown
    assert 'value="zvaigzne &lt;b&gt;"' in shown


def test_a_form_of_one_entry_leads_to_that_entry(client, dictionary, day):
    response = client.get(dictionary.url, {"form": "dīsestir"})
    assert (response.status_code, response.url) == (302, f"{dictionary.url}rl0375/")


def test_a_form_that_several_entries_have_shows_them_all(client, dictionary, day):
    make_entry("rl9001", "dīs", "cits")
    shown = html(client.get(dictionary.url, {"form": "dīs"}))
    assert "rl0375" in shown and "rl9001" in shown


def test_words_in_a_text_that_are_no_entry_together_are_shown_one_by_one(client, dictionary, day, good):
    shown = html(client.get(dictionary.url, {"form": "lačho dīs!"}))
    assert "rl0375" in shown and "rl0590" in shown


def test_a_theme_lists_its_words_and_is_marked(client, dictionary, day, good):
    day.theme = make_theme("Time, seasons, weather")
    day.save()
    shown = html(client.get(dictionary.url, {"theme": "Time, seasons, weather"}))
    assert "rl0375" in shown and "rl0590" not in shown
    assert '<a href="?theme=Time%2C%20seasons%2C%20weather" aria-current="true">' in shown


@pytest.mark.parametrize(
    "query",
    [
        {"page": "9999"},
        {"page": "-1"},
        {"page": "x"},
        {"q": "%_\\"},
        {"q": "'"},
        {"q": "a" * 5000},
        {"theme": "nav"},
        {"form": "«»"},
    ],
)
def test_odd_questions_get_a_page(client, dictionary, day, query):
    html(client.get(dictionary.url, {"q": "diena"} | query))


def test_lists_are_cut_into_pages_that_keep_the_question(client, dictionary, day):
    many(day, PER_PAGE + 3)
    shown = html(client.get(dictionary.url, {"q": "diena"}))
    assert shown.count('class="word"') == PER_PAGE
    assert 'rel="next" href="?q=diena&amp;page=2"' in shown
    second = html(client.get(dictionary.url, {"q": "diena", "page": 2}))
    assert second.count('class="word"') == 4
    assert 'rel="prev" href="?q=diena&amp;page=1"' in second


def many(entry, count, first=0):
    """Add rows of the same meaning; what they say does not matter here."""
    rows = [
        Entry(
            code=f"x{number:05d}",
            text=f"{entry.text}{number}",
            variety=entry.variety,
            theme=entry.theme,
            recording=entry.recording,
            folded=entry.folded,
            folded_text=f"{entry.folded_text}{number}",
        )
        for number in range(first, first + count)
    ]
    Entry.objects.bulk_create(rows)


@pytest.mark.parametrize("query", [{}, {"q": "diena"}, {"theme": "core"}, {"form": "dīs diena"}])
def test_the_number_of_queries_does_not_grow_with_the_dictionary(client, dictionary, day, query):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            html(client.get(dictionary.url, query))
        return len(queries)

    many(day, FEW)
    count()
    few = count()
    many(day, 50 * PER_PAGE, FEW)
    assert count() == few

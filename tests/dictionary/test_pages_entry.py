"""The page of one entry: what is known, from where, and what is not known."""

import re

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cms.models import HomePage
from dictionary.models import Entry, Form, Gloss, ProtectedPair, Variant, set_taught
from dictionary.reviewing import take_back
from media.models import Variety
from tests.dictionary.signing import reviewer, sign
from tests.making import make_course, make_entry, make_theme

pytestmark = pytest.mark.django_db


def html(client, page, code):
    response = client.get(f"{page.url}{code}/")
    assert response.status_code == 200
    return response.content.decode()


def section(shown, heading):
    """Return the part of the page under the heading with that id."""
    return re.search(rf'aria-labelledby="{heading}">(.*?)</section>', shown, re.S)[1]


def test_an_entry_shows_word_meaning_variety_source_and_state(client, english_dictionary, day):
    shown = html(client, english_dictionary, "rl0375")
    assert '<h1 id="e" lang="rml" class="rom">dīs</h1>' in shown
    assert '<p class="cando">day</p>' in shown
    assert "noun, masculine" in shown
    assert f'<span class="tag">{day.variety.name_en}</span>' in shown
    assert 'ROMLEX, Latvian Romani, headword <span lang="rml">dīs</span>, no. 7' in shown
    assert "Not reviewed by a native speaker yet" in shown
    assert "Synthetic voice" in shown


def test_forms_seen_in_a_source_stand_in_the_table_with_the_place(client, english_dictionary, day):
    table = section(html(client, english_dictionary, "rl0375"), "e-forms")
    assert '<th scope="row" lang="rml">dīsestir</th>' in table
    assert "ablative, singular" in table
    assert '<span lang="rml">diis diisestir</span>' in table


def test_forms_by_rule_are_folded_away_under_their_label_and_never_among_the_seen_ones(client, english_dictionary, day):
    shown = html(client, english_dictionary, "rl0375")
    assert "dīsa<" not in section(shown, "e-forms")
    expected = section(shown, "e-expected")
    assert "<details" in expected and "<details open" not in expected
    assert "Only by rule, not seen in any source" in expected
    assert "dīsa<" in expected


def test_a_neighbours_variant_is_labelled_and_kept_apart(client, dictionary, day):
    day.variants = [*day.variants.all(), Variant(form="dyves", variety=Variety.objects.get(code="lithuanian"))]
    day.save()
    shown = section(html(client, dictionary, "rl0375"), "e-variants")
    own, neighbours = shown.split('<span class="tag open">')
    assert "dives" in own and "dyves" not in own
    assert "Lietuv" in neighbours and "dyves" in neighbours


def test_a_neighbours_entry_says_that_it_is_not_taught(client, english_dictionary, neighbour):
    shown = html(client, english_dictionary, "ph0301")
    assert f'<span class="tag open">{neighbour.variety.name_en}</span>' in shown
    assert "the course does not teach it" in shown
    assert "No recording yet" in shown


def test_a_phrase_leads_to_its_words_and_a_word_to_its_phrases(client, dictionary, day, good):
    phrase = make_entry("ph0063", "del lačho dīs", "sasveicināties", kind="phrase")
    phrase.words.set([day, good])
    phrase.save()
    words = section(html(client, dictionary, "ph0063"), "e-words")
    assert "rl0375" in words and "rl0590" in words
    assert "ph0063" in section(html(client, dictionary, "rl0375"), "e-phrases")


def test_words_not_to_be_confused_are_named_with_their_meaning(client, dictionary, day):
    make_entry("rl0060", "duj", "divi")
    ProtectedPair.objects.create(form_a="dīs", form_b="duj", why="divi un diena")
    shown = html(client, dictionary, "rl0375")
    assert f'<a href="{dictionary.url}rl0060/" lang="rml" data-card="words/rl0060">duj</a> – divi' in shown


def test_it_links_to_the_lessons_that_teach_it_in_the_language_of_the_page(client, english_dictionary, dictionary, day):
    english = HomePage.objects.get(locale__language_code="en")
    course = make_course(HomePage.objects.get(locale__language_code="lv"), title="Pamatkurss")
    lesson = course.get_descendants().last()
    set_taught(lesson.translation_key, [day.pk])
    assert f'href="{lesson.url}"' in html(client, dictionary, "rl0375")
    assert f'href="{lesson.url}"' not in html(client, english_dictionary, "rl0375")
    make_course(english, title="Course", locale=english.locale)
    translated = english.get_descendants().last()
    translated.translation_key, translated.title = lesson.translation_key, "Hello"
    translated.save()
    assert translated.url in html(client, english_dictionary, "rl0375")


def test_an_unknown_entry_is_not_found(client, dictionary):
    assert client.get(f"{dictionary.url}rl9999/").status_code == 404


def test_a_reviewed_entry_says_when(client, english_dictionary, day):
    day.review_state, day.reviewed_on = Entry.REVIEWED, "2026-11-20"
    day.save()
    shown = html(client, english_dictionary, "rl0375")
    assert "Reviewed by a native speaker, Nov. 20, 2026" in shown
    assert "Not reviewed by a native speaker yet" not in shown.split("<template")[0]


def test_a_signed_entry_says_by_whom_at_most_five_and_how_many_more(client, english_dictionary, day):
    for number, name in enumerate(["Anna", "", "Elza"]):
        sign(day, reviewer(f"R{number}", signs_as=name))
    shown = html(client, english_dictionary, "rl0375").split("<template")[0]
    assert (
        shown.index("Reviewed by Elza, ")
        < shown.index("Reviewed by a native speaker, ")
        < shown.index("Reviewed by Anna")
    )
    assert "more reviewer" not in shown
    for number in range(4):
        sign(day, reviewer(f"S{number}", signs_as=f"Zane {number}"))
    shown = html(client, english_dictionary, "rl0375").split("<template")[0]
    assert "and 2 more reviewers" in shown and "Reviewed by Anna" not in shown


def test_who_took_it_back_is_named_no_more(client, english_dictionary, day):
    zane = reviewer("Zane", signs_as="Zane")
    take_back(sign_off=sign(day, zane), by=zane)
    shown = html(client, english_dictionary, "rl0375").split("<template")[0]
    assert "Zane" not in shown and "Not reviewed by a native speaker yet" in shown


def test_the_preview_shows_what_is_not_saved_yet(day, dictionary):
    day.glosses = [Gloss(language="lv", text="dienasgaisma")]
    shown = day.make_preview_request(RequestFactory().get("/")).rendered_content
    assert "dienasgaisma" in shown
    fresh = Entry(text="najis-ta", variety=day.variety, theme=make_theme(), code="")
    fresh.glosses = [Gloss(language="lv", text="paldies")]
    fresh.forms = [Form(form="najis", attested="rule")]
    assert "najis-ta" in fresh.make_preview_request(RequestFactory().get("/")).rendered_content


def test_the_number_of_queries_does_not_grow_with_what_hangs_on_the_entry(client, dictionary, day, good):
    phrase = make_entry("ph0063", "del lačho dīs", "sasveicināties", kind="phrase")
    phrase.words.set([day, good])
    phrase.save()
    set_taught(dictionary.translation_key, [day.pk])

    def count():
        with CaptureQueriesContext(connection) as queries:
            html(client, dictionary, "rl0375")
        return len(queries)

    count()
    few = count()
    for number in range(30):
        more = make_entry(f"ph1{number:03d}", f"del lačho dīs {number}", "x", kind="phrase")
        more.words.set([day, good])
        more.save()
    with translation.override("lv"):
        day.forms = [Form(form=f"dīs{number}", attested="rule") for number in range(50)]
        day.save()
    assert count() == few

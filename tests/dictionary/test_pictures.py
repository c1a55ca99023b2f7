"""A word's own picture where the word is shown: small in rows, at no cost that grows, and said nowhere twice."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dictionary.models import Entry
from tests.lessons.scenes import drawing
from tests.making import make_course, make_entry, make_lesson, words

pytestmark = pytest.mark.django_db
THUMB = re.compile(r'<img class="thumb" src="([^"]+)" width="40" height="40" alt="" loading="lazy">')


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def pictured(number):
    """Entries of which each has a picture of its own."""
    return [
        make_entry(f"rl{number:04}", f"khēr{number}", f"māja {number}", english=f"house {number}", image=drawing())
        for number in range(100, 100 + number)
    ]


def body(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def cost(client, address):
    body(client, address)  # the very first view makes the small pictures
    cache.clear()  # Wagtail keeps renditions there, which would hide a query for each
    with CaptureQueriesContext(connection) as seen:
        body(client, address)
    return len(seen)


def test_a_row_shows_the_picture_small_and_silent_and_others_have_no_hole(client, home):
    bare = make_entry("rl0375", "dīs", "diena")
    module = make_course(home, lessons=0).get_children().first()
    lesson = make_lesson(module, [words(*pictured(2), bare)])
    shown = body(client, lesson.url)
    assert len(set(THUMB.findall(shown))) == 2 and shown.count('<li class="word') == 3
    assert all("fill-80x80" in address for address in THUMB.findall(shown))


def test_twenty_pictures_cost_no_more_queries_than_two(client, home, dictionary):
    module = make_course(home, lessons=0).get_children().first()
    entries = pictured(20)
    few, many = make_lesson(module, [words(*entries[:2])]), make_lesson(module, [words(*entries)])
    assert cost(client, few.url) == cost(client, many.url)
    api = "/api/v1/words/?limit={}"
    assert cost(client, api.format(2)) == cost(client, api.format(20))


@pytest.mark.parametrize(("language", "alt"), [("lv", "Māja pie ceļa."), ("en", "house")])
def test_the_page_of_a_word_says_what_its_picture_shows(client, dictionary, english_dictionary, language, alt):
    entry = make_entry("rl0073", "khēr", "māja", english="house", image=drawing(description="Māja pie ceļa."))
    page = {"lv": dictionary, "en": english_dictionary}[language]
    shown = re.search(r'<figure class="picture own">(.*?)</figure>', body(client, f"{page.url}{entry.code}/"), re.S)[1]
    assert f'alt="{alt}"' in shown


def test_the_api_gives_a_small_picture_or_none(client):
    entry = make_entry("rl0073", "khēr", "māja", image=drawing(description="Māja pie ceļa."))
    picture = client.get("/api/v1/words/rl0073/").json()["picture"]
    assert (picture["width"], picture["height"], picture["description"]) == (80, 80, "Māja pie ceļa.")
    assert client.get(picture["url"]).status_code == 200
    Entry.objects.filter(pk=entry.pk).update(image=None)
    assert client.get("/api/v1/words/rl0073/").json()["picture"] is None


def test_a_picture_whose_file_is_lost_is_left_out(client, dictionary):
    entry = make_entry("rl0073", "khēr", "māja", image=drawing())
    entry.image.file.storage.delete(entry.image.file.name)
    assert client.get("/api/v1/words/rl0073/").json()["picture"] is None
    assert not THUMB.search(body(client, f"{dictionary.url}?q=khēr"))


def test_a_phrase_with_a_picture_shows_it_beside_its_words(client, dictionary):
    word = make_entry("rl0073", "khēr", "māja", image=drawing())
    phrase = make_entry("ph0001", "khēr tato", "silta māja", kind=Entry.PHRASE)
    phrase.words.set([word])
    phrase.save()
    assert len(THUMB.findall(body(client, f"{dictionary.url}ph0001/"))) == 1

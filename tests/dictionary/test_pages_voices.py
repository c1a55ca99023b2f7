"""Several voices of a word: side by side on its page, as a choice for the device in every row."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from media.models import Recording, RecordingSettings
from media.reviewing import publish_by_setting
from tests.making import make_take, make_theme

pytestmark = pytest.mark.django_db


def page_of(client, page, code="rl0375"):
    return client.get(f"{page.url}{code}/").content.decode()


def voices(shown):
    """Return each row of the voices side by side: (what it says, how many sounds it has)."""
    part = re.search(r'aria-labelledby="e-voices">(.*?)</section>', shown, re.S)[1]
    rows = re.findall(r'<li class="row spread[^>]*><span>(.*?)</span>(.*?)</li>', part, re.S)
    return [(said, rest.count('<a class="hear')) for said, rest in rows]


def mp3(recording):
    return next(one["url"] for one in recording.sources if one["type"] == "audio/mpeg")


def first_ring(shown):
    return re.search(r'<a class="hear large"[^>]*>', shown)[0]


def test_all_voices_stand_side_by_side_with_name_variety_and_kind(client, english_dictionary, day):
    make_take(day, "Zane")
    make_take(day, "Ieva", variety="lithuanian")
    make_take(day, "")
    assert voices(page_of(client, english_dictionary)) == [
        ("Zane, Latvian Romani", 1),
        ("A speaker, Latvian Romani", 1),
        ("Ieva, Lithuanian Romani", 1),
        ("Synthetic voice, Latvian Romani", 1),
    ]


def test_a_slow_take_stands_with_the_normal_one_of_the_same_speaker(client, english_dictionary, day):
    make_take(day, "Zane")
    make_take(day, "Ieva")
    make_take(day, "Ieva", pace="slow")
    make_take(day, "Anna", pace="slow")
    rows = voices(page_of(client, english_dictionary))
    assert ("Zane, Latvian Romani", 1) in rows and ("Ieva, Latvian Romani", 2) in rows
    assert ("Anna, Latvian Romani, slowly", 1) in rows


def test_a_take_nobody_has_checked_says_so_wherever_it_is_heard(client, english_dictionary, day):
    make_take(day, "Zane", review="open")
    assert "Zane" not in page_of(client, english_dictionary)
    settings = RecordingSettings.load()
    settings.unchecked_are_public = True
    settings.save()
    publish_by_setting()
    shown = page_of(client, english_dictionary)
    assert ("Zane, Latvian Romani, not checked yet", 1) in voices(shown)
    assert 'data-voice="unchecked"' in first_ring(shown) and "(not checked yet)" in shown
    listing = client.get(f"{english_dictionary.url}?q=dis").content.decode()
    assert "Recording not checked yet" in listing


def test_a_rejected_take_is_nowhere(client, english_dictionary, day):
    make_take(day, "Zane", review="rejected")
    assert "Zane" not in page_of(client, english_dictionary)


def test_a_voice_of_another_variety_is_labelled_where_there_is_no_own(client, english_dictionary, day):
    Recording.objects.filter(pk=day.recording_id).delete()
    make_take(day, "Ieva", variety="lithuanian")
    row = client.get(f"{english_dictionary.url}?q=dis").content.decode()
    assert '<span class="tag open">Lithuanian Romani</span>' in row


def test_one_voice_gives_the_device_nothing_to_choose(client, english_dictionary, day):
    assert "data-voices" not in page_of(client, english_dictionary)


def test_the_ring_carries_one_sound_for_each_variety_and_pace(client, english_dictionary, day):
    first = make_take(day, "Zane")
    make_take(day, "Anna", pace="slow")
    slow = make_take(day, "Zane", pace="slow")
    make_take(day, "Anna")
    other = make_take(day, "Ieva", variety="lithuanian")
    ring = first_ring(page_of(client, english_dictionary))
    assert f'href="{mp3(first)}"' in ring and 'data-variety="latvian"' in ring
    choices = re.search(r'data-voices="([^"]*)"', ring)[1].split(" ")
    assert sorted(choices) == [f"latvian,native,slow,{mp3(slow)}", f"lithuanian,native,normal,{mp3(other)}"]


def test_the_number_of_queries_does_not_grow_with_the_voices(client, english_dictionary, day, good):
    def count(address):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    addresses = [
        f"{english_dictionary.url}rl0375/",
        f"{english_dictionary.url}?theme={make_theme().key}",
        "/api/v1/words/?page_size=100",
        "/api/v1/words/rl0375/",
    ]
    make_take(day, "Zane")
    few = [count(address) for address in addresses for _ in range(2)][1::2]
    for number in range(10):
        make_take(day, f"Speaker {number}", variety="lithuanian" if number % 2 else "latvian")
        make_take(good, f"Speaker {number}", pace="slow" if number % 3 else "normal")
    assert [count(address) for address in addresses] == few


def test_the_api_lists_the_voices_of_a_word(client, day):
    make_take(day, "Zane")
    make_take(day, "Zane", pace="slow")
    word = client.get("/api/v1/words/rl0375/", headers={"Accept-Language": "en"}).json()
    assert [(one["speaker"], one["pace"], one["variety"], one["voice"]) for one in word["voices"]] == [
        ("Zane", "normal", "latvian", "native"),
        ("Zane", "slow", "latvian", "native"),
        ("", "normal", "latvian", "synthetic"),
    ]
    assert word["voices"][1]["name"] == "Zane, Latvian Romani, slowly"
    assert word["voices"][0]["recording"] == word["audio"]["recording"] and word["audio"]["is_checked"] is True


def test_the_page_of_choices_offers_what_can_be_heard(client, english_dictionary, day):
    page = client.get("/en/klausisanas/")
    shown = page.content.decode()
    assert 'value="latvian"' in shown and 'value="lithuanian"' not in shown
    assert "public" in page.headers["Cache-Control"] and "Set-Cookie" not in page.headers
    make_take(day, "Ieva", variety="lithuanian")
    assert 'value="lithuanian"' in client.get("/en/klausisanas/").content.decode()
    assert "Balss un ātrums" in client.get("/klausisanas/").content.decode()

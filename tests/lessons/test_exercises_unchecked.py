"""Exercises and takes that no second listener has heard: asked for only where learners hear them, and labelled then."""

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils import translation

from lessons.definitions import digest, entry_facts
from lessons.exercises import types
from media.models import Recording
from tests.making import make_entry, make_take

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def day(db):
    return make_entry("rl0375", "dīs", "diena", english="day", heard="")


def facts(entry):
    return entry_facts(type(entry).objects.for_display().get(pk=entry.pk))


def make_public(recording):
    Recording.objects.filter(pk=recording.pk).update(is_public=True)


def test_only_an_unchecked_voice_is_marked_so_that_pinned_definitions_stay_equal(day):
    checked = make_take(day)
    audio = facts(day)["audio"]
    assert set(audio) == {"voice", "sources", "recording"}
    before = digest({"audio": audio})
    Recording.objects.filter(pk=checked.pk).update(review="open")
    assert facts(day)["audio"]["unchecked"] is True and digest({"audio": facts(day)["audio"]}) != before
    Recording.objects.filter(pk=checked.pk).update(review="accepted")
    assert digest({"audio": facts(day)["audio"]}) == before


def shown(audio):
    template = Template("{% load exercise_tags %}{% sound audio text='dīs' %}{% sound audio %}{% audio_note audio %}")
    return template.render(Context({"audio": audio}))


def test_the_ring_and_the_words_beside_it_say_so(day):
    make_public(make_take(day, review="open"))
    day.recording = Recording.objects.get()
    day.save()
    page = shown(facts(day)["audio"])
    assert page.count('data-voice="unchecked"') == 2
    assert "(not checked yet)" in page and '<p class="voice">Recording not checked yet</p>' in page


def test_a_checked_native_voice_says_nothing(day):
    make_take(day)
    page = shown(facts(day)["audio"])
    assert "checked" not in page and "synthetic" not in page and 'data-voice="native"' in page


MODES = {
    "choice": lambda day: {"item": day.pk, "mode": "listen", "distractors": [], "options": []},
    "type": lambda day: {"item": day.pk, "mode": "dictation"},
    "speak": lambda day: {"item": day.pk},
}


def complaints(kind, day):
    """Return what the editor says of an exercise with this word, as one text."""
    block = types()[kind].block()
    value = block.to_python(MODES[kind](day))
    try:
        block.check_whole(block.clean(value)) if hasattr(block, "check_whole") else block.clean(value)
    except ValidationError as error:
        return repr(error.as_json_data()) if hasattr(error, "as_json_data") else repr(error)
    return ""


@pytest.mark.parametrize("kind", MODES)
def test_an_exercise_to_be_heard_waits_for_a_recording_that_learners_hear(day, kind):
    take = make_take(day, review="open")
    day.recording = take
    day.save()
    assert "has no recording to hear yet" in complaints(kind, day)
    Recording.objects.filter(pk=take.pk).update(is_public=True, review="accepted")
    assert "has no recording to hear yet" not in complaints(kind, day)

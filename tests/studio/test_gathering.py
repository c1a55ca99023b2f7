"""What a speaker is asked to say: what is missing, in which order, and from where it is gathered."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dictionary.models import Entry, Take
from dictionary.voices import add_take
from media.models import Recording
from studio.gathering import MOST_PROMPTS, Wanted, gather
from tests.making import (
    make_choice,
    make_course,
    make_entry,
    make_lesson,
    make_quiz,
    make_recording,
    make_test,
    make_theme,
    make_typed,
    words,
)

pytestmark = pytest.mark.django_db


def texts(wanted):
    return [entry.text for entry in gather(wanted).entries]


def voice(entry, speaker, review="accepted"):
    """Let the speaker say the entry."""
    recording = make_recording(entry.text, "native", review=review, speaker=speaker)
    add_take(entry, recording)
    return recording


def line(entry):
    return {"speaker": "Anna", "item": entry, "meaning": "", "question": ""}


@pytest.fixture
def module(home):
    return make_course(home, modules=1, lessons=0).get_children().get().specific


@pytest.fixture
def five(db):
    """Five words with a synthetic voice each."""
    pairs = [("phal", "brālis"), ("phen", "māsa"), ("daj", "māte"), ("drom", "ceļš"), ("čhaj", "meita")]
    return [make_entry(f"w{number}", text, meaning) for number, (text, meaning) in enumerate(pairs)]


def test_words_then_dialogue_lines_then_the_items_of_exercises(module, five):
    phal, phen, daj, drom, čhaj = five
    scene = {"heading": "Saruna", "scene": "", "lines": [line(drom), line(phal), line(None) | {"question": "?"}]}
    practice = {"heading": "Izmēģiniet", "exercise": make_typed(čhaj, mode="dictation")}
    quiz = make_quiz(make_choice(phen, daj))
    body = [words(phal), ("dialogue", scene), ("practice", practice)]
    lesson = make_lesson(module, body=body, quiz=quiz)
    make_lesson(module, body=[words(make_entry("w9", "ake", "še"))])
    assert texts(Wanted(lesson=lesson)) == ["phal", "drom", "čhaj", "phen", "daj"]
    assert texts(Wanted(module=module)) == ["phal", "drom", "čhaj", "phen", "daj", "ake"]


def test_a_test_of_the_module_and_a_draft_count_too(module, five):
    phal, phen, daj, *_others = five
    make_test(module, quiz=make_quiz(make_typed(phen)))
    lesson = make_lesson(module, body=[words(phal)])
    lesson.body = [words(phal, daj)]
    lesson.save_revision()
    assert texts(Wanted(lesson=lesson)) == ["phal", "daj"]
    assert set(texts(Wanted(module=module))) == {"phal", "phen", "daj"}


def test_what_a_native_speaker_said_is_not_asked_again_unless_a_second_voice_is_wanted(five, speaker):
    phal, phen, daj, *_others = five
    voice(phal, speaker)
    voice(phen, speaker, review="open")
    voice(daj, speaker, review="open")
    Recording.objects.filter(transcript="daj", kind="native").update(
        review="rejected", review_reason="noise", is_public=False
    )
    assert set(texts(Wanted())) == {"daj", "drom", "čhaj"}
    assert texts(Wanted(with_one_voice=True))[-2:] == ["phal", "phen"], "what has a voice comes last"
    assert texts(Wanted(codes=["w1", "w0", "gone"])) == ["phen", "phal"], "what was named is taken, in its order"


def test_with_two_voices_nothing_is_missing(five, speaker):
    second = type(speaker).objects.create(label="Speaker 2", variety=speaker.variety)
    for one in (speaker, second):
        voice(five[0], one)
    assert "phal" not in texts(Wanted(with_one_voice=True))


def test_synthetic_before_silent_and_taught_before_the_rest(module):
    make_entry("w0", "ake", "še", heard="")
    make_entry("w1", "daj", "māte")
    phal = make_entry("w2", "phal", "brālis")
    phen = make_entry("w3", "phen", "māsa", heard="")
    lesson = make_lesson(module, body=[words(phen, phal)])
    lesson.save_revision().publish()
    assert texts(Wanted()) == ["phal", "daj", "phen", "ake"]


def test_by_theme_and_by_search(five):
    family = make_theme("family")
    Entry.objects.filter(code__in=["w1", "w2"]).update(theme=family)
    assert texts(Wanted(theme=family)) == ["daj", "phen"]
    assert texts(Wanted(search="ceļš")) == ["drom"]
    assert texts(Wanted(search="nothing like it")) == []


def test_at_most_three_hundred_and_the_whole_number_is_told(five):
    model = Entry.objects.get(code="w0")
    Entry.objects.bulk_create(
        Entry(
            code=f"b{number:04d}",
            text=f"phal {number}",
            variety=model.variety,
            theme=model.theme,
            folded_text=f"phal {number:04d}",
        )
        for number in range(MOST_PROMPTS)
    )
    with CaptureQueriesContext(connection) as seen:
        found = gather(Wanted())
    assert (len(found.entries), found.total) == (MOST_PROMPTS, MOST_PROMPTS + 5)
    assert len(seen) < 10


def test_a_module_costs_the_same_however_many_lessons_it_has(module, five):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            gather(Wanted(module=module))
        return len(seen)

    make_lesson(module, body=[words(five[0])], quiz=make_quiz(make_typed(five[1]))).save_revision()
    small = cost()
    for entry in five:
        make_lesson(module, body=[words(entry)], quiz=make_quiz(make_typed(entry))).save_revision()
    assert cost() == small
    assert Take.objects.count() == 5

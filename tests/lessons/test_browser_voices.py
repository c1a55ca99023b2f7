"""Hearing in a real browser: the chosen variety first, dialogues line by line, the player of longer recordings."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.utils import translation
from playwright.sync_api import expect

from accounts.models import User
from cms.models import HomePage
from media.models import Recording
from tests.making import make_course, make_dictionary, make_entry, make_lesson, make_take, words
from tests.studio.takes.conftest import with_sound

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db]
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}

RECORD = """() => {
  window.heard = [];
  document.addEventListener("playing", ({ target }) => {
    const [from] = target.currentSrc.split("/").pop().split(".");
    window.heard.push({ from, rate: target.playbackRate, pitch: target.preservesPitch });
  }, true);
}"""


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def home():
    return HomePage.objects.get(locale__language_code="en")


@pytest.fixture
def dictionary(home):
    return make_dictionary(home, title="Dictionary", slug="dictionary", locale=home.locale)


@pytest.fixture
def day(dictionary):
    return make_entry("rl0375", "dīs", "diena", english="day", heard="")


@pytest.fixture
def good(dictionary):
    return make_entry("rl0590", "lačho", "labs", english="good", heard="")


@pytest.fixture
def three(day, good):
    """The day in two varieties and slowly; the other word only in the first variety."""
    found = {
        "zane": make_take(day, "Zane"),
        "slow": make_take(day, "Zane", pace="slow"),
        "ieva": make_take(day, "Ieva", variety="lithuanian"),
        "good": make_take(good, "Zane"),
    }
    return {name: with_sound(recording) for name, recording in found.items()}


@pytest.fixture
def module(home):
    return make_course(home, lessons=0, title="Course", slug="course", locale=home.locale).get_children().first()


@pytest.fixture
def lesson(home, module, day, good, three):
    day.refresh_from_db()
    good.refresh_from_db()
    return make_lesson(module, [words(day, good)], title="Hello", slug="hello", locale=home.locale)


def name_of(recording):
    return str(recording.renditions.get(format="mp3").uuid)


def heard(page, count):
    """Wait until so many sounds have begun; return them."""
    page.wait_for_function(f"window.heard.length >= {count}")
    return page.evaluate("window.heard")


def ring(page, text):
    return page.locator(".word", has_text=text).locator("a.hear")


def silent(page):
    page.wait_for_function("!document.querySelector('.hear[aria-pressed=true]')")


def choose(page, *labels):
    page.locator("a[data-listening]").click()
    sheet = page.get_by_role("dialog", name="Voice and speed")
    for label in labels:
        sheet.get_by_label(label).check()
    expect(sheet.get_by_role("status")).to_have_text("Saved.")
    sheet.get_by_role("button", name="Close").click()
    expect(sheet).to_have_count(0)


# --- the chosen variety ----------------------------------------------------------------------


def test_the_learner_hears_the_chosen_variety_first_and_another_is_labelled(visit, lesson, three):
    page = visit(**PHONE).open(lesson.url)
    page.evaluate(RECORD)
    ring(page, "dīs").click()
    assert heard(page, 1)[0]["from"] == name_of(three["zane"])
    choose(page, "Lithuanian Romani")
    silent(page)
    ring(page, "dīs").click()
    assert heard(page, 2)[1]["from"] == name_of(three["ieva"])
    expect(page.locator(".word", has_text="dīs").locator("[data-other]")).to_have_count(0)
    expect(page.locator(".word", has_text="lačho")).to_contain_text("another variety")
    # It is kept on the device.
    page.reload()
    expect(page.locator(".word", has_text="lačho")).to_contain_text("another variety")
    choose(page, "The course chooses")
    expect(page.locator("[data-other]")).to_have_count(0)
    assert name_of(three["zane"]) in ring(page, "dīs").get_attribute("href")


def test_slow_plays_the_slow_take_where_there_is_one_and_else_stretches_without_changing_the_pitch(
    visit, lesson, three
):
    page = visit().open(lesson.url)
    page.evaluate(RECORD)
    page.locator("[data-slow]").click()
    expect(page.locator("[data-slow]")).to_have_attribute("aria-pressed", "true")
    ring(page, "dīs").click()
    first = heard(page, 1)[0]
    assert (first["from"], first["rate"]) == (name_of(three["slow"]), 1)
    ring(page, "lačho").click()
    second = heard(page, 2)[1]
    assert (second["from"], second["rate"], second["pitch"]) == (name_of(three["good"]), 0.7, True)
    page.reload()
    expect(page.locator("[data-slow]")).to_have_attribute("aria-pressed", "true")


def test_the_choice_of_who_is_signed_in_is_the_accounts(visit, lesson, three):
    learner = get_user_model().objects.create_user("ilze@example.lv", "correct horse battery", name="Ilze")
    window = visit(learner)
    page = window.open(lesson.url)
    choose(page, "Lithuanian Romani", "Slow 70 %")
    learner = User.objects.get(pk=learner.pk)
    assert (learner.listening_variety, learner.listening_speed) == ("lithuanian", 70)
    other = visit(learner).open(lesson.url)
    expect(other.locator(".word", has_text="lačho")).to_contain_text("another variety")
    expect(other.locator("[data-slow]")).to_have_attribute("aria-pressed", "true")
    window.failing = {"/api/v1/me/": 503}
    page.locator("a[data-listening]").click()
    sheet = page.get_by_role("dialog", name="Voice and speed")
    sheet.get_by_label("Normal").check()
    expect(sheet.get_by_role("status")).to_contain_text("It could not be saved in your account")


def test_the_choice_has_a_page_of_its_own_and_the_sheet_gives_the_keyboard_back(visit, lesson, three):
    page = visit().open("/en/klausisanas/")
    page.get_by_label("Lithuanian Romani").check()
    expect(page.locator("form [role=status]")).to_have_text("Saved.")
    page.reload()
    expect(page.get_by_label("Lithuanian Romani")).to_be_checked()
    page = visit().open(lesson.url)
    link = page.locator("a[data-listening]")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Voice and speed")).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_the_card_of_a_word_lists_its_voices(visit, lesson, three):
    page = visit().open(lesson.url)
    page.locator('[data-card="words/rl0375"]').click()
    card = page.get_by_role("dialog")
    expect(card.locator('[data-fact="voices"] li')).to_have_count(3)
    expect(card).to_contain_text("Ieva, Lithuanian Romani")
    page.evaluate(RECORD)
    card.get_by_role("button", name="dīs, Ieva").click()
    assert heard(page, 1)[0]["from"] == name_of(three["ieva"])
    page.keyboard.press("Escape")
    page.locator('[data-card="words/rl0590"]').click()
    expect(card.locator('[data-fact="voices"]')).to_have_count(0)


# --- dialogues -------------------------------------------------------------------------------


@pytest.fixture
def dialogue(home, module, day, good, three):
    day.refresh_from_db()
    good.refresh_from_db()
    lines = [
        {"speaker": "Teacher", "item": day, "meaning": "Good day!", "question": ""},
        {"speaker": "Father", "item": None, "meaning": "Who is this?", "question": "How does one ask?"},
        {"speaker": "Father", "item": good, "meaning": "", "question": ""},
    ]
    body = [("dialogue", {"heading": "Dialogue", "scene": "<p>At school.</p>", "lines": lines})]
    return make_lesson(module, body, title="Talk", slug="talk", locale=home.locale)


def current(page):
    return page.evaluate("[...document.querySelectorAll('.lines > li')].findIndex((one) => one.ariaCurrent === 'true')")


def at_line(page, place):
    page.wait_for_function(
        "(place) => [...document.querySelectorAll('.lines > li')][place].ariaCurrent === 'true'", arg=place
    )


def test_a_dialogue_plays_line_by_line_and_shows_the_line_without_a_sound(visit, dialogue, three):
    page = visit(**PHONE).open(dialogue.url)
    page.evaluate(RECORD)
    button = page.get_by_role("button", name="Hear the whole dialogue")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    for place in (0, 1, 2):
        at_line(page, place)
    expect(button).to_have_attribute("aria-pressed", "false", timeout=8000)
    assert [one["from"] for one in page.evaluate("window.heard")] == [name_of(three["zane"]), name_of(three["good"])]
    assert current(page) == -1


def test_a_tap_on_a_line_goes_on_from_there_and_a_line_can_be_repeated(visit, dialogue, three):
    page = visit().open(dialogue.url)
    page.evaluate(RECORD)
    expect(page.get_by_role("button", name="Hear the whole dialogue")).to_be_visible()
    ring(page, "lačho").click()
    at_line(page, 2)
    page.wait_for_function("document.querySelector('[data-run]').ariaPressed === 'false'")
    page.get_by_role("button", name="Repeat the line").click()
    sounds = heard(page, 2)
    assert {one["from"] for one in sounds} <= {name_of(three["good"]), name_of(three["zane"])}
    assert sounds[0]["from"] == name_of(three["good"])


def test_the_dialogue_stops_where_it_is_and_goes_on_from_there(visit, dialogue):
    page = visit().open(dialogue.url)
    button = page.get_by_role("button", name="Hear the whole dialogue")
    button.click()
    at_line(page, 1)
    button.click()
    assert current(page) == -1
    page.wait_for_timeout(300)
    button.click()
    at_line(page, 1)


def test_without_connection_the_dialogue_stops_and_says_why(visit, dialogue):
    window = visit()
    page = window.open(dialogue.url)
    button = page.get_by_role("button", name="Hear the whole dialogue")
    expect(button).to_be_visible()
    window.is_offline = True
    button.click()
    expect(page.locator("#announcement")).to_contain_text("could not be played")
    expect(button).to_have_attribute("aria-pressed", "false")


# --- the player ------------------------------------------------------------------------------


@pytest.fixture
def longer(home, module, good, three):
    recording = with_sound(three["good"], seconds=10)
    Recording.objects.filter(pk=recording.pk).update(duration_seconds=10, peaks=[5, 50, 100, 20] * 20)
    body = [("recording", {"recording": Recording.objects.get(pk=recording.pk), "caption": "A greeting"})]
    return make_lesson(module, body, title="Listen", slug="listen", locale=home.locale)


def value(page):
    return float(page.get_by_role("slider").get_attribute("aria-valuenow"))


def test_the_player_is_moved_by_keys(visit, longer):
    page = visit().open(longer.url)
    slider = page.get_by_role("slider", name="Place in the recording")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuenow", "0.5")
    page.keyboard.press("PageUp")
    expect(slider).to_have_attribute("aria-valuenow", "2.5")
    page.keyboard.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuenow", "2.0")
    expect(slider).to_have_attribute("aria-valuetext", "0:02 of 0:10")
    page.keyboard.press("End")
    assert value(page) > 9.5
    page.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuenow", "0.0")
    page.keyboard.press("Space")
    page.wait_for_function("!document.querySelector('sound-player audio').paused")
    assert page.evaluate("navigator.mediaSession.metadata.artist") == "Zane"
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelector('sound-player audio').paused")


def test_the_player_is_moved_by_a_finger_repeats_and_keeps_the_pitch(visit, longer):
    page = visit(**PHONE).open(longer.url)
    slider = page.get_by_role("slider")
    box = slider.bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + 10)
    page.wait_for_function("Math.abs(document.querySelector('[role=slider]').ariaValueNow - 5) < .3")
    page.get_by_role("button", name="Repeat").click()
    page.get_by_label("Speed").select_option("50")
    audio = "document.querySelector('sound-player audio')"
    assert page.evaluate(f"[{audio}.loop, {audio}.playbackRate, {audio}.preservesPitch]") == [True, 0.5, True]
    assert json.loads(page.evaluate("localStorage.getItem('listening')"))["speed"] == 50


def test_one_sound_at_a_time(visit, home, module, longer, day):
    body = [*[(block.block_type, block.value) for block in longer.body], words(day)]
    page = visit().open(make_lesson(module, body, title="Both", slug="both", locale=home.locale).url)
    page.get_by_role("button", name="Listen to").click()
    page.wait_for_function("!document.querySelector('sound-player audio').paused")
    ring(page, "dīs").click()
    page.wait_for_function("document.querySelector('sound-player audio').paused")


def test_without_script_the_browsers_own_player_stands_there(visit, longer):
    page = visit(java_script_enabled=False).open(longer.url)
    expect(page.locator("sound-player audio[controls]")).to_be_visible()
    expect(page.get_by_role("slider", name="Place in the recording")).to_have_count(0)


def test_a_sound_that_cannot_be_had_says_so(visit, longer):
    window = visit()
    page = window.open(longer.url)
    button = page.get_by_role("button", name="Listen to")
    expect(button).to_be_visible()
    window.is_offline = True
    button.click()
    expect(page.locator("#announcement")).to_contain_text("could not be played")

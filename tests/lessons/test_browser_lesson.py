"""A lesson in a real browser: the card of a word, and progress that is kept whatever happens on the way."""

import json
import re

import pytest
from django.contrib.auth import get_user_model
from django.utils import translation
from playwright.sync_api import expect

from cms.models import HomePage
from dictionary.models import ProtectedPair
from progress.models import LessonProgress
from tests.dictionary.signing import reviewer, sign
from tests.inprocess import ORIGIN
from tests.making import make_course, make_dictionary, make_entry, make_lesson, make_quiz, make_typed, words

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db]

LONG = "<p>So that the part is longer than the window.</p>" * 20


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
    return make_entry(
        "rl0375", "dīs", "diena", english="day", part_of_speech="noun", gender="m", variants=[{"form": "dives"}]
    )


@pytest.fixture
def good(dictionary):
    return make_entry("rl0590", "lačho", "labs", english="good", part_of_speech="adjective")


@pytest.fixture
def lesson(home, day, good):
    """Three parts that fill more than a window each, and a quiz."""
    module = make_course(home, lessons=0, title="Course", slug="course", locale=home.locale).get_children().first()
    side = {
        "heading": "Sound",
        "text": '<p>As in <span lang="rml">lačho</span> or <span lang="rml">lačho dīs</span>.</p>',
    }
    grammar = {"heading": "Grammar", "text": LONG, "pairs": [], "evidence": "no. 1"}
    culture = {"heading": "Culture", "text": LONG, "source": "", "is_open": False, "waits_for": ""}
    text = {"heading": "", "text": LONG}
    body = [words(day, good, side=side), ("text", text), ("grammar", grammar), ("culture", culture)]
    return make_lesson(module, body, title="Hello", slug="hello", locale=home.locale, quiz=make_quiz(make_typed(day)))


@pytest.fixture
def learner():
    return get_user_model().objects.create_user("ilze@example.lv", "correct horse battery", name="Ilze")


def card(page):
    return page.get_by_role("dialog")


# --- the card -------------------------------------------------------------------------------


def test_the_card_names_who_signed_the_word(visit, lesson, day):
    for number, name in enumerate(("Anna", "", "Zane")):
        sign(day, reviewer(f"R{number}", signs_as=name))
    page = visit().open(lesson.url)
    page.locator('[data-card="words/rl0375"]').click()
    expect(card(page)).to_contain_text(": Zane, Anna")


def test_the_mark_opens_the_card_by_keyboard_and_escape_leads_back(visit, lesson, day):
    page = visit().open(lesson.url)
    mark = page.locator('[data-card="words/rl0375"]')
    mark.focus()
    page.keyboard.press("Enter")
    expect(card(page)).to_have_accessible_name("dīs")
    expect(page.locator("#card-word")).to_be_focused()
    for said in ("day", "noun, masculine", "Latvian Romani", "dives", "no. 7", "Not reviewed by a native speaker yet"):
        expect(card(page)).to_contain_text(said)
    expect(card(page)).to_contain_text("Synthetic voice")
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    expect(mark).to_be_focused()


def test_what_is_not_known_leaves_no_empty_row(visit, lesson, good):
    page = visit().open(lesson.url)
    page.locator('[data-card="words/rl0590"]').click()
    expect(card(page)).to_contain_text("good")
    assert page.locator("#card dt").all_inner_texts() == ["Part of speech", "Variety", "Source", "Review"]


def test_a_word_in_the_text_opens_its_card_without_leaving_the_page(visit, lesson, good):
    page = visit().open(lesson.url)
    page.locator(".side a[lang=rml]").first.click()
    expect(card(page)).to_have_accessible_name("lačho")
    assert page.url == ORIGIN + lesson.url


def test_words_that_are_no_entry_together_are_offered_one_by_one(visit, lesson, good, day):
    page = visit().open(lesson.url)
    page.locator(".side a[lang=rml]").last.click()
    expect(card(page)).to_have_accessible_name("Which word is it?")
    card(page).get_by_role("link", name="dīs").click()
    expect(card(page)).to_have_accessible_name("dīs")


def test_a_card_leads_to_the_card_of_the_word_not_to_be_confused(visit, lesson, day):
    make_entry("rl0060", "duj", "divi", english="two")
    ProtectedPair.objects.create(form_a="dīs", form_b="duj", why="other meaning")
    page = visit().open(lesson.url)
    mark = page.locator('.mark[data-card="words/rl0375"]')
    mark.click()
    card(page).get_by_role("link", name="duj").click()
    expect(card(page)).to_have_accessible_name("duj")
    page.keyboard.press("Escape")
    expect(mark).to_be_focused()


def test_on_a_phone_the_card_is_a_sheet_from_below(visit, lesson):
    page = visit(viewport={"width": 390, "height": 800}).open(lesson.url)
    page.locator(".mark").first.click()
    expect(card(page)).to_be_visible()
    box = card(page).bounding_box()
    assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 390, 800)


@pytest.mark.parametrize("failing", [{"/api/v1/words/": 503}, {"entry-card.js": 404}])
def test_where_the_card_cannot_come_the_link_is_followed(visit, lesson, dictionary, failing):
    window = visit()
    window.failing = failing
    page = window.open(lesson.url)
    page.locator('[data-card="words/rl0375"]').click()
    expect(page).to_have_url(f"{ORIGIN}{dictionary.url}rl0375/")


def test_a_form_that_no_entry_has_leads_to_the_search(visit, lesson, dictionary, good):
    page = visit().open(lesson.url)
    good.delete()
    page.locator(".side a[lang=rml]").first.click()
    expect(page).to_have_url(re.compile(rf"{dictionary.url}\?form="))
    expect(page.get_by_role("status").first).to_contain_text("is not in the dictionary")


# --- progress -------------------------------------------------------------------------------


def read_through(page, times=12):
    for _ in range(times):
        page.wait_for_timeout(700)
        page.mouse.wheel(0, 300)


def kept(learner):
    return LessonProgress.objects.filter(user=learner).first()


def test_a_visitor_sees_the_steps_done_and_nothing_is_sent(visit, lesson):
    window = visit()
    page = window.open(lesson.url)
    read_through(page, 4)
    expect(page.locator(".steps .done")).not_to_have_count(0)
    assert not [path for _, path, _ in window.requests if "/api/" in path]
    assert page.evaluate("localStorage.length") == 0
    expect(page.locator("#quiz [data-visitor]")).to_have_count(1)


def test_reading_is_kept_and_offered_again(visit, lesson, learner):
    page = visit(learner).open(lesson.url)
    read_through(page, 8)
    page.wait_for_timeout(2500)
    first, *_ = [section.id for section in lesson.sections]
    progress = kept(learner)
    assert first in progress.done
    assert progress.block != first
    # Another day, another window: nothing jumps, the way back is offered.
    page = visit(learner).open(lesson.url)
    back = page.locator("#resume a")
    expect(back).to_be_visible()
    assert back.get_attribute("href") == f"#{progress.block}"
    assert page.evaluate("scrollY") == 0
    expect(page.locator(f'.steps a[href="#{first}"]')).to_have_class("done")
    expect(page.locator("[data-visitor]")).to_have_count(0)


def test_a_jump_over_parts_does_not_make_them_done(visit, lesson, learner):
    page = visit(learner, reduced_motion="reduce").open(lesson.url)
    page.locator(".steps a", has_text="Culture").click()
    page.wait_for_timeout(4000)
    _first, second, third, last = [section.id for section in lesson.sections]
    assert kept(learner).block == last
    assert not {second, third} & set(kept(learner).done)


def test_without_connection_progress_waits_on_the_device_and_catches_up(visit, lesson, learner):
    window = visit(learner)
    page = window.open(lesson.url)
    page.wait_for_timeout(500)
    window.is_offline = True
    read_through(page, 5)
    page.wait_for_timeout(2000)
    waiting = json.loads(page.evaluate("localStorage.getItem('lesson-progress')"))
    assert list(waiting) == [str(lesson.translation_key)]
    assert "ilze" not in json.dumps(waiting)
    window.is_offline = False
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_function("localStorage.getItem('lesson-progress') === null")
    assert set(waiting[str(lesson.translation_key)]["done"]) <= set(kept(learner).done)


def test_what_somebody_else_left_on_the_device_is_not_sent_as_mine(visit, lesson, learner):
    window = visit(learner)
    page = window.open(lesson.url)
    left = {str(lesson.translation_key): {"who": 1, "block": lesson.sections[2].id, "done": [lesson.sections[1].id]}}
    page.evaluate("(left) => localStorage.setItem('lesson-progress', JSON.stringify(left))", left)
    window.requests.clear()
    page.reload()
    page.wait_for_timeout(800)
    assert not window.asked("PUT", "/me/progress/")
    assert json.loads(page.evaluate("localStorage.getItem('lesson-progress')")) == left


def test_what_the_server_refuses_is_let_go(visit, lesson, learner):
    window = visit(learner)
    page = window.open(lesson.url)
    window.failing = {"/me/progress/lessons/": 400}
    read_through(page, 3)
    page.wait_for_timeout(2500)
    assert window.asked("PUT", "/me/progress/lessons/")
    assert page.evaluate("localStorage.getItem('lesson-progress')") is None

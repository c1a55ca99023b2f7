"""Dialogue, picture and all scenes together in a real browser: by mouse, touch, keyboard, and shut to nobody."""

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from progress.models import Answer, Attempt
from tests.browser.test_accessibility import assert_clean
from tests.inprocess import ORIGIN, go_on
from tests.lessons import building, scenes
from tests.lessons.stage import PHONE, lesson, quick, ready, record, submit, tab_to

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db,
    pytest.mark.usefixtures("english"),
]


# --- dialogue ----------------------------------------------------------------------------------


@pytest.fixture
def talking():
    return lesson(scenes.dialogue())


@pytest.mark.parametrize("how", ["mouse", "touch", "keyboard"])
def test_each_choice_in_practice_shows_what_comes_of_it_before_the_next_turn(still, talking, how):
    window = still(**(PHONE if how == "touch" else {}))
    page, form = ready(window, talking)
    first, second = form.locator("[data-turn]").all()
    expect(second).to_be_hidden()
    if how == "keyboard":
        tab_to(page, first.get_by_role("radio").first)
        page.keyboard.press("Space")
        for _ in range(3):
            if not first.get_by_role("radio", name="lačho dīs").is_checked():
                page.keyboard.press("ArrowDown")
    else:
        choice = first.locator("label", has_text="lačho dīs")
        choice.tap() if how == "touch" else choice.click()
    expect(first.locator("[data-then]")).to_contain_text("She greets you back and lets you in.")
    expect(first.locator("[data-then]")).to_contain_text("First one greets, then one talks of work.")
    expect(second).to_be_visible()
    if how == "keyboard":
        tab_to(page, second.get_by_role("radio").first)
        page.keyboard.press("Space")
        if not second.get_by_role("radio", name="raj").is_checked():
            page.keyboard.press("ArrowDown")
        expect(second.locator("[data-then]")).to_contain_text("raj")
        page.keyboard.press("Enter")
    else:
        choice, done = second.locator("label", has_text="raj"), submit(form)
        choice.tap() if how == "touch" else choice.click()
        expect(second.locator("[data-then]")).to_contain_text("This would fit: najis-ta")
        done.tap() if how == "touch" else done.click()
    verdict = form.locator(".result .verdict")
    expect(verdict).to_contain_text("Partly well chosen")
    expect(verdict.locator("li")).to_have_count(2)
    expect(first.locator("[data-then]")).to_be_hidden()


def test_a_turn_without_a_choice_is_asked_for(still, talking):
    window = still()
    _page, form = ready(window, talking)
    submit(form).click()
    expect(form.get_by_role("alert")).to_contain_text("Choose what to do in each turn")
    assert not window.asked("POST", "/check/")


def test_without_a_connection_the_scene_goes_on(still, talking):
    window = still()
    _page, form = ready(window, talking)
    window.is_offline = True
    form.locator("label", has_text="lačho dīs").click()
    expect(form.locator("[data-then]").first).to_contain_text("What happens then is told at the end.")
    window.is_offline = False
    form.locator("label", has_text="najis-ta").click()
    submit(form).click()
    expect(form.locator(".result .verdict")).to_contain_text("Well chosen")
    form.get_by_role("button", name="Try again").click()
    expect(form.locator("[data-turn]").last).to_be_hidden()


def test_on_paper_every_turn_stands(still, talking):
    page, form = ready(still(), talking)
    page.emulate_media(media="print")
    for turn in form.locator("[data-turn]").all():
        assert turn.evaluate("(element) => getComputedStyle(element).display") != "none"


# --- picture -----------------------------------------------------------------------------------


@pytest.fixture
def looking():
    return lesson(scenes.picture())


def place_of(form, text):
    return form.locator(f'[data-area="{form.get_by_role("radio", name=text).get_attribute("value")}"] .spot')


@pytest.mark.parametrize("how", ["mouse", "touch"])
def test_a_tap_finds_the_place(still, looking, how):
    _page, form = ready(still(**(PHONE if how == "touch" else {})), looking)
    place, done = place_of(form, "a man at the table"), submit(form)
    form.locator("img").scroll_into_view_if_needed()
    # Near its lower edge: the mug lies on the upper part.
    box = place.bounding_box()
    at = {"x": box["width"] / 2, "y": box["height"] * 0.8}
    place.tap(position=at) if how == "touch" else place.click(position=at)
    expect(form.get_by_role("radio", name="a man at the table")).to_be_checked()
    done.tap() if how == "touch" else done.click()
    expect(form.locator(".verdict")).to_contain_text("raj – gentleman.")
    assert form.locator(".verdict").get_attribute("data-v") == "exact"


def test_the_smaller_place_lies_over_the_larger(still, looking):
    _page, form = ready(still(), looking)
    place_of(form, "a mug").click()
    submit(form).click()
    expect(form.locator(".verdict")).to_contain_text("The right place: a man at the table. You chose: a mug.")


def test_by_keyboard_the_arrows_go_from_place_to_place(still, looking):
    page, form = ready(still(), looking)
    radios = form.get_by_role("radio")
    tab_to(page, radios.first)
    expect(form.locator(".spots")).to_have_class("spots taps keys-on")
    page.keyboard.press("Space")
    for _ in range(3):
        if not form.get_by_role("radio", name="a man at the table").is_checked():
            page.keyboard.press("ArrowRight")
    chosen = form.locator("[data-area].on")
    expect(chosen).to_have_count(1)
    assert chosen.get_attribute("data-area") == form.get_by_role("radio", checked=True).get_attribute("value")
    page.keyboard.press("Enter")
    expect(form.locator(".verdict")).to_contain_text("raj – gentleman.")


def test_the_places_can_be_read_as_a_list(still, looking):
    page, form = ready(still(), looking)
    label = form.locator("label", has_text="a woman at the door")
    assert label.bounding_box()["y"] and form.locator("[role=radiogroup]").bounding_box()["height"] <= 1
    tab_to(page, form.get_by_role("button", name="The places as a list"))
    page.keyboard.press("Enter")
    expect(form.get_by_role("button", name="The places as a list")).to_have_attribute("aria-expanded", "true")
    label.click()
    expect(form.get_by_role("radio", name="a woman at the door")).to_be_checked()


def test_who_cannot_listen_now_reads_the_word(still, looking):
    _page, form = ready(still(), looking)
    form.get_by_text("I can't listen now").click()
    expect(form.locator("legend")).to_have_text("Find it in the picture")
    expect(form.locator(".twin .rom")).to_have_text("raj")
    expect(form.locator(".spoken")).to_be_hidden()


def test_without_a_place_nothing_is_sent(still, looking):
    window = still()
    _page, form = ready(window, looking)
    submit(form).click()
    expect(form.get_by_role("alert")).to_contain_text("Choose a place in the picture")
    assert not window.asked("POST", "/check/")


# --- all three ---------------------------------------------------------------------------------


@pytest.mark.parametrize("window_size", [{}, PHONE], ids=["desk", "phone"])
def test_no_exercise_shuts_anybody_out(still, window_size):
    window = still(**window_size)
    page = window.open(lesson(scenes.speak(), scenes.dialogue(), scenes.picture()).url)
    speak, dialogue, picture = page.locator("exercise-form").all()
    for form in (speak, dialogue, picture):
        quick(form)
    assert_clean(page)
    record(page, speak, lambda target: target.click())
    speak.locator("label", has_text="It sounds alike").click()
    dialogue.locator("label", has_text="lačho dīs").click()
    dialogue.locator("label", has_text="raj").click()
    picture.get_by_role("button", name="The places as a list").click()
    picture.locator("label", has_text="a mug").click()
    for form in (dialogue, picture):
        submit(form).click()
        expect(form.locator(".result .verdict")).to_be_visible()
    assert_clean(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.fixture
def learner():
    return get_user_model().objects.create_user("ilze@example.lv", "correct horse battery", name="Ilze")


def begin(window, feedback, **options):
    quiz = building.quiz([scenes.dialogue(), scenes.picture()], feedback=feedback, **options)
    building.lesson(building.course("en", slug="course"), "Scenes", test=quiz)
    window.open(f"/en/tests/{quiz.uuid}/")
    window.page.get_by_role("button", name="Start the quiz").click()
    window.page.wait_for_load_state()
    attempt = Attempt.objects.latest("id")
    return window.open(f"/en/tests/meginajums/{attempt.uuid}/"), attempt


def test_a_quiz_of_scenes_is_taken_and_what_comes_of_a_choice_waits_for_the_answer(still, learner):
    window = still(learner)
    page, attempt = begin(window, "at_once")
    step = page.locator(".step.on")
    step.locator("label", has_text="lačho dīs").click()
    step.locator("label", has_text="najis-ta").click()
    assert not window.asked("POST", "/check/") and not Answer.objects.exists()
    step.get_by_role("button", name="Answer").click()
    expect(step.locator(".verdict")).to_contain_text("She greets you back and lets you in.")
    go_on(page)
    step = page.locator(".step.on")
    place_of(step, "a woman at the door").click()
    step.get_by_role("button", name="Answer").click()
    expect(step.locator(".verdict")).to_contain_text("The right place: a man at the table.")
    step.get_by_role("link", name="Next").click()
    page.wait_for_function("document.title.includes('passed')")
    attempt.refresh_from_db()
    assert attempt.score == 0.5
    assert_clean(page)


def test_without_a_script_a_quiz_of_scenes_is_a_form(still, learner):
    page, attempt = begin(still(learner, java_script_enabled=False), "at_end")
    dialogue, picture = page.locator(".step[data-exercise]").all()
    for text in ("lačho dīs", "najis-ta"):
        dialogue.locator("label", has_text=text).click()
    dialogue.get_by_role("button", name="Answer").click()
    page.goto(f"{ORIGIN}/en/tests/meginajums/{attempt.uuid}/")
    picture.locator("label", has_text="a man at the table").click()
    picture.get_by_role("button", name="Answer").click()
    assert sorted(Answer.objects.values_list("score", flat=True)) == [1.0, 1.0]

"""Speak, dialogue and picture in a real browser: by mouse, by touch, by keyboard alone, and shut to nobody."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import translation
from playwright.sync_api import expect

from progress.models import Answer, Attempt
from tests.browser.test_accessibility import assert_clean
from tests.inprocess import ORIGIN
from tests.lessons import building, scenes

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
# What holds on to sound: it must be let go.
COUNT_ADDRESSES = """
window.blobs = new Set();
const make = URL.createObjectURL, drop = URL.revokeObjectURL;
URL.createObjectURL = (blob) => { const made = make.call(URL, blob); blobs.add(made); return made; };
URL.revokeObjectURL = (made) => { blobs.delete(made); return drop.call(URL, made); };
"""


@pytest.fixture(autouse=True)
def english(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with translation.override("en"):
        yield


@pytest.fixture
def visit(visit):
    """Open windows that may use the microphone and in which nothing moves."""

    def open_one(user=None, **window):
        return visit(user, **({"permissions": ["microphone"], "reduced_motion": "reduce"} | window))

    return open_one


def lesson(*exercises):
    practice = [("practice", {"heading": "Practice", "exercise": one}) for one in exercises]
    return building.lesson(building.course("en", slug="course"), "Scenes", body=practice)


def ready(window, page_of):
    """Open a lesson; return its page and the form of its exercise, quick by now."""
    page = window.open(page_of.url)
    form = page.locator("exercise-form")
    quick(form)
    return page, form


def quick(form):
    form.scroll_into_view_if_needed()
    # Who judges for themselves has no button to be judged by.
    expect(form.locator(".act, .rec")).to_be_visible()


def submit(form):
    return form.get_by_role("button", name="Check")


def tab_to(page, target, most=40):
    """Press Tab until `target` has the focus, as somebody without a mouse does."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {target}")


# --- speak -------------------------------------------------------------------------------------


@pytest.fixture
def speaking():
    return lesson(scenes.speak("lačho dīs", tip_en="Listen to the long ī."))


def record(page, form, press):
    """Record about a second."""
    button = form.get_by_role("button", name="Record yourself")
    press(button)
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(form.locator("[data-clock]")).to_have_text("1 of 15 seconds")
    press(button)
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(form.get_by_role("status").first).to_have_text("Recorded. Listen to both and compare.")
    return form.get_by_role("button", name="Listen to yourself")


def by_keyboard(page):
    def press(target):
        if not target.evaluate("(element) => element === document.activeElement"):
            tab_to(page, target)
        page.keyboard.press("Space")

    return press


@pytest.mark.parametrize("how", ["mouse", "touch", "keyboard"])
def test_who_speaks_hears_both_and_judges_and_no_sound_leaves_the_device(visit, speaking, how):
    window = visit(**(PHONE if how == "touch" else {}))
    page, form = ready(window, speaking)
    press = (
        by_keyboard(page) if how == "keyboard" else lambda target: target.tap() if how == "touch" else target.click()
    )
    mine = record(page, form, press)
    press(mine)
    expect(mine).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("document.getElementById('player').src").startswith("blob:")
    close = form.get_by_role("radio", name="It sounds alike")
    if how == "keyboard":
        tab_to(page, close)
        page.keyboard.press("Space")
        expect(close).to_be_checked()
    else:
        press(form.locator("label", has_text="It sounds alike"))
    expect(form.get_by_text("Good. Say it once more without listening first.")).to_be_visible()
    page.wait_for_timeout(300)
    assert not [path for verb, path, _body in window.requests if verb != "GET"], "not even the judgement goes out"


def test_both_are_played_one_after_the_other(visit, speaking):
    page, form = ready(visit(), speaking)
    record(page, form, lambda target: target.click())
    model = form.locator(".compare .hear").first
    heard = page.evaluate_handle(
        """() => {
            const heard = [], player = document.getElementById("player");
            player.play = async () => {
                heard.push(player.src.split(":")[0]);
                setTimeout(() => player.dispatchEvent(new Event("ended")), 50);
            };
            return heard;
        }"""
    )
    form.get_by_role("button", name="Both, one after the other").click()
    page.wait_for_timeout(400)
    assert heard.json_value() == ["http", "blob"], "the model, then the learner"
    expect(model).to_have_attribute("aria-pressed", "false")


def test_a_recording_is_dropped_when_another_is_made_and_when_the_page_is_left(visit, speaking):
    window = visit()
    window.page.add_init_script(COUNT_ADDRESSES)
    page, form = ready(window, speaking)
    record(page, form, lambda target: target.click())
    record(page, form, lambda target: target.click())
    assert page.evaluate("blobs.size") == 1
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate("blobs.size") == 0
    expect(form.locator("[data-recorded]")).to_be_hidden()


def test_the_microphone_is_let_go_and_a_recording_ends_by_itself(visit, speaking):
    window = visit()
    window.page.add_init_script(
        "const ask = MediaDevices.prototype.getUserMedia; MediaDevices.prototype.getUserMedia = async function (what) {"
        " return (window.stream = await ask.call(this, what)); };"
    )
    page, form = ready(window, speaking)
    page.clock.install()
    form.get_by_role("button", name="Record yourself").click()
    expect(form.locator("[data-clock]")).to_be_visible()
    page.clock.run_for(15_500)
    expect(form.get_by_role("button", name="Record yourself")).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("stream.getTracks().map((track) => track.readyState)") == ["ended"]


REFUSALS = [
    ("NotAllowedError", "The microphone is not allowed."),
    ("NotFoundError", "No microphone was found."),
]


@pytest.mark.parametrize(("name", "said"), REFUSALS)
def test_without_a_microphone_the_learner_is_told_and_judges_all_the_same(visit, speaking, name, said):
    window = visit()
    window.page.add_init_script(
        f"MediaDevices.prototype.getUserMedia = () => Promise.reject(new DOMException('no', '{name}'))"
    )
    _page, form = ready(window, speaking)
    form.get_by_role("button", name="Record yourself").click()
    expect(form.get_by_role("status").first).to_contain_text(said)
    form.locator("label", has_text="I need more practice").click()
    expect(form.get_by_text("Listen again, say it slowly, and compare once more.")).to_be_visible()


def test_a_browser_that_cannot_record_says_so(visit, speaking):
    window = visit()
    window.page.add_init_script("delete window.MediaRecorder")
    form = window.open(speaking.url).locator("exercise-form")
    form.scroll_into_view_if_needed()
    expect(form.get_by_role("status").first).to_contain_text("This browser cannot record here.")
    expect(form.locator(".rec")).to_be_hidden()


# --- dialogue ----------------------------------------------------------------------------------


@pytest.fixture
def talking():
    return lesson(scenes.dialogue())


@pytest.mark.parametrize("how", ["mouse", "touch", "keyboard"])
def test_each_choice_in_practice_shows_what_comes_of_it_before_the_next_turn(visit, talking, how):
    window = visit(**(PHONE if how == "touch" else {}))
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


def test_a_turn_without_a_choice_is_asked_for(visit, talking):
    window = visit()
    _page, form = ready(window, talking)
    submit(form).click()
    expect(form.get_by_role("alert")).to_contain_text("Choose what to do in each turn")
    assert not window.asked("POST", "/check/")


def test_without_a_connection_the_scene_goes_on(visit, talking):
    window = visit()
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


def test_on_paper_every_turn_stands(visit, talking):
    page, form = ready(visit(), talking)
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
def test_a_tap_finds_the_place(visit, looking, how):
    _page, form = ready(visit(**(PHONE if how == "touch" else {})), looking)
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


def test_the_smaller_place_lies_over_the_larger(visit, looking):
    _page, form = ready(visit(), looking)
    place_of(form, "a mug").click()
    submit(form).click()
    expect(form.locator(".verdict")).to_contain_text("The right place: a man at the table. You chose: a mug.")


def test_by_keyboard_the_arrows_go_from_place_to_place(visit, looking):
    page, form = ready(visit(), looking)
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


def test_the_places_can_be_read_as_a_list(visit, looking):
    page, form = ready(visit(), looking)
    label = form.locator("label", has_text="a woman at the door")
    assert label.bounding_box()["y"] and form.locator("[role=radiogroup]").bounding_box()["height"] <= 1
    tab_to(page, form.get_by_role("button", name="The places as a list"))
    page.keyboard.press("Enter")
    expect(form.get_by_role("button", name="The places as a list")).to_have_attribute("aria-expanded", "true")
    label.click()
    expect(form.get_by_role("radio", name="a woman at the door")).to_be_checked()


def test_who_cannot_listen_now_reads_the_word(visit, looking):
    _page, form = ready(visit(), looking)
    form.get_by_text("I can't listen now").click()
    expect(form.locator("legend")).to_have_text("Find it in the picture")
    expect(form.locator(".twin .rom")).to_have_text("raj")
    expect(form.locator(".spoken")).to_be_hidden()


def test_without_a_place_nothing_is_sent(visit, looking):
    window = visit()
    _page, form = ready(window, looking)
    submit(form).click()
    expect(form.get_by_role("alert")).to_contain_text("Choose a place in the picture")
    assert not window.asked("POST", "/check/")


# --- all three ---------------------------------------------------------------------------------


@pytest.mark.parametrize("window_size", [{}, PHONE], ids=["desk", "phone"])
def test_no_exercise_shuts_anybody_out(visit, window_size):
    window = visit(**window_size)
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


def test_a_quiz_of_scenes_is_taken_and_what_comes_of_a_choice_waits_for_the_answer(visit, learner):
    window = visit(learner)
    page, attempt = begin(window, "at_once")
    step = page.locator(".step.on")
    step.locator("label", has_text="lačho dīs").click()
    step.locator("label", has_text="najis-ta").click()
    assert not window.asked("POST", "/check/") and not Answer.objects.exists()
    step.get_by_role("button", name="Answer").click()
    expect(step.locator(".verdict")).to_contain_text("She greets you back and lets you in.")
    step.get_by_role("link", name="Next").click()
    step = page.locator(".step.on")
    place_of(step, "a woman at the door").click()
    step.get_by_role("button", name="Answer").click()
    expect(step.locator(".verdict")).to_contain_text("The right place: a man at the table.")
    step.get_by_role("link", name="Next").click()
    page.wait_for_function("document.title.includes('passed')")
    attempt.refresh_from_db()
    assert attempt.score == 0.5
    assert_clean(page)


def test_without_a_script_a_quiz_of_scenes_is_a_form(visit, learner):
    page, attempt = begin(visit(learner, java_script_enabled=False), "at_end")
    dialogue, picture = page.locator(".step[data-exercise]").all()
    for text in ("lačho dīs", "najis-ta"):
        dialogue.locator("label", has_text=text).click()
    dialogue.get_by_role("button", name="Answer").click()
    page.goto(f"{ORIGIN}/en/tests/meginajums/{attempt.uuid}/")
    picture.locator("label", has_text="a man at the table").click()
    picture.get_by_role("button", name="Answer").click()
    assert sorted(Answer.objects.values_list("score", flat=True)) == [1.0, 1.0]

"""Speak in a real browser: by mouse, by touch, by keyboard alone; no sound leaves the device."""

import pytest
from playwright.sync_api import expect

from tests.lessons import scenes
from tests.lessons.stage import PHONE, by_keyboard, lesson, ready, record, tab_to

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db,
    pytest.mark.usefixtures("english"),
]

# What holds on to sound: it must be let go.
COUNT_ADDRESSES = """
window.blobs = new Set();
const make = URL.createObjectURL, drop = URL.revokeObjectURL;
URL.createObjectURL = (blob) => { const made = make.call(URL, blob); blobs.add(made); return made; };
URL.revokeObjectURL = (made) => { blobs.delete(made); return drop.call(URL, made); };
"""


@pytest.fixture
def speaking():
    return lesson(scenes.speak("lačho dīs", tip_en="Listen to the long ī."))


@pytest.mark.parametrize("how", ["mouse", "touch", "keyboard"])
def test_who_speaks_hears_both_and_judges_and_no_sound_leaves_the_device(still, speaking, how):
    window = still(**(PHONE if how == "touch" else {}))
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


def test_both_are_played_one_after_the_other(still, speaking):
    page, form = ready(still(), speaking)
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


def test_a_recording_is_dropped_when_another_is_made_and_when_the_page_is_left(still, speaking):
    window = still()
    window.page.add_init_script(COUNT_ADDRESSES)
    page, form = ready(window, speaking)
    record(page, form, lambda target: target.click())
    record(page, form, lambda target: target.click())
    assert page.evaluate("blobs.size") == 1
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate("blobs.size") == 0
    expect(form.locator("[data-recorded]")).to_be_hidden()


def test_the_microphone_is_let_go_and_a_recording_ends_by_itself(still, speaking):
    window = still()
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
def test_without_a_microphone_the_learner_is_told_and_judges_all_the_same(still, speaking, name, said):
    window = still()
    window.page.add_init_script(
        f"MediaDevices.prototype.getUserMedia = () => Promise.reject(new DOMException('no', '{name}'))"
    )
    _page, form = ready(window, speaking)
    form.get_by_role("button", name="Record yourself").click()
    expect(form.get_by_role("status").first).to_contain_text(said)
    form.locator("label", has_text="I need more practice").click()
    expect(form.get_by_text("Listen again, say it slowly, and compare once more.")).to_be_visible()


def test_a_browser_that_cannot_record_says_so(still, speaking):
    window = still()
    window.page.add_init_script("delete window.MediaRecorder")
    form = window.open(speaking.url).locator("exercise-form")
    form.scroll_into_view_if_needed()
    expect(form.get_by_role("status").first).to_contain_text("This browser cannot record here.")
    expect(form.locator(".rec")).to_be_hidden()

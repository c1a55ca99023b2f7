"""Takes that cannot be used are said at once, on the device: before anything is sent."""

import pytest
from playwright.sync_api import expect

from media.models import Recording
from tests.studio.test_browser_recorder import hearing, recorder

__all__ = ["hearing", "recorder"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db,
    pytest.mark.usefixtures("english"),
]


def nothing_was_sent(window):
    window.page.wait_for_timeout(300)
    return not window.asked("PUT", "/takes/") and not Recording.objects.filter(kind="native").exists()


def test_silence_is_said_at_once_and_cannot_be_kept(hearing, recorder):
    window = recorder(hearing(0.0))
    window.record()
    window.says("Nothing can be heard. Check the microphone and say it again.")
    expect(window.button("Again")).to_be_focused()
    expect(window.page.locator("#keep")).to_be_hidden()
    window.page.keyboard.press("k")
    assert nothing_was_sent(window)


def test_a_sound_that_is_cut_off_is_said_at_once_and_may_be_kept(hearing, recorder):
    window = recorder(hearing(1.0))
    window.record()
    window.says("Too loud: the sound is cut off. Move away a little and say it again.")
    expect(window.button("Again")).to_be_focused()
    assert nothing_was_sent(window)
    window.page.keyboard.press("k")
    window.says("Good.")
    window.counts("Everything has been sent.")
    assert Recording.objects.filter(kind="native").count() == 1


def test_a_whisper_is_said_at_once_and_said_again(hearing, recorder):
    window = recorder(hearing(0.012))
    window.record()
    window.says("Too quiet. Move closer to the microphone and say it again.")
    assert nothing_was_sent(window)
    window.page.keyboard.press("Space")
    expect(window.button("Stop")).to_be_visible()
    window.page.wait_for_timeout(500)
    window.page.keyboard.press("Space")
    window.press(window.button("Keep it anyway"))
    window.says("Good.")


def test_after_thirty_seconds_it_stops_by_itself_and_says_why(hearing, recorder):
    window = recorder(hearing(0.012))
    window.press(window.button("Record"))
    expect(window.button("Stop")).to_be_visible()
    window.page.evaluate("{ const now = performance.now.bind(performance); performance.now = () => now() + 31000; }")
    window.says("Longer than 30 seconds. Say only what stands here.")
    expect(window.page.locator("#keep")).to_be_hidden()
    assert nothing_was_sent(window)

"""The second listener with a phone: hear, swipe or key, next."""

import pytest
from playwright.sync_api import expect

from media.models import Recording
from tests.studio.takes.conftest import with_sound

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db]
QUEUE = "/admin/studio/takes/"
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}

SWIPE = """([by, down]) => {
  const take = document.querySelector("[data-take]");
  const word = take.querySelector(".take-word");
  const box = word.getBoundingClientRect();
  const at = (x, y) => [new Touch({ identifier: 1, target: word, clientX: x, clientY: y })];
  const fire = (type, touches) => word.dispatchEvent(
    new TouchEvent(type, { bubbles: true, cancelable: true, touches, changedTouches: touches }));
  const [x, y] = [box.x + 100, box.y + 10];
  fire("touchstart", at(x, y));
  for (let step = 1; step <= 5; step += 1) fire("touchmove", at(x + by * step / 5, y + down * step / 5));
  fire("touchend", []);
}"""


def state(recording):
    recording.refresh_from_db()
    return recording.review, recording.review_reason


@pytest.fixture
def queue(visit, reviewer, takes):
    for take in takes:
        with_sound(take)
    return visit(reviewer, **PHONE)


def word(page, text):
    expect(page.locator("#take-word")).to_have_text(text)


def test_a_swipe_to_the_right_accepts_and_the_next_take_comes(queue, takes):
    page = queue.open(QUEUE)
    word(page, "dīs")
    page.evaluate(SWIPE, [150, 5])
    word(page, "lačho")
    expect(page.locator("#take [role=status]")).to_contain_text("“dīs”: accepted")
    assert state(takes[0]) == ("accepted", "")
    assert len([one for one in queue.requests if one[1] == QUEUE]) <= 2, "the admin is not loaded anew"


def test_a_swipe_to_the_left_asks_why_and_a_tap_rejects(queue, takes):
    page = queue.open(QUEUE)
    page.evaluate(SWIPE, [-150, 5])
    expect(page.get_by_role("button", name="2. Noise")).to_be_visible()
    assert state(takes[0]) == ("open", "")
    page.get_by_label("A remark for the author").fill("a door slams")
    page.get_by_role("button", name="2. Noise").click()
    word(page, "lačho")
    assert state(takes[0]) == ("rejected", "noise") and takes[0].review_note == "a door slams"


@pytest.mark.parametrize("way", [[40, 0], [100, 200], [-100, -300]])
def test_a_short_pull_and_scrolling_decide_nothing(queue, takes, way):
    page = queue.open(QUEUE)
    page.evaluate(SWIPE, way)
    page.wait_for_timeout(200)
    word(page, "dīs")
    expect(page.locator("[data-reject]")).not_to_have_attribute("open", "")
    assert state(takes[0]) == ("open", "")


def test_everything_by_keys(visit, reviewer, takes):
    for take in takes:
        with_sound(take)
    page = visit(reviewer).open(QUEUE)
    word(page, "dīs")
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelector('audio[data-main]').played.length > 0")
    page.keyboard.press("a")
    word(page, "lačho")
    # From the first sound on the next one begins by itself.
    page.wait_for_function("document.querySelector('audio[data-main]').played.length > 0")
    page.keyboard.press("ArrowRight")
    word(page, "duj")
    page.keyboard.press("1")
    word(page, "duj")
    page.keyboard.press("r")
    page.keyboard.press("3")
    word(page, "lačho")
    assert [state(take) for take in takes] == [("accepted", ""), ("open", ""), ("rejected", "unclear")]
    page.keyboard.press("z")
    word(page, "duj")
    assert state(takes[2]) == ("open", "")


def test_letters_in_the_remark_are_letters_and_enter_there_decides_nothing(visit, reviewer, takes):
    page = visit(reviewer).open(QUEUE)
    page.keyboard.press("r")
    page.get_by_label("A remark for the author").press_sequentially("raz 1")
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    expect(page.get_by_label("A remark for the author")).to_have_value("raz 1")
    assert {state(take) for take in takes} == {("open", "")}


def test_without_connection_nothing_is_lost_and_it_says_so(queue, takes):
    page = queue.open(QUEUE)
    queue.is_offline = True
    page.get_by_role("button", name="Accept").click()
    expect(page.locator("#take [role=status]")).to_contain_text("Nothing was saved")
    word(page, "dīs")
    queue.is_offline = False
    page.get_by_role("button", name="Accept").click()
    word(page, "lačho")
    assert state(takes[0]) == ("accepted", "")


def test_without_script_the_forms_do_it(visit, reviewer, takes):
    page = visit(reviewer, java_script_enabled=False).open(QUEUE)
    expect(page.get_by_role("button", name="Hear")).to_have_count(0)
    page.locator("[data-reject] summary").click()
    page.get_by_role("button", name="4. Another variety").click()
    word(page, "lačho")
    page.get_by_role("button", name="Accept").click()
    word(page, "duj")
    assert [state(take) for take in takes[:2]] == [("rejected", "other_variety"), ("accepted", "")]


def test_the_last_one_leaves_an_empty_queue_with_the_way_back(queue, takes):
    Recording.objects.filter(pk__in=[takes[1].pk, takes[2].pk]).delete()
    page = queue.open(QUEUE)
    page.get_by_role("button", name="Accept").click()
    word(page, "Everything has been heard")
    page.get_by_role("button", name="Take back").click()
    word(page, "dīs")
    assert state(takes[0]) == ("open", "")

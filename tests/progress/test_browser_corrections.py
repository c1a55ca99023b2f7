"""“My answer should count” and the time limit in a real browser."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import expect

from lessons.models import Quiz
from media.models import Variety
from progress.appeals import accept_form
from progress.models import Answer, Appeal, AppealedForm, Attempt
from progress.models.attempts import GRACE
from tests.inprocess import go_on
from tests.lessons import building

from .conftest import items, right

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
AXE = Path("tests/vendor/axe.min.js")


@pytest.fixture
def friend(course):
    """Two words to write; of the first, `amal`, the dictionary lacks the variant `māl`."""
    building.word("amal", meaning=("draugs", "friend"))
    made = building.quiz([building.exercise("type", item=word, mode="translate") for word in ("amal", "phal")])
    building.lesson(course, "Draugi", test=made)
    return made


def begin(window, quiz):
    reply = window.client.post(f"/tests/{quiz.uuid}/")
    assert reply.status_code == 302
    attempt = Attempt.objects.latest("id")
    window.open(f"/en/tests/meginajums/{attempt.uuid}/")
    expect(window.page.locator(".step.on .keys")).to_be_visible()
    return attempt


def write(page, text):
    step = page.locator(".step.on")
    step.locator("input[name=text]").fill(text)
    step.get_by_role("button", name="Answer", exact=True).click()
    return step


def offered(step):
    return step.get_by_role("button", name="My answer should count")


def test_one_tap_on_the_verdict_sends_the_answer(visit, anna, friend):
    window = visit(anna, **PHONE)
    begin(window, friend)
    step = write(window.page, "māl")
    expect(step.locator(".verdict[data-v=wrong]")).to_be_visible()
    offered(step).tap()
    expect(step.locator("[data-appealed]")).to_contain_text("lies with the native reviewers")
    expect(step.locator("[data-appealed] p")).to_be_focused()
    expect(offered(step)).to_have_count(0)
    assert Appeal.objects.count() == 1 and AppealedForm.objects.get().written == "māl"
    # The verdict stays, and after a reload the page says the same.
    expect(step.locator(".verdict[data-v=wrong]")).to_be_visible()
    window.page.reload()
    expect(window.page.locator("#q1 [data-appealed]")).to_contain_text("lies with the native reviewers")
    go_on(window.page)
    expect(window.page.locator("#q2.on")).to_be_visible()


def test_by_keyboard_alone_and_only_where_there_is_something_to_appeal(visit, anna, friend):
    window = visit(anna)
    begin(window, friend)
    page = window.page
    step = page.locator(".step.on")
    step.get_by_role("button", name="I don't know").click()
    expect(step.locator(".verdict")).to_be_visible()
    expect(offered(step)).to_have_count(0)
    go_on(page)
    step = write(page, "pal")
    expect(offered(step)).to_be_visible()
    offered(step).focus()
    page.keyboard.press("Enter")
    expect(step.locator("[data-appealed] p")).to_be_focused()
    assert AppealedForm.objects.get().expected == "phal"


def test_without_a_connection_the_tap_is_not_lost_silently(visit, anna, friend):
    window = visit(anna)
    begin(window, friend)
    step = write(window.page, "māl")
    expect(offered(step)).to_be_visible()
    window.is_offline = True
    offered(step).click()
    expect(step.locator("[data-appealed]")).to_contain_text("press the button again")
    window.is_offline = False
    offered(step).click()
    expect(step.locator("[data-appealed]")).to_contain_text("lies with the native reviewers")


def test_news_waits_on_the_course_page_until_it_was_read(visit, anna, friend, course):
    window = visit(anna)
    attempt = begin(window, friend)
    step = write(window.page, "māl")
    offered(step).click()
    expect(step.locator("[data-appealed] p")).to_be_focused()
    reviewer = get_user_model().objects.create_user(email="recenzents@example.lv", name="R", password=None)
    variety = Variety.objects.get(code="latvian")
    accept_form(form=AppealedForm.objects.get(), by=reviewer, spelling="māl", variety=variety)
    window.open(course.url)
    news = window.page.locator("[data-notices] a")
    expect(news).to_be_visible()
    assert str(attempt.uuid) in news.get_attribute("href")
    news.click()
    window.open(course.url)
    expect(window.page.locator("[data-yours]").first).to_be_visible()
    expect(window.page.locator("[data-notices]")).to_be_hidden()


def test_at_the_end_of_the_time_the_page_hands_in_by_itself(visit, anna, friend):
    Quiz.objects.update(time_limit_minutes=5)
    window = visit(anna)
    attempt = begin(window, friend)
    page = window.page
    expect(page.locator("time-left")).to_contain_text("5 min left")
    assert page.locator("time-left [role=status]").text_content() == ""
    write(page, right(items(attempt)[0])["text"])
    expect(page.locator(".step.on .verdict")).to_be_visible()
    Attempt.objects.update(deadline_at=timezone.now() + timedelta(seconds=2))
    page.reload()
    expect(page.locator("time-left")).to_contain_text("Less than a minute left")
    expect(page.locator("main .wheel.big")).to_be_visible(timeout=15000)
    attempt.refresh_from_db()
    assert attempt.submitted_at is not None and attempt.score == 0.5


def test_an_answer_that_waited_offline_beyond_the_end_is_kept_and_said_to_be_late(visit, anna, friend):
    Quiz.objects.update(time_limit_minutes=5)
    window = visit(anna)
    begin(window, friend)
    page = window.page
    window.is_offline = True
    write(page, "amal")
    expect(page.locator("#connection .verdict")).to_contain_text("No connection")
    Attempt.objects.update(deadline_at=timezone.now() - GRACE - timedelta(seconds=5))
    window.is_offline = False
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("main")).to_contain_text("1 answer arrived after the end", timeout=15000)
    assert Answer.objects.get().is_late


@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_are_accessible(visit, anna, friend, width):
    Quiz.objects.update(time_limit_minutes=5)
    window = visit(anna, viewport={"width": width, "height": 900}, bypass_csp=True)
    attempt = begin(window, friend)
    page = window.page
    step = write(page, "māl")
    expect(offered(step)).to_be_visible()
    box = offered(step).bounding_box()
    assert box["height"] >= 44

    def faults():
        page.evaluate(AXE.read_text(encoding="utf-8"))
        return [one["id"] for one in page.evaluate("axe.run().then((found) => found.violations)")]

    assert faults() == []
    window.client.post(f"/tests/meginajums/{attempt.uuid}/", {"submit": "1"})
    window.open(f"/en/tests/meginajums/{attempt.uuid}/")
    page.locator("summary").click()
    assert faults() == []

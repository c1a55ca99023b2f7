"""The whole course, as one learner takes it: every lesson, every test, each reached from the one before."""

from typing import Any

from playwright.sync_api import Page, expect

from .conftest import PHONE
from .running import RunningSite
from .taking import take, take_to_the_end

LESSONS, TESTS = 36, 13  # of each module one, and the final one


def begin_quiz(page: Page) -> None:
    """Follow the way from a lesson or test page into its quiz."""
    page.locator("main a.btn[href*='/tests/']").last.click()
    page.locator("form[method=post] button.btn").click()
    page.wait_for_url("**/meginajums/**")


def test_one_learner_takes_the_whole_course(window: Any, site: RunningSite, pages: dict[str, Any]) -> None:
    email = "visu-kursu@example.lv"
    page = window(email, viewport=PHONE, traced=False)
    lessons = [lesson["path"] for lesson in pages["lesson"]]
    tests = [test["path"] for test in pages["test"]]
    assert (len(lessons), len(tests)) == (LESSONS, TESTS)
    course = pages["course"][0]["path"]
    page.goto(course)
    onward = page.locator("main a.btn:visible").first
    taken: list[str] = []
    while onward.get_attribute("href") != course:
        onward.click()
        page.wait_for_load_state()
        here = page.url.removeprefix(site.url).split("#")[0]
        assert here not in taken, "the way never leads in a circle"
        taken.append(here)
        begin_quiz(page)
        take(page, site) if here in lessons else take_to_the_end(page, site)
        expect(page.locator("h1")).to_have_text("Tests nokārtots")
        onward = page.locator("p.act a.btn").first

    assert [here for here in taken if here in lessons] == lessons
    assert {*taken} == {*lessons, *tests} and taken[-1] not in lessons
    onward.click()
    expect(page.locator("[data-count]")).to_contain_text("36 no 36")
    expect(page.locator("[data-complete]")).to_be_visible()
    expect(page.locator("[data-continue]")).to_have_count(0)
    expect(page.locator(".lessons a")).to_have_count(LESSONS + TESTS)
    expect(page.locator(".lessons a", has_text="100 %")).to_have_count(LESSONS + TESTS)
    assert sorted(site.ask("lessons_done", email)) == sorted(lesson["key"] for lesson in pages["lesson"])
    kept = site.ask("attempts", email)
    assert len(kept) == LESSONS + TESTS and all(one["passed"] and one["score"] == 1 for one in kept)

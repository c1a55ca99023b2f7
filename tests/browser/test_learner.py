"""Learners with an account: from signing up to a lesson that is done."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from .running import RunningSite
from .taking import answer_step, attempt_in, begin, go_on, keys, take, take_to_the_end

PASSWORD = "zirgs lampa upe kartupelis"


def sign_up(page: Page, site: RunningSite, email: str, name: str, role: str) -> None:
    """Fill in the form, find the letter, follow its link."""
    page.get_by_role("link", name="Ieiet").first.click()
    page.locator('main a[href*="/accounts/signup/"]').click()
    page.fill("input[name=name]", name)
    page.fill("input[name=email]", email)
    page.fill("input[name=password1]", PASSWORD)
    page.select_option("select[name=role]", role)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/confirm-email/**")
    [letter] = site.letters(email)
    link = re.search(r"http://\S+/confirm-email/\S+", letter.get_content()).group()
    page.goto(link)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("header .who, header [data-account]").first).to_contain_text(name)


def read_on(page: Page, part: int) -> str:
    """Scroll to a part of the lesson and read it for a moment; return the part."""
    block = page.locator("[data-part]").nth(part)
    name = block.get_attribute("id")
    block.evaluate("one => one.scrollIntoView({ block: 'start' })")
    expect(page.locator(f'.steps a[href="#{name}"]')).to_have_attribute("aria-current", "step")
    page.wait_for_timeout(1700)  # reading takes time: a part counts after a second in view
    return name


def test_a_teacher_signs_up_takes_a_lesson_leaves_resumes_and_passes(
    window: Any, site: RunningSite, pages: dict[str, Any]
) -> None:
    lesson, email = pages["lesson"][0], "skolotaja@example.lv"
    page = window()
    page.goto(lesson["path"])
    sign_up(page, site, email, "Ilze Kalniņa", "teacher")

    page.goto(lesson["path"])
    read_on(page, 0)
    read_on(page, 1)
    with page.expect_response(lambda reply: "/me/progress/lessons/" in reply.url) as kept:
        reached = read_on(page, 2)
    assert kept.value.status == 200
    page.wait_for_load_state("networkidle")
    page.close()

    page = page.context.new_page()
    page.goto(lesson["path"])
    resume = page.locator("#resume a")
    expect(resume).to_be_visible()
    resume.click()
    expect(page).to_have_url(re.compile(f"#{reached}$"))
    expect(page.locator(f"#{reached}")).to_be_in_viewport()
    expect(page.locator(".steps a.done")).not_to_have_count(0)

    page.locator("#quiz a.btn").click()
    page.locator("form[method=post] button.btn").click()
    page.wait_for_url("**/meginajums/**")
    take(page, site)
    expect(page.locator("h1")).to_have_text("Tests nokārtots")

    page.goto(pages["course"][0]["path"])
    expect(page.locator("[data-count]")).to_contain_text("1 no 36")
    expect(page.locator(f'[data-key="{lesson["key"]}"]')).to_contain_text("100 %")
    page.locator("[data-continue]").click()
    expect(page).to_have_url(f"{site.url}{pages['lesson'][1]['path']}")
    assert site.ask("lessons_done", email) == [lesson["key"]]


def test_a_social_worker_answers_wrongly_and_sees_what_was_right(
    window: Any, site: RunningSite, pages: dict[str, Any]
) -> None:
    email = "sociala@example.lv"
    page = window(email, viewport={"width": 390, "height": 844})
    begin(page, pages["lesson"][0]["quiz"])
    known = keys(site, attempt_in(page))
    count = page.locator(".step[data-exercise]").count()
    for _ in range(count):
        answer_step(page, known, right=False)
        verdict = page.locator(".step.on .verdict")
        expect(verdict.locator("strong")).to_have_text(re.compile("Vēl ne"))
        assert len(verdict.inner_text()) > 20, "it says what was right"
        go_on(page)
    expect(page.locator("h1")).to_have_text("Vēl nav nokārtots")
    page.locator("main details summary").click()
    expect(page.locator("ol.rows > li .verdict:visible")).to_have_count(count)
    expect(page.locator(".words .hear").first).to_be_visible()
    [attempt] = site.ask("attempts", email)
    assert (attempt["passed"], len(attempt["answers"])) == (False, count)

    page.get_by_role("link", name="Kārtot vēlreiz").click()
    page.locator("form[method=post] button.btn").click()
    page.wait_for_url("**/meginajums/**")
    take(page, site)
    expect(page.locator("h1")).to_have_text("Tests nokārtots")
    assert [one["passed"] for one in site.ask("attempts", email)] == [False, True]


def test_a_test_of_a_module_gives_its_results_at_the_end(window: Any, site: RunningSite, pages: dict[str, Any]) -> None:
    email = "modulis@example.lv"
    page = window(email)
    page.goto(pages["test"][0]["path"])
    page.locator('main a.btn[href*="/tests/"]').click()
    page.locator("form[method=post] button.btn").click()
    page.wait_for_url("**/meginajums/**")
    take_to_the_end(page, site)
    expect(page.locator("h1")).to_have_text("Tests nokārtots")
    page.goto(pages["test"][0]["path"])
    expect(page.locator("[data-standing]")).to_contain_text("100 %")

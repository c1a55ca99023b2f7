"""Reading, listening and quizzes where scripts do not run, or one of them does not arrive."""

from typing import Any

from playwright.sync_api import expect

from .running import RunningSite
from .taking import attempt_in, fill, hears, keys


def test_a_whole_quiz_is_plain_forms(window: Any, site: RunningSite, pages: dict[str, Any]) -> None:
    email = "bez-skriptiem@example.lv"
    page = window(email, java_script_enabled=False)
    page.goto(pages["lesson"][0]["path"])
    page.locator("#quiz a.btn").click()
    page.locator("form[method=post] button.btn").click()
    page.wait_for_url("**/meginajums/**")
    known = keys(site, attempt_in(page))
    for exercise in list(known):
        step = page.locator(f'.step[data-exercise="{exercise}"]')
        fill(step, known[exercise]["type"], known[exercise]["right"], scripted=False)
        step.locator("[data-ask] .btn:not(.plain)").click()
        expect(page.locator(f'.step[data-exercise="{exercise}"] .verdict')).to_have_attribute("data-v", "exact")
    page.locator("#finish button").click()
    expect(page.locator("h1")).to_have_text("Tests nokārtots")
    [attempt] = site.ask("attempts", email)
    assert (attempt["passed"], attempt["score"], len(attempt["answers"])) == (True, 1.0, len(known))


def test_an_empty_form_is_sent_back_with_a_word_and_loses_nothing(
    window: Any, site: RunningSite, pages: dict[str, Any]
) -> None:
    email = "tuksa@example.lv"
    page = window(email, java_script_enabled=False)
    window.watch(page).expect("status of 400")
    page.goto(f"/tests/{pages['lesson'][0]['quiz']}/")
    page.locator("form[method=post] button.btn").click()
    step = page.locator(".step").first
    step.locator("[data-ask] .btn:not(.plain)").click()
    expect(page.locator(".step .fault:visible")).to_have_count(1)
    [attempt] = site.ask("attempts", email)
    assert attempt["answers"] == []


def test_a_lesson_reads_and_sounds_without_scripts(window: Any, pages: dict[str, Any]) -> None:
    page = window(java_script_enabled=False)
    page.goto(pages["lesson"][0]["path"])
    expect(page.locator("h1")).to_be_visible()
    for one in page.locator("[data-play-all], [data-slow], .keys").all():
        expect(one).to_be_hidden()
    sounds = {link.get_attribute("href") for link in page.locator("a.hear").all()}
    reply = page.context.request.get(sounds.pop())
    assert (reply.status, reply.headers["content-type"]) == (200, "audio/mpeg")
    page.locator("a.mark").first.click()
    expect(page.locator("article.entry h1[lang=rml]")).to_be_visible()


def test_a_script_that_does_not_arrive_takes_only_its_own_part_away(
    window: Any, site: RunningSite, pages: dict[str, Any]
) -> None:
    email = "pazudis@example.lv"
    page = window(email)
    window.watch(page).expect("ERR_FAILED|Failed to fetch dynamically|Failed to load resource")
    page.context.route("**/lessons/js/exercise*.js", lambda route: route.abort())
    page.goto(pages["lesson"][0]["path"])
    page.locator("main .hear").first.click()
    assert hears(page)
    page.goto(f"/tests/{pages['lesson'][0]['quiz']}/")
    page.locator("form[method=post] button.btn").click()
    page.wait_for_url("**/meginajums/**")
    known = keys(site, attempt_in(page))
    for exercise in list(known):
        step = page.locator(f'.step[data-exercise="{exercise}"]')
        fill(step, known[exercise]["type"], known[exercise]["right"], scripted=False)
        step.locator("[data-ask] .btn:not(.plain)").click()
        expect(page.locator(f'.step[data-exercise="{exercise}"] .verdict')).to_have_attribute("data-v", "exact")
    page.locator("#finish button").click()
    expect(page.locator("h1")).to_have_text("Tests nokārtots")


def test_without_the_script_of_the_page_the_rest_of_a_lesson_still_works(window: Any, pages: dict[str, Any]) -> None:
    page = window()
    window.watch(page).expect("ERR_FAILED|Failed to load resource")
    page.context.route("**/cms/js/app*.js", lambda route: route.abort())
    page.goto(pages["lesson"][0]["path"])
    expect(page.locator("h1")).to_be_visible()
    link = page.locator("a.hear").first
    assert page.context.request.get(link.get_attribute("href")).ok
    page.locator("#quiz a.btn").click()
    expect(page.locator("h1")).to_be_visible()

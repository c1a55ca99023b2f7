"""What a lesson costs a thin line: bytes, requests, and nobody else's server."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from .conftest import PHONE
from .test_fits import NARROW, TOO_WIDE
from .weighing import HTML_AND_CSS, of_type, sent

SCRIPTS = 30 * 1024
REQUESTS = 8
PICTURE = 4 * 1024


@pytest.mark.parametrize("number", range(36))
def test_a_lesson_keeps_to_its_budget_and_fits_a_small_phone(window: Any, pages: dict[str, Any], number: int) -> None:
    page = window(viewport=NARROW, traced=False)
    reply = page.goto(pages["lesson"][number]["path"])
    page.wait_for_load_state("networkidle")
    assert reply.headers["content-encoding"] in ("br", "gzip"), "it really is sent compressed"
    sheets = of_type(window, page, "stylesheet")
    whole = sent(reply.request, *sheets)
    assert 0 < whole <= HTML_AND_CSS, f"{whole} bytes"
    for form in page.locator("exercise-form").all():
        form.scroll_into_view_if_needed()
        expect(form.locator("legend").first).to_be_visible()
    width, widest = page.evaluate(TOO_WIDE)
    assert width <= NARROW["width"] and not widest, f"{width} wide: {widest}"


def test_a_lesson_asks_for_few_files_and_only_its_own(window: Any, pages: dict[str, Any]) -> None:
    page = window(viewport=PHONE)
    page.goto(pages["lesson"][0]["path"])
    page.wait_for_load_state("networkidle")
    asked = [request.url for request in window.watch(page).requests]
    assert len(asked) <= REQUESTS, asked
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(window.site.url).netloc}
    assert not of_type(window, page, "font") and not of_type(window, page, "media")


def test_pictures_of_words_come_last_and_weigh_little(window: Any, pages: dict[str, Any]) -> None:
    page = window(viewport=PHONE)
    (lesson,) = [one for one in pages["lesson"] if one["path"].endswith("/edam-un-dzeram/")]
    page.goto(lesson["path"])
    page.locator("img.thumb").first.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert page.locator("img.thumb").count() == page.locator('img.thumb[loading="lazy"][alt=""]').count() > 5
    small = [request for request in of_type(window, page, "image") if ".fill-" in request.url]
    assert small and all(sent(one) <= PICTURE for one in small)
    assert len(window.watch(page).requests) - len(of_type(window, page, "image")) <= REQUESTS


def test_all_scripts_of_a_lesson_together_stay_small(window: Any, pages: dict[str, Any]) -> None:
    page = window(viewport=PHONE)
    page.goto(pages["lesson"][0]["path"])
    for form in page.locator("exercise-form[data-check]").all():
        form.scroll_into_view_if_needed()
        expect(form.locator(".act")).to_be_visible()
    page.locator("a.mark").first.click()
    expect(page.locator("#card")).to_be_visible()
    page.wait_for_load_state("networkidle")
    scripts = of_type(window, page, "script")
    assert len(scripts) > 4
    whole = sent(*scripts)
    assert 0 < whole <= SCRIPTS, f"{whole} bytes"

"""A visitor reads, listens, looks words up and practises; nobody asks who it is."""

from typing import Any

import pytest
from playwright.sync_api import expect

from .conftest import DESKTOP, PHONE
from .running import RunningSite
from .taking import fill, hears, open_practice


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_from_the_front_page_to_the_first_sound(window: Any, pages: dict[str, Any], viewport: Any) -> None:
    page = window(viewport=viewport)
    page.goto("/")
    page.locator(".hero a.btn").click()
    expect(page).to_have_url(f"{window.site.url}{pages['lesson'][0]['path']}")
    page.locator("main .hear").first.click()
    assert hears(page)
    assert not page.context.cookies(), "reading and listening needs no cookie"


def test_a_dialogue_is_heard_line_by_line(window: Any, pages: dict[str, Any]) -> None:
    page = window()
    for lesson in pages["lesson"]:
        page.goto(lesson["path"])
        button = page.locator("line-by-line [data-run]")
        if button.count():
            break
    page.locator("line-by-line").scroll_into_view_if_needed()  # its script comes when it is near
    button.click()
    lines = page.locator(".lines > li[aria-current=true]")
    expect(lines).to_have_count(1)
    assert hears(page)
    first = lines.text_content()
    expect(page.locator(".lines > li[aria-current=true]")).not_to_have_text(first, timeout=20_000)


def test_the_card_of_a_word_says_what_is_known(window: Any, pages: dict[str, Any]) -> None:
    page = window(viewport=PHONE)
    page.goto(pages["lesson"][0]["path"])
    row = page.locator(".words .word").first
    word = row.locator("[lang=rml].rom").text_content()
    row.locator("a.mark").click()
    card = page.locator("#card")
    expect(card).to_be_visible()
    expect(card.locator("h2")).to_have_text(word)
    expect(card.locator("h2")).to_have_attribute("lang", "rml")
    expect(card).to_contain_text("Nav vēl pārbaudījis" if "Nav vēl" in card.inner_text() else "pārbaudī")
    card.locator(".hear").click()
    assert hears(page)
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(row.locator("a.mark")).to_be_focused()


def test_a_romani_word_in_running_text_opens_its_card(window: Any, pages: dict[str, Any]) -> None:
    page = window()
    for lesson in pages["lesson"]:
        page.goto(lesson["path"])
        link = page.locator('.prose a[lang=rml][href*="?form="]').first
        if link.count():
            break
    link.click()
    expect(page.locator("#card")).to_be_visible()


def test_practice_tells_right_from_wrong_and_keeps_nothing(
    window: Any, site: RunningSite, pages: dict[str, Any]
) -> None:
    page = window()
    page.goto(pages["lesson"][0]["path"])
    form, key = open_practice(page, site)
    button = form.locator(".act .btn:not(.plain)")
    button.click()
    expect(form.locator(".fault")).to_be_visible()
    fill(form, key["type"], key["wrong"])
    button.click()
    expect(form.locator(".verdict")).to_have_attribute("data-v", "wrong")
    expect(form.locator(".verdict [lang=rml]").first).to_be_visible()
    button.click()
    fill(form, key["type"], key["right"])
    button.click()
    expect(form.locator(".verdict")).to_have_attribute("data-v", "exact")
    assert not page.context.cookies()


def test_every_exercise_of_a_lesson_can_be_solved_in_place(
    window: Any, site: RunningSite, pages: dict[str, Any]
) -> None:
    page = window(viewport=PHONE)
    page.goto(pages["lesson"][0]["path"])
    for place in range(page.locator("exercise-form[data-check]").count()):
        form, key = open_practice(page, site, place)
        fill(form, key["type"], key["right"])
        form.locator(".act .btn:not(.plain)").click()
        expect(form.locator(".verdict")).to_have_attribute("data-v", "exact")


def test_a_word_is_found_without_its_marks(window: Any) -> None:
    page = window()
    page.goto("/")
    page.get_by_role("link", name="Meklēt").first.click()
    page.fill("main input[name=q]", "lacho")
    page.keyboard.press("Enter")
    expect(page.locator(".hits [lang=rml]", has_text="lačho").first).to_be_visible()


def test_the_course_speaks_english_too(window: Any, site: RunningSite) -> None:
    page = window()
    page.goto("/")
    page.locator("nav a[lang=en]").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator(".hero a.btn").click()
    expect(page).to_have_url(f"{site.url}{site.ask('pages', 'en')['lesson'][0]['path']}")
    expect(page.get_by_text("After the lesson:")).to_be_visible()
    form, key = open_practice(page, site)
    fill(form, key["type"], key["right"])
    form.locator(".act .btn:not(.plain)").click()
    expect(form.locator(".verdict strong")).to_contain_text("Right")
    page.locator("nav a[lang=lv]").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "lv")

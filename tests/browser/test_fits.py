"""Every page on the narrowest screen and a thin line, and a quiz by keyboard alone."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .places import LEARNER, NAMES, Place
from .running import RunningSite
from .taking import attempt_in, keys
from .weighing import HTML_AND_CSS, of_type, sent

NARROW = {"width": 320, "height": 640}


# What may be scrolled sideways by itself, and what is for ears only, is not too wide.
TOO_WIDE = """() => {
    const scrolls = (one) => ['auto', 'scroll'].includes(getComputedStyle(one).overflowX);
    const apart = (one) => one && (one.matches('.vh') || scrolls(one) || apart(one.parentElement));
    const all = [...document.querySelectorAll('main *')].filter((one) => one.checkVisibility());
    const far = all.filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !apart(one));
    return [document.documentElement.scrollWidth, far.slice(0, 5).map((one) => one.outerHTML.slice(0, 120))];
}"""


@pytest.mark.parametrize("name", NAMES)
def test_every_page_fits_a_small_phone_and_a_thin_line(window: Any, places: dict[str, Place], name: str) -> None:
    place = places[name]
    page = window(LEARNER if place.signed_in else "", viewport=NARROW, traced=False)
    window.watch(page).expect(f"status of {place.status}")
    reply = page.goto(place.path)
    page.wait_for_load_state("networkidle")
    whole = sent(reply.request, *of_type(window, page, "stylesheet"))
    assert 0 < whole <= HTML_AND_CSS, f"{page.url} has {whole} bytes of text and style"
    width, widest = page.evaluate(TOO_WIDE)
    assert width <= 320 and not widest, f"{page.url} is {width} wide: {widest}"


def press_until_focused(page: Page, selector: str, most: int = 60) -> None:
    """Go on with Tab until the element has the focus, as a person without a mouse does."""
    for _ in range(most):
        if page.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached with Tab")


def test_a_quiz_is_taken_by_keyboard_alone(window: Any, site: RunningSite, pages: dict[str, Any]) -> None:
    email = "tastatura@example.lv"
    page = window(email)
    page.goto(f"/tests/{pages['lesson'][0]['quiz']}/")
    press_until_focused(page, "main form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/meginajums/**")
    known = keys(site, attempt_in(page))
    while page.locator(".step.on[data-exercise]").count():
        step = page.locator(".step.on")
        key = known[step.get_attribute("data-exercise")]
        TYPED[key["type"]](page, step, key["right"])
        press_until_focused(page, ".step.on [data-ask] .btn:not(.plain)")
        page.keyboard.press("Enter")
        expect(step.locator(".verdict")).to_have_attribute("data-v", "exact")
        expect(step.locator("[data-on] a")).to_be_focused()
        place = step.get_attribute("id")
        page.keyboard.press("Enter")
        expect(page.locator(f"#{place}.on")).to_have_count(0)
    expect(page.locator("h1")).to_have_text("Tests nokārtots")


def _choose(page: Page, step: Any, answer: Any) -> None:
    names = [f'input[value="{one}"]' for one in answer["chosen"]]
    radio(page, step, names[0])


def radio(page: Page, step: Any, wanted: str) -> None:
    """Reach a group of radio buttons and move in it with the arrow keys."""
    group = step.locator(wanted).get_attribute("name")
    press_until_focused(page, f'.step.on input[name="{group}"]')
    page.keyboard.press(" ")
    for _ in range(10):
        if step.locator(wanted).is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{wanted} cannot be reached with the arrow keys")


def _fill_gaps(page: Page, step: Any, answer: Any) -> None:
    for place, text in enumerate(answer["gaps"]):
        if step.locator(f'input[type=text][name="gap-{place}"]').count():
            press_until_focused(page, f'.step.on input[name="gap-{place}"]')
            page.keyboard.insert_text(text)
        else:
            radio(page, step, f'input[name="gap-{place}"][value="{text}"]')


def _match(page: Page, step: Any, answer: Any) -> None:
    for left, right in answer["pairs"].items():
        select = step.locator(f'select[name="pair-{left}"]')
        meaning = select.locator(f'option[value="{right}"]').text_content()
        slot = select.locator("xpath=preceding-sibling::button").get_attribute("id")
        start(page)
        press_until_focused(page, f'[id="{slot}"]')
        page.keyboard.press("Enter")
        press_text(page, ".step.on [data-bank] button", meaning)


def _order(page: Page, step: Any, answer: Any) -> None:
    for part in answer["order"]:
        text = step.locator(f'select[name="place-{part}"]').locator("xpath=preceding-sibling::label").text_content()
        start(page)
        press_text(page, ".step.on [data-bank] button", text)


def start(page: Page) -> None:
    """Go back to the question itself, so that Tab goes through it from its beginning."""
    page.locator(".step.on legend").focus()


FOCUSED_TEXT = "what => document.activeElement?.matches(what) ? document.activeElement.textContent : null"


def press_text(page: Page, selector: str, text: str) -> None:
    for _ in range(60):
        if page.evaluate(FOCUSED_TEXT, selector) == text:
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{text} cannot be reached with Tab")


def _write(page: Page, step: Any, answer: Any) -> None:
    press_until_focused(page, ".step.on input[name=text]")
    page.keyboard.insert_text(answer["text"])


TYPED = {"choice": _choose, "gap": _fill_gaps, "match": _match, "order": _order, "type": _write}

"""How a person answers: the same hands for practice in a lesson and for a quiz, with scripts and without."""

import time
from typing import Any

from playwright.sync_api import Locator, Page, expect

from .running import RunningSite


def fill(form: Locator, kind: str, answer: Any, *, scripted: bool = True) -> None:
    """Enter an answer (as the API would take it) into the form of an exercise."""
    FILLERS[kind](form, answer, scripted)


def _choice(form: Locator, answer: Any, scripted: bool) -> None:
    for option in answer["chosen"]:
        form.locator(f'input[name="chosen"][value="{option}"]').check()


def _gap(form: Locator, answer: Any, scripted: bool) -> None:
    for place, text in enumerate(answer["gaps"]):
        field = form.locator(f'input[type="text"][name="gap-{place}"]')
        if field.count():
            field.fill(text)
        else:
            form.locator(f'input[name="gap-{place}"][value="{text}"]').check()


def _match(form: Locator, answer: Any, scripted: bool) -> None:
    for left, right in answer["pairs"].items():
        select = form.locator(f'select[name="pair-{left}"]')
        if not scripted:
            select.select_option(right)
            continue
        meaning = select.locator(f'option[value="{right}"]').text_content()
        select.locator("xpath=preceding-sibling::button").click()
        form.locator("[data-bank]").get_by_role("button", name=meaning, exact=True).click()


def _order(form: Locator, answer: Any, scripted: bool) -> None:
    for place, part in enumerate(answer["order"], 1):
        select = form.locator(f'select[name="place-{part}"]')
        if not scripted:
            select.select_option(str(place))
            continue
        text = select.locator("xpath=preceding-sibling::label").text_content()
        form.locator("[data-bank]").get_by_role("button", name=text, exact=True).first.click()


def _type(form: Locator, answer: Any, scripted: bool) -> None:
    form.locator('input[name="text"]').fill(answer["text"])


def _dialogue(form: Locator, answer: Any, scripted: bool) -> None:
    for turn, option in enumerate(answer["chosen"]):
        form.locator(f'input[name="turn-{turn}"][value="{option}"]').check()


def _picture(form: Locator, answer: Any, scripted: bool) -> None:
    if scripted:
        form.locator("[data-list] button").click()
    form.locator(f'input[name="area"][value="{answer["area"]}"]').check()


FILLERS = {"choice": _choice, "gap": _gap, "match": _match, "order": _order, "type": _type}
FILLERS |= {"dialogue": _dialogue, "picture": _picture}


def hears(page: Page, seconds: float = 10) -> bool:
    """Say whether the page's player really gets past the beginning of a sound."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        # Not wait_for_function: it evaluates inside the page, which the content policy forbids.
        if page.evaluate("document.getElementById('player').currentTime") > 0:
            return True
        page.wait_for_timeout(50)
    return False


def open_practice(page: Page, site: RunningSite, place: int = 0) -> tuple[Locator, dict[str, Any]]:
    """Return an exercise of the lesson on the page that is ready to be answered, and its key."""
    form = page.locator("exercise-form[data-check]").nth(place)
    form.scroll_into_view_if_needed()
    expect(form.locator(".act")).to_be_visible()
    exercise = form.get_attribute("data-check").rstrip("/").split("/")[-2]
    return form, site.ask("key_of_exercise", exercise)


def begin(page: Page, quiz: str, prefix: str = "") -> str:
    """Start a quiz from its own page; return the attempt's id."""
    page.goto(f"{prefix}/tests/{quiz}/")
    page.locator("form[method=post] button.btn").click()
    page.wait_for_url("**/meginajums/**")
    return attempt_in(page)


def attempt_in(page: Page) -> str:
    return page.url.split("#")[0].rstrip("/").rsplit("/", 1)[-1]


def keys(site: RunningSite, attempt: str) -> dict[str, Any]:
    return {key["exercise"]: key for key in site.ask("key_of_attempt", attempt)}


def enter(page: Page, known: dict[str, Any], *, right: bool = True) -> str:
    """Enter an answer to the question that is shown and send it; return the exercise."""
    step = page.locator(".step.on")
    exercise = step.get_attribute("data-exercise")
    key = known[exercise]
    fill(step, key["type"], key["right" if right else "wrong"])
    step.locator("[data-ask] .btn:not(.plain)").click()
    return exercise


def answer_step(page: Page, known: dict[str, Any], *, right: bool = True) -> str:
    """Answer the question that is shown and wait for its verdict; return the exercise."""
    exercise = enter(page, known, right=right)
    verdict = page.locator(f'.step.on[data-exercise="{exercise}"] .verdict')
    verdict.wait_for()  # `expect` alone looks again too seldom, and a course has hundreds of questions
    expect(verdict).to_have_attribute("data-v", "exact" if right else "wrong")
    return exercise


def go_on(page: Page) -> None:
    """Follow “Next” from the question that is shown, and wait for what comes."""
    step = page.locator(".step.on")
    before = step.get_attribute("id")
    step.locator("[data-on] a").click()
    page.locator(f"#{before}.on").wait_for(state="detached")


def take(page: Page, site: RunningSite, *, right: bool = True) -> None:
    """Answer everything that is left of an attempt with feedback at once, up to the result."""
    known = keys(site, attempt_in(page))
    while page.locator(".step.on[data-exercise]").count():
        # After a reload the question answered last is shown again, with its verdict.
        if page.locator(".step.on").get_attribute("data-answered") is None:
            answer_step(page, known, right=right)
        go_on(page)
    expect(page.locator("main .wheel.big")).to_be_visible()


def take_to_the_end(page: Page, site: RunningSite) -> None:
    """Answer all questions of an attempt that gives its feedback at the end, and hand in."""
    known = keys(site, attempt_in(page))
    for _ in known:
        exercise = enter(page, known)
        page.locator(f'.step.on[data-exercise="{exercise}"]').wait_for(state="detached")
    expect(page.locator("#finish")).to_be_visible()
    expect(page.locator(".result .verdict")).to_have_count(0)
    page.locator("#finish button").click()
    expect(page.locator("main .wheel.big")).to_be_visible()

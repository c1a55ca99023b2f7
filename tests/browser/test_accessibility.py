"""axe-core finds nothing on any type of page, in light and dark, on a desk and on a phone."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .conftest import DESKTOP, PHONE
from .places import LEARNER, NAMES, Place

AXE = (Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js").read_text()


def violations(page: Page) -> list[str]:
    """Return what axe finds. It is evaluated, not loaded: the content policy admits no foreign script."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(
        "axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations)"
    )
    return [f"{one['id']}: {one['help']}\n{where(one['nodes'])}" for one in found]


def where(nodes: list[dict[str, Any]]) -> str:
    return "\n".join(f"  {node['target']} {node['failureSummary']}" for node in nodes[:5])


def assert_clean(page: Page) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = violations(page)
        assert not found, f"{page.url} in {scheme}, {page.viewport_size}:\n" + "\n".join(found)


@pytest.mark.parametrize("name", NAMES)
def test_no_page_shuts_anybody_out(window: Any, places: dict[str, Place], name: str) -> None:
    place = places[name]
    page = window(LEARNER if place.signed_in else "", viewport=DESKTOP, traced=False)
    window.watch(page).expect(f"status of {place.status}")
    assert page.goto(place.path).status == place.status
    page.wait_for_load_state("networkidle")
    assert_clean(page)
    page.set_viewport_size(PHONE)
    assert_clean(page)


def test_the_open_card_of_a_word_shuts_nobody_out(window: Any, places: dict[str, Place]) -> None:
    page = window(viewport=PHONE)
    page.goto(places["lesson"].path)
    page.locator("a.mark").first.click()
    expect(page.locator("#card")).to_be_visible()
    assert_clean(page)


def test_the_open_menu_of_a_phone_shuts_nobody_out(window: Any, places: dict[str, Place]) -> None:
    page = window(viewport=PHONE)
    page.goto(places["home"].path)
    page.locator(".nav-open").click()
    expect(page.locator("#nav")).to_be_visible()
    assert_clean(page)

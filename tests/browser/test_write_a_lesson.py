"""Somebody who has never written a lesson opens the guide and does what it says, word for word.

The steps are read from docs/how-to/uzraksti-nodarbibu.md as it stands: a button that is called otherwise, or a step
that no longer leads on, fails here.
"""

import re
from typing import Any

import pytest
from django.utils import translation
from playwright.sync_api import Page, expect

from lessons.checking.findings import RULES

from . import guide
from .following import Follower
from .guide_site import GUIDE, LESSON, author, made_ready
from .running import RunningSite

HANDED_IN = "Nododiet pārbaudei"
PHONE = {"width": 390, "height": 844}


def test_the_guide_leads_to_a_whole_lesson_and_a_learner_meets_it(window: Any, site: RunningSite) -> None:
    parts = [part for part in guide.read(GUIDE) if isinstance(part, guide.Step)]
    with made_ready(site):
        before = errors(site)
        page = window(traced=False)
        # A draft that saves itself while a block is half filled is refused, and tried again at the next change.
        window.watch(page).expect(r"400 \(Bad Request\) \(\S+/admin/pages/(add|\d+)/")
        reader = Follower(page, author(site))
        for step in (part for part in parts if part.section != HANDED_IN):
            reader.follow(step)
        made = site.ask("lesson_called", LESSON)
        assert not made["live"], "a draft: no learner has seen anything yet"
        for step in (part for part in parts if part.section == HANDED_IN):
            reader.follow(step)
        assert not site.ask("lesson_called", LESSON)["live"], "others read it first"
        assert site.ask("let_through", LESSON) == ["Dzimtās valodas recenzents", "Redaktors"]
        made = site.ask("lesson_called", LESSON)
        assert made["live"]
        assert {rule for rule, _place in errors(site) - before} == announced()
        assert {"dialogue", "grammar", "culture", "situations", "gap", "practice"} <= set(made["blocks"])
        meet_it(window("lasitaja@example.lv", viewport=PHONE, traced=False), made)


def errors(site: RunningSite) -> set[tuple[str, str]]:
    """Return what the check of the course finds wrong at this moment."""
    return {(rule, place) for rule, place in site.ask("course_errors")}


def announced() -> set[str]:
    """Return the rules that the guide says the lesson will still break."""
    titles = set(re.findall(r"^\| \*\*(.+?)\*\* \|", guide.text(GUIDE), re.M))
    with translation.override("lv"):
        found = {rule for rule, (_kind, title, _message) in RULES.items() if str(title) in titles}
    assert len(found) == len(titles)
    return found


def meet_it(page: Page, made: dict[str, Any]) -> None:
    page.goto(made["path"])
    expect(page.get_by_role("heading", level=1)).to_contain_text(LESSON)
    expect(page.locator(".words [lang=rml]").filter(has_text="bakri").first).to_be_visible()
    for place in page.locator("exercise-form").all():  # all but the first come when the learner is near
        place.scroll_into_view_if_needed()
    form = page.locator("exercise-form").filter(has=page.locator("[lang=rml]", has_text="bakri")).first
    form.get_by_label("aita", exact=True).check()
    form.locator(".act .btn:not(.plain)").click()
    expect(form.locator(".verdict")).to_have_attribute("data-v", "exact")
    page.goto(f"/tests/{made['quiz']}/")
    expect(page.locator("form[method=post] button.btn")).to_be_visible()
    page.close()  # what was read may still be on its way when the lesson is taken away again


# --- whoever follows must not be content with anything ------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Spiediet **Tādas pogas nav**.",
        "Laukā **Tāda lauka nav** ierakstiet `x`.",
        "Kaut kā izdariet, lai viss būtu labi.",
        "Pie `Tādas rindas nav` spiediet **Turpināt**.",
        "Jūs redzat `to, kā nav`.",
    ],
)
def test_a_step_that_cannot_be_followed_fails(window: Any, site: RunningSite, text: str) -> None:
    page = window(traced=False)
    reader = Follower(page, author(site))
    reader.patience = 300
    page.goto("/admin/login/")
    with pytest.raises(AssertionError) as failure:
        reader.follow(guide.Step("Sadaļa", 1, text))
    assert text in failure.value.__notes__[0]


def test_no_numbered_line_of_the_guide_is_passed_over() -> None:
    steps = [part for part in guide.read(GUIDE) if isinstance(part, guide.Step)]
    assert len(steps) == len(re.findall(r"^\s*\d+[.)]", guide.text(GUIDE), re.M))
    numbers: dict[str, list[int]] = {}
    for step in steps:
        numbers.setdefault(step.section, []).append(step.number)
    assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())
    pictures = [part for part in guide.read(GUIDE) if isinstance(part, guide.Picture)]
    assert len(pictures) == guide.text(GUIDE).count("![")

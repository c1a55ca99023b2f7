"""A hint that costs in a real browser: asked for by the learner, shown in its place, and never instead of an answer."""

import pytest
from playwright.sync_api import expect

from progress.models import Answer, OpenedHint
from tests.lessons import building

from .test_browser_quiz import begin, shown, write

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db]


@pytest.fixture
def paid(course):
    hints = [{"text_lv": "Ģimenē.", "text_en": "In the family.", "cost": 25}, {"text_lv": "Četri burti.", "cost": 10}]
    bank = [
        building.exercise("type", item="phal", mode="translate", hints=hints),
        building.exercise("type", item="raj", mode="translate", hints=hints[:1]),
    ]
    made = building.quiz(bank)
    building.lesson(course, "Padomi", test=made)
    return made


def test_a_hint_is_opened_by_keyboard_keeps_what_is_typed_and_is_charged_once(visit, anna, paid):
    window = visit(anna)
    begin(window, paid)
    step = shown(window.page)
    step.locator("input[name=text]").fill("pha")
    button = step.get_by_role("button", name="Hint (costs 25 %)", exact=True)
    window.is_offline = True
    button.press("Enter")
    expect(step.locator("[data-hint-said]")).to_contain_text("needs a connection")
    assert not OpenedHint.objects.exists()
    window.is_offline = False
    button.press("Enter")
    expect(step.get_by_text("In the family.")).to_be_focused()
    expect(step.locator("[data-hint-said]")).to_be_empty()
    expect(step.get_by_role("button", name="One more hint (costs 10 %)")).to_be_visible()
    expect(step.locator("input[name=text]")).to_have_value("pha")
    assert OpenedHint.objects.count() == 1 and not Answer.objects.exists()
    # Enter in the field answers.
    step.locator("input[name=text]").fill("phal")
    step.locator("input[name=text]").press("Enter")
    expect(step.locator(".result")).to_contain_text("1 hint: −25 %")
    assert OpenedHint.objects.count() == 1 and Answer.objects.get().hint_cost == 25
    expect(step.locator("[data-hint-said]")).to_be_empty()
    # After the answer the rest is free, and says so.
    free = step.get_by_role("button", name="One more hint", exact=True)
    free.click()
    expect(step.get_by_text("Četri burti.")).to_be_visible()
    assert OpenedHint.objects.count() == 1


def test_an_answer_on_its_way_goes_before_the_hint(visit, anna, paid):
    window = visit(anna)
    begin(window, paid)
    page = window.page
    window.is_offline = True
    step = write(page, "phal")
    expect(step.locator("#connection .verdict")).to_contain_text("No connection")
    step.locator("[name=hint]").first.click()
    expect(step.locator("[data-hint-said]")).to_contain_text("needs a connection")
    window.is_offline = False
    step.locator("[name=hint]").first.click()
    expect(step.get_by_text("In the family.")).to_be_visible()
    assert Answer.objects.get().hint_cost == 0 and not OpenedHint.objects.exists()

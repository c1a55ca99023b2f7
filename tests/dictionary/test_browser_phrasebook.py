"""The phrasebook in a real browser: one phrase over the whole screen, and one sheet of paper."""

import re

import pytest
from django.utils import translation
from playwright.sync_api import expect

from cms.models import HomePage
from dictionary.models import PhrasebookPage
from tests.making import make_dictionary, make_entry

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db]

PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def home():
    return HomePage.objects.get(locale__language_code="en")


@pytest.fixture
def door(home):
    """The address of a situation as full as the starter course's."""
    greeting = make_entry("rl0736", "lačho dīs", "labdien", english="good day", kind="phrase")
    thanks = make_entry("ph0326", "najis-ta", "paldies!", english="thanks!", kind="phrase", heard="native",
                        review_state="reviewed", reviewed_on="2027-05-28")  # fmt: skip
    lines = [
        {"entry": greeting, "literal": "good + day", "courtesy": "Greet first. " * 6, "understand_only": False},
        {"entry": thanks, "literal": "", "courtesy": "", "understand_only": False},
    ]
    for number in range(10):
        heard = make_entry(f"x{number}", "iepindžkirel pes", "iepazīties", english="make acquaintance", kind="phrase")
        line = {"entry": heard, "literal": "introduce + oneself", "courtesy": "", "understand_only": number > 3}
        lines.append(line)
    value = {"heading": "At the door", "key": "door", "introduction": "A home visit.", "items": lines}
    body = [("situation", value | {"questions": ["How does one ask whether one may come in?"] * 2})]
    page = home.add_child(instance=PhrasebookPage(title="Phrasebook", slug="phrasebook", locale=home.locale, body=body))
    return f"{page.url}door/"


def test_a_phrase_fills_the_screen_and_closing_leads_back(visit, door):
    page = visit(viewport=PHONE).open(door)
    link = page.locator("#rl0736 [data-show]")
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="lačho dīs")
    expect(dialog).to_be_visible()
    assert dialog.bounding_box() == {"x": 0, "y": 0, **PHONE}
    expect(dialog).to_contain_text("good day")
    expect(dialog).to_contain_text("Synthetic voice")
    expect(dialog).to_contain_text("Not reviewed by a native speaker yet")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()


def test_the_dialog_says_of_each_phrase_what_is_true_of_it(visit, door):
    page = visit(viewport=PHONE).open(door)
    page.locator("#rl0736 [data-show]").click()
    page.get_by_role("button", name="Close").click()
    page.locator("#ph0326 [data-show]").click()
    dialog = page.get_by_role("dialog", name="najis-ta")
    expect(dialog.get_by_text("Synthetic voice", exact=True)).to_be_hidden()
    expect(dialog.get_by_text("Not reviewed by a native speaker yet")).to_be_hidden()
    expect(dialog.locator(".hear")).to_have_count(1)


def test_the_phrase_is_heard_from_the_dialog_and_a_failure_is_seen_there(visit, door):
    window = visit(viewport=PHONE)
    page = window.open(door)
    page.locator("#rl0736 [data-show]").click()
    window.failing["/audio/"] = 503
    sound = page.locator("dialog .hear")
    expect(sound).to_have_attribute("role", "button")
    sound.click()
    expect(page.locator("dialog #announcement")).to_contain_text("It could not be played.")
    page.keyboard.press("Escape")
    expect(page.locator("body > #announcement")).to_have_count(1)


def test_without_scripts_the_sign_leads_to_the_word_in_the_dictionary(visit, home, door):
    make_dictionary(home, title="Dictionary", slug="dictionary", locale=home.locale)
    page = visit(viewport=PHONE, java_script_enabled=False).open(door)
    page.locator("#rl0736 [data-show]").click()
    expect(page.get_by_role("heading", name="lačho dīs")).to_be_visible()
    assert page.url.endswith("/en/dictionary/rl0736/")


def test_a_full_situation_prints_on_one_sheet(visit, door):
    page = visit().open(door)
    page.emulate_media(media="print")
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator("#rl0736 .hear")).to_be_hidden()
    expect(page.get_by_text("To hear the words:")).to_be_visible()
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True))
    assert len(sheets) == 1

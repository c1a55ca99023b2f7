"""A reviewer with a phone, and one with a keyboard: sign, say it differently, take back, go on."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cms.models import FieldComment
from dictionary.models import Entry, SignOff
from tests.dictionary.signing import reviewer, sign

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db]
QUEUE = "/admin/review/words/"
AXE = Path("tests/vendor/axe.min.js")
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}


def word(page, text):
    expect(page.locator("#word-text")).to_have_text(text)


def reviewed():
    return set(Entry.objects.filter(review_state="reviewed").values_list("text", flat=True))


def test_on_a_phone_three_are_signed_one_taken_back_and_one_said_differently(visit, zane, words):
    visited = visit(zane, **PHONE)
    page = visited.open(QUEUE)
    for text, following in (("dīs", "duj"), ("duj", "lačho"), ("lačho", "You have looked at every word")):
        word(page, text)
        page.get_by_role("button", name="Right as it is").tap()
        word(page, following)
    assert reviewed() == {"dīs", "duj", "lačho"}
    page.get_by_role("button", name="Take back").tap()
    word(page, "lačho")
    assert reviewed() == {"dīs", "duj"}
    page.get_by_text("We say it differently…").tap()
    expect(page.get_by_label("How do you say it?")).to_be_focused()
    page.get_by_role("button", name="Send to the editor").tap()
    expect(page.get_by_text("Write how you say it.")).to_be_visible()
    expect(page.get_by_label("How do you say it?")).to_be_focused()
    page.get_by_label("How do you say it?").fill("lačhi")
    page.get_by_role("button", name="Send to the editor").tap()
    word(page, "You have looked at every word")
    assert SignOff.objects.get(verdict="differently").form == "lačhi"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert len([one for one in visited.requests if one[1] == "/static/review/words.js"]) == 1, "loaded once"


def test_every_control_is_big_enough_for_a_thumb(visit, zane, words):
    page = visit(zane, **PHONE).open(QUEUE)
    page.get_by_text("Something is wrong…").tap()
    small = page.evaluate(
        """() => [...document.querySelectorAll("#word :is(button, summary, select, textarea, .word-check)")]
        .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 40).map((one) => one.textContent)"""
    )
    assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read_and_used_by_everybody(visit, zane, words, scheme):
    sign(words[0], reviewer("Anna", signs_as="Anna"), "differently", form="dives", note="At home.")
    sign(words[0], zane, "wrong", field="text", note="?")
    visited = visit(zane, color_scheme=scheme, **PHONE)

    def faults(address):
        page = visited.open(address)
        for fold in page.locator("details.word-more").all():
            fold.evaluate("(one) => { one.name = ''; one.open = true; }")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document.querySelector('.review')).then((found) => found.violations)")
        return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found]

    for address in (f"{QUEUE}?word=rl0375", f"{QUEUE}name/", f"{QUEUE}mine/", f"{QUEUE}?theme=core&taught=1"):
        assert faults(address) == [], address


def test_by_keys(visit, zane, words):
    page = visit(zane).open(QUEUE)
    word(page, "dīs")
    page.keyboard.press("1")
    word(page, "duj")
    page.keyboard.press("z")
    word(page, "dīs")
    assert reviewed() == set()
    page.keyboard.press("4")
    word(page, "duj")
    page.keyboard.press("3")
    page.get_by_label("How should it be?").fill("1 is no key here")
    page.keyboard.press("Escape")
    expect(page.get_by_label("How should it be?")).to_be_hidden()
    page.locator("#word-text").focus()
    page.keyboard.press("3")
    expect(page.get_by_label("How should it be?")).to_have_value("1 is no key here")
    page.get_by_role("button", name="Send to the editor").locator("visible=true").click()
    word(page, "lačho")
    assert FieldComment.objects.get().text == "1 is no key here"


def test_without_a_connection_nothing_typed_is_lost(visit, zane, words):
    visited = visit(zane, **PHONE)
    page = visited.open(QUEUE)
    page.get_by_text("We say it differently…").tap()
    page.get_by_label("How do you say it?").fill("dives")
    visited.is_offline = True
    page.get_by_role("button", name="Send to the editor").tap()
    expect(page.get_by_text("No connection. Nothing was saved.")).to_be_visible()
    expect(page.get_by_label("How do you say it?")).to_have_value("dives")
    visited.is_offline = False
    page.get_by_role("button", name="Send to the editor").tap()
    word(page, "duj")
    assert SignOff.objects.get().form == "dives"


def test_a_comment_is_marked_as_done_and_what_is_typed_in_the_editor_stays(visit, editor, zane, words):
    sign(words[0], zane, "wrong", field="text", note="Not this.")
    page = visit(editor).open(reverse(Entry.snippet_viewset.get_url_name("edit"), args=[words[0].pk]))
    page.locator("#id_note").fill("half a sentence")
    page.locator("[data-comment-done]").click()
    expect(page.get_by_text("Done. Thank you.")).to_be_visible()
    expect(page.locator("#id_note")).to_have_value("half a sentence")
    assert FieldComment.objects.get().resolved_by == editor

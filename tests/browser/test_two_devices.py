"""One attempt on two devices, one of them without a connection: what arrives first counts, and all is kept."""

import re
from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect

from .running import RunningSite
from .taking import answer_step, attempt_in, begin, enter, go_on, keys, take

PHONE = {"width": 390, "height": 844}
GONE = "ERR_INTERNET_DISCONNECTED"


def answer_offline(page: Page, known: dict[str, Any]) -> str:
    exercise = enter(page, known)
    expect(page.locator("#connection .verdict")).to_have_attribute("data-v", "notice")
    go_on(page)
    return exercise


def test_answers_of_a_phone_that_was_offline_join_those_of_the_desk(
    window: Any, site: RunningSite, pages: dict[str, Any]
) -> None:
    email = "divas-ierices@example.lv"
    phone, desk = window(email, viewport=PHONE, has_touch=True), window(email)
    window.watch(phone).expect(GONE)
    attempt = begin(phone, pages["lesson"][1]["quiz"])
    known = keys(site, attempt_in(phone))
    desk.goto(phone.url)
    # The phone loses its connection and answers three questions; meanwhile the first is answered on the desk, wrongly.
    phone.context.set_offline(True)
    [first, *others] = [answer_offline(phone, known) for _ in range(3)]
    assert site.ask("attempts", email)[0]["answers"] == []
    assert answer_step(desk, known, right=False) == first
    # A reload without a connection takes the page away, not the answers.
    with pytest.raises(Error, match=GONE):
        phone.reload()
    # The phone finds its connection again: its first answer comes too late to count, the others count.
    phone.context.set_offline(False)
    phone.goto(f"/tests/meginajums/{attempt}/")
    for exercise in others:
        expect(phone.locator(f'.step[data-exercise="{exercise}"] .verdict')).to_have_attribute("data-v", "exact")
    expect(phone.locator(f'.step[data-exercise="{first}"] .verdict')).to_have_attribute("data-v", re.compile("wrong"))
    take(phone, site)
    desk.goto(f"/tests/meginajums/{attempt}/")
    expect(desk.locator("main .wheel.big")).to_be_visible()
    assert desk.locator(".lead").inner_text() == phone.locator(".lead").inner_text()
    [row] = site.ask("attempts", email)
    assert Counter(one["exercise"] for one in row["answers"]) == Counter([*known, first])
    assert len({one["id"] for one in row["answers"]}) == len(known) + 1
    assert row["score"] == pytest.approx((len(known) - 1) / len(known))

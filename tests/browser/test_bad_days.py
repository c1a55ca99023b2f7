"""What goes wrong has an outcome that was thought of: nothing is lost, nothing counts twice, nobody sees a 500."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from .calling import Caller
from .running import RunningSite
from .taking import answer_step, attempt_in, begin, fill, go_on, hears, keys, take

GONE = "ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED)"


@pytest.fixture
def quiz(pages: dict[str, Any]) -> str:
    return pages["lesson"][1]["quiz"]


def started(call: Caller, quiz: str) -> tuple[str, list[str]]:
    """Start an attempt; return it and its exercises."""
    attempt = str(uuid4())
    reply = call("POST", f"/api/v1/quizzes/{quiz}/attempts/", {"id": attempt})
    assert reply.status == 201
    return attempt, [one["exercise"]["id"] for one in reply.data["exercises"]]


# --- addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "says"), [("/nav-tadas/", "Šādas lapas nav"), ("/en/no-such/", "There is no such page")]
)
def test_an_unknown_address_leads_on(window: Any, path: str, says: str) -> None:
    page = window()
    window.watch(page).expect("status of 404")
    assert page.goto(path).status == 404
    expect(page.locator("h1")).to_contain_text(says)
    expect(page.locator("main form[role=search]")).to_be_visible()
    page.locator("main a.btn").click()
    expect(page.locator(".hero")).to_be_visible()


def test_an_unknown_address_of_the_api_has_the_one_shape(site: RunningSite) -> None:
    for path in ("/api/v1/nope/", "/api/", f"/api/v1/quizzes/{uuid4()}/", "/api/v1/words/rl9999/"):
        reply = Caller(site)("GET", path)
        assert (reply.status, reply.type) == (404, "application/problem+json"), path
        assert {"type", "title", "status"} <= reply.data.keys()


def test_somebody_elses_attempt_is_as_unknown_as_none(window: Any, site: RunningSite, quiz: str) -> None:
    owner, other = Caller(site, "pirma@example.lv"), Caller(site, "otra@example.lv")
    theirs, [exercise, *_] = started(owner, quiz)
    unknown = str(uuid4())
    calls = [
        ("GET", "/api/v1/attempts/{}/", None),
        ("PUT", f"/api/v1/attempts/{{}}/responses/{exercise}/", {"answer": None}),
        ("POST", "/api/v1/attempts/{}/submit/", {}),
    ]
    for method, path, data in calls:
        replies = [other(method, path.format(uuid), data) for uuid in (theirs, unknown)]
        assert replies[0] == replies[1] and replies[0].status == 404
    page = window("otra@example.lv")
    window.watch(page).expect("status of 404")
    shown = []
    for uuid in (theirs, unknown):
        assert page.goto(f"/tests/meginajums/{uuid}/").status == 404
        shown.append(page.locator("main").inner_html())
    assert shown[0] == shown[1]
    reply = other("POST", f"/api/v1/quizzes/{quiz}/attempts/", {"id": theirs})
    assert reply.status == 404, "its id cannot be taken either"


# --- answers that are none -------------------------------------------------------------------------

SHAPES: list[Any] = [
    *([], "x", 7, True, {}),
    *({"chosen": "x"}, {"chosen": [7]}, {"chosen": ["no-such-option"]}, {"chosen": ["a"] * 5000}),
    *({"text": 5}, {"text": "a" * 100_000}, {"text": "\x00"}),
    *({"pairs": []}, {"pairs": {"a": {"b": 1}}}, {"order": [[]]}, {"gaps": {}}),
    {"chosen": [], "score": 1},
]
BODIES = [
    *(b"", b"{", b"[1]", b"null", b"\xff\xfe"),
    *(b'{"answer": NaN}', b'{"answer": 1e999}'),
    b'{"answer": ' + b"[" * 5000 + b"]" * 5000 + b"}",
]


def test_an_answer_of_the_wrong_shape_is_refused_by_name_and_leaves_nothing(site: RunningSite, quiz: str) -> None:
    email = "forma@example.lv"
    call = Caller(site, email)
    attempt, exercises = started(call, quiz)
    for exercise in exercises:
        address = f"/api/v1/attempts/{attempt}/responses/{exercise}/"
        sent = [call("PUT", address, {"answer": shape}) for shape in SHAPES]
        sent += [call("PUT", address, raw=body) for body in BODIES]
        sent.append(call("PUT", address, {"answer": None, "correct": True}))
        for reply in sent:
            assert reply.type in ("application/problem+json", "application/json")
            assert reply.status in (400, 413), reply
            assert reply.type == "application/problem+json" and ("errors" in reply.data or reply.data["detail"])
    [row] = site.ask("attempts", email)
    assert row["answers"] == []


# --- a quiz that moves ------------------------------------------------------------------------------


def test_a_quiz_changed_while_it_is_taken_stays_as_it_was_begun(
    window: Any, site: RunningSite, pages: dict[str, Any], quiz: str
) -> None:
    email = "mainas@example.lv"
    page = window(email)
    begin(page, quiz)
    known = keys(site, attempt_in(page))
    count = len(known)
    first = answer_step(page, known)
    left = [exercise for exercise in known if exercise != first]
    before = site.ask("replace_quiz_items", quiz, [first])
    try:
        site.ask("unpublish_exercise", left[0])
        site.ask("take_away_page", pages["lesson"][1]["id"])
        page.reload()
        take(page, site)
        expect(page.locator("h1")).to_have_text("Tests nokārtots")
        page.goto(f"/tests/{quiz}/")
    finally:
        site.ask("replace_quiz_items", quiz, before)
        site.ask("publish_exercise", left[0])
        site.ask("bring_back_page", pages["lesson"][1]["id"])
        window.watch(page).expect("status of 404")
    [attempt] = site.ask("attempts", email)
    assert (attempt["score"], len(attempt["answers"])) == (1.0, count)
    reply = page.goto(f"/tests/{quiz}/")
    assert reply.status == 200


# --- more than one at a time -------------------------------------------------------------------------


def test_two_tabs_are_one_attempt_and_the_first_answer_counts(window: Any, site: RunningSite, quiz: str) -> None:
    email = "divas@example.lv"
    page = window(email)
    begin(page, quiz)
    known = keys(site, attempt_in(page))
    other = page.context.new_page()
    other.goto(page.url)
    exercise = answer_step(page, known, right=True)
    # The other tab still shows the question open, and is answered wrongly.
    step = other.locator(f'.step[data-exercise="{exercise}"]')
    expect(step).to_have_class(re.compile("on"))
    fill(step, known[exercise]["type"], known[exercise]["wrong"])
    step.locator("[data-ask] .btn:not(.plain)").click()
    expect(step.locator(".verdict")).to_have_attribute("data-v", "exact")
    go_on(other)
    take(other, site)
    expect(other.locator("h1")).to_have_text("Tests nokārtots")
    # The first tab learns of the end with its next answer.
    go_on(page)
    step = page.locator(".step.on")
    key = known[step.get_attribute("data-exercise")]
    fill(step, key["type"], key["wrong"])
    step.locator("[data-ask] .btn:not(.plain)").click()
    expect(page.locator("h1")).to_have_text("Tests nokārtots")
    [attempt] = site.ask("attempts", email)
    assert attempt["score"] == 1.0


def test_a_start_sent_again_by_the_browser_starts_nothing_new(window: Any, site: RunningSite, quiz: str) -> None:
    email = "vēlreiz@example.lv".replace("ē", "e")
    page = window(email)
    first = begin(page, quiz)
    page.go_back()
    button = page.locator("main a.btn, main form button").first
    button.click()
    page.wait_for_url("**/meginajums/**")
    assert attempt_in(page) == first
    assert len(site.ask("attempts", email)) == 1


def test_the_same_request_three_times_gets_the_same_bytes(site: RunningSite, quiz: str) -> None:
    email = "trisreiz@example.lv"
    call = Caller(site, email)
    attempt = str(uuid4())
    replies = [call("POST", f"/api/v1/quizzes/{quiz}/attempts/", {"id": attempt}) for _ in range(3)]
    assert [reply.status for reply in replies] == [201, 200, 200]
    assert len({reply.body for reply in replies}) == 1
    for exercise, key in keys(site, attempt).items():
        data = {"answer": key["right"], "id": str(uuid4())}
        replies = [call("PUT", f"/api/v1/attempts/{attempt}/responses/{exercise}/", data) for _ in range(3)]
        assert {reply.status for reply in replies} == {200}
        assert len({reply.body for reply in replies}) == 1
    replies = [call("POST", f"/api/v1/attempts/{attempt}/submit/", {}) for _ in range(3)]
    assert {reply.status for reply in replies} == {200}
    assert len({reply.body for reply in replies}) == 1
    [row] = site.ask("attempts", email)
    assert (row["score"], len(row["answers"])) == (1.0, len(keys(site, attempt)))


def test_the_same_request_at_the_same_moment_is_one_row(site: RunningSite, quiz: str) -> None:
    email = "vienlaikus@example.lv"
    call = Caller(site, email)
    attempt = str(uuid4())
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: call("POST", f"/api/v1/quizzes/{quiz}/attempts/", {"id": attempt}), range(8)))
        assert sorted(reply.status for reply in replies) == [200] * 7 + [201]
        exercise, key = next(iter(keys(site, attempt).items()))
        data = {"answer": key["right"], "id": str(uuid4())}
        address = f"/api/v1/attempts/{attempt}/responses/{exercise}/"
        replies = list(pool.map(lambda _: call("PUT", address, data), range(8)))
    assert {reply.status for reply in replies} == {200}
    assert len({reply.body for reply in replies}) == 1
    [row] = site.ask("attempts", email)
    assert len(row["answers"]) == 1


# --- no connection, no server -------------------------------------------------------------------------


def answer_blind(page: Page, known: dict[str, Any]) -> None:
    """Answer the question that is shown and go on without a verdict."""
    step = page.locator(".step.on")
    key = known[step.get_attribute("data-exercise")]
    fill(step, key["type"], key["right"])
    step.locator("[data-ask] .btn:not(.plain)").click()
    expect(page.locator("#connection .verdict")).to_have_attribute("data-v", "notice")
    go_on(page)


def test_a_connection_lost_in_the_middle_costs_nothing(window: Any, site: RunningSite, quiz: str) -> None:
    email = "bez-tikla@example.lv"
    page = window(email)
    window.watch(page).expect(GONE)
    begin(page, quiz)
    known = keys(site, attempt_in(page))
    answer_step(page, known)
    go_on(page)
    page.context.set_offline(True)
    answer_blind(page, known)
    answer_blind(page, known)
    expect(page.locator("#connection")).to_contain_text("Nav savienojuma")
    page.context.set_offline(False)
    expect(page.locator("#connection")).not_to_contain_text("Nav savienojuma", timeout=15_000)
    take(page, site)
    expect(page.locator("h1")).to_have_text("Tests nokārtots")
    assert_each_counted_once(site, email, known)


def test_what_waited_on_the_device_is_sent_when_the_learner_comes_back(
    window: Any, site: RunningSite, quiz: str
) -> None:
    email = "aizvera@example.lv"
    page = window(email)
    window.watch(page).expect(GONE)
    attempt = begin(page, quiz)
    known = keys(site, attempt)
    page.context.set_offline(True)
    answer_blind(page, known)
    page.close()
    [row] = site.ask("attempts", email)
    assert row["answers"] == []
    page.context.set_offline(False)
    page = page.context.new_page()
    page.goto(f"/tests/{quiz}/")
    page.locator("main a.btn").click()
    page.wait_for_url(f"**/meginajums/{attempt}/**")
    take(page, site)
    assert_each_counted_once(site, email, known)


def test_a_server_killed_in_the_middle_goes_on_where_it_was(window: Any, site: RunningSite, quiz: str) -> None:
    email = "strava@example.lv"
    page = window(email)
    window.watch(page).expect(GONE)
    begin(page, quiz)
    known = keys(site, attempt_in(page))
    answer_step(page, known)
    go_on(page)
    site.kill()
    answer_blind(page, known)
    site.start()
    expect(page.locator("#connection")).not_to_contain_text("Nav savienojuma", timeout=60_000)
    take(page, site)
    expect(page.locator("h1")).to_have_text("Tests nokārtots")
    assert_each_counted_once(site, email, known)


def assert_each_counted_once(site: RunningSite, email: str, known: dict[str, Any]) -> None:
    [attempt] = site.ask("attempts", email)
    assert sorted(answer["exercise"] for answer in attempt["answers"]) == sorted(known)
    assert (attempt["submitted"], attempt["score"]) == (True, 1.0)


# --- a sound that is not there ------------------------------------------------------------------------


def test_a_missing_sound_says_so_and_the_page_goes_on(window: Any, site: RunningSite, pages: dict[str, Any]) -> None:
    page = window()
    window.watch(page).expect("status of 404")
    page.goto(pages["lesson"][0]["path"])
    rings = page.locator("main .words .hear")
    address = rings.first.get_attribute("href")
    files = [Path(path) for path in site.ask("sound_files", address)]
    hidden = [path.rename(path.with_name(f"{path.name}.away")) for path in files]
    try:
        rings.first.click()
        expect(page.locator("#announcement")).to_contain_text("Neizdevās atskaņot")
        expect(rings.first).to_have_attribute("aria-pressed", "false")
        rings.nth(1).click()
        assert hears(page)
    finally:
        for path, away in zip(files, hidden, strict=True):
            away.rename(path)
    page.wait_for_timeout(500)
    rings.first.click()
    assert hears(page)

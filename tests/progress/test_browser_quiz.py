"""A quiz in a real browser when things go wrong: what was answered is never lost, never twice, and never in the way."""

import pytest
from playwright.sync_api import expect

from progress.models import Answer, Attempt
from tests.inprocess import ORIGIN, go_on
from tests.lessons import building

from .conftest import items, right

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
def typing(course):
    """Three words to write, so that what matters here is the way to the server."""
    made = building.quiz([building.exercise("type", item=text, mode="translate") for text in ("phal", "raj", "dīs")])
    building.lesson(course, "Rakstīt", test=made)
    return made


@pytest.fixture
def quiet_typing(course):
    words = [building.exercise("type", item=text, mode="translate") for text in ("phal", "raj")]
    made = building.quiz(words, feedback="at_end")
    building.module_test(course, "Rakstīt beigās", made)
    return made


def begin(window, quiz):
    window.open(f"/en/tests/{quiz.uuid}/")
    window.page.get_by_role("button", name="Start the quiz").click()
    expect(window.page.locator(".step.on .keys")).to_be_visible()
    # The redirect was followed outside the browser; the address is the attempt's from here on.
    attempt = Attempt.objects.latest("id")
    window.open(f"/en/tests/meginajums/{attempt.uuid}/")
    expect(window.page.locator(".step.on .keys")).to_be_visible()
    return attempt


def shown(page):
    return page.locator(".step.on")


def write(page, text):
    step = shown(page)
    step.locator("input[name=text]").fill(text)
    step.get_by_role("button", name="Answer").click()
    return step


def waiting(page):
    """Return how many answers lie on the device."""
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('answer:')).length")


def all_sent(page):
    page.wait_for_function("!Object.keys(localStorage).some((key) => key.startsWith('answer:'))")
    return True


def kept():
    return {answer.content["text"] for answer in Answer.objects.exclude(content=None)}


def test_offline_the_learner_goes_on_and_everything_arrives_once(visit, anna, typing):
    window = visit(anna)
    begin(window, typing)
    page = window.page
    window.is_offline = True
    step = write(page, "phal")
    expect(step.locator("#connection .verdict")).to_contain_text("No connection")
    go_on(page)
    write(page, "raj")
    go_on(page)
    assert waiting(page) == 2 and not Answer.objects.exists()
    window.is_offline = False
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#connection")).to_have_text("The connection is back. All answers have arrived.")
    assert all_sent(page) and kept() == {"phal", "raj"} and Answer.objects.count() == 2
    expect(page.locator("#q1 .verdict[data-v=exact]")).to_have_count(1)


def test_answers_of_a_closed_tab_are_sent_when_it_opens_again(visit, anna, typing):
    window = visit(anna)
    attempt = begin(window, typing)
    window.is_offline = True
    expect(write(window.page, "phal").locator("#connection")).to_contain_text("No connection")
    window.page.close()
    window.is_offline = False
    window.page = window.context.new_page()
    window.open(f"/en/tests/meginajums/{attempt.uuid}/")
    expect(window.page.locator("#q1 .verdict")).to_have_count(1)
    expect(shown(window.page)).to_have_id("q2")
    assert all_sent(window.page) and kept() == {"phal"}


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_a_server_that_is_away_is_asked_again_by_itself(visit, anna, typing, status):
    window = visit(anna)
    begin(window, typing)
    page = window.page
    window.failing = {"/responses/": status}
    expect(write(page, "phal").locator("#connection")).to_contain_text("kept on this device")
    assert waiting(page) == 1
    window.failing = {}
    expect(shown(page).locator(".verdict[data-v=exact]")).to_be_visible(timeout=8000)
    assert all_sent(page) and Answer.objects.count() == 1


def test_a_refused_answer_says_so_and_does_not_hold_up_the_others(visit, anna, typing):
    window = visit(anna)
    attempt = begin(window, typing)
    page = window.page
    window.is_offline = True
    for text in ("phal", "raj"):
        write(page, text)
        go_on(page)
    first = items(attempt)[0].exercise_uuid
    window.failing = {f"/responses/{first}/": 400}
    window.is_offline = False
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#connection")).to_contain_text("Go to the question and answer it again.")
    assert all_sent(page) and kept() == {"raj"}
    window.failing = {}
    go_on(page, page.get_by_role("link", name="Go to the question and answer it again."))
    write(page, "phal")
    expect(shown(page).locator(".verdict[data-v=exact]")).to_be_visible()
    assert kept() == {"phal", "raj"}


def test_what_is_unknown_to_the_server_stays_on_the_device(visit, anna, typing):
    """On a shared device somebody else may be signed in meanwhile: 404 is no reason to forget Anna's answer."""
    window = visit(anna)
    attempt = begin(window, typing)
    window.failing = {"/responses/": 404}
    expect(write(window.page, "phal").locator(".result")).to_contain_text("could not be taken")
    assert waiting(window.page) == 1
    window.failing = {}
    window.open(f"/en/tests/meginajums/{attempt.uuid}/")
    expect(window.page.locator("#q1 .verdict[data-v=exact]")).to_have_count(1)
    assert all_sent(window.page)


@pytest.mark.parametrize("status", [401, 403])
def test_signed_out_in_the_middle_leads_to_sign_in_and_back(visit, anna, typing, status):
    window = visit(anna)
    attempt = begin(window, typing)
    window.failing = {"/responses/": status}
    step = write(window.page, "phal")
    expect(step.locator("#connection")).to_contain_text("You are signed out")
    link = window.page.get_by_role("link", name="Sign in and go on here")
    expect(link).to_have_attribute("href", f"/en/accounts/login/?next=/en/tests/meginajums/{attempt.uuid}/")
    assert waiting(window.page) == 1


def test_the_result_waits_for_every_answer(visit, anna, typing):
    window = visit(anna)
    attempt = begin(window, typing)
    page = window.page
    window.is_offline = True
    for text in ("phal", "raj", "dīs"):
        write(page, text)
        go_on(page)
    expect(page.locator("#connection")).to_contain_text("The result comes as soon as there is a connection.")
    assert Attempt.objects.get().is_open
    window.page.close()
    window.is_offline = False
    window.page = window.context.new_page()
    window.open(f"/en/tests/meginajums/{attempt.uuid}/")
    expect(window.page.get_by_role("heading", level=1)).to_have_text("Quiz passed")
    assert Attempt.objects.get().score == 1.0 and Answer.objects.count() == 3
    assert window.page.evaluate("localStorage.length") == 0


def test_of_two_tabs_the_first_answer_counts_and_both_show_it(visit, anna, typing):
    window = visit(anna)
    attempt = begin(window, typing)
    other = window.context.new_page()
    other.goto(f"{ORIGIN}/en/tests/meginajums/{attempt.uuid}/")
    write(window.page, "phal")
    expect(shown(window.page).locator(".verdict[data-v=exact]")).to_be_visible()
    step = write(other, "raj")
    expect(step.locator(".result")).to_contain_text("The first answer counts.")
    expect(step.locator(".verdict")).to_have_attribute("data-v", "exact")


def test_a_tab_left_open_after_the_end_shows_the_result(visit, anna, typing):
    window = visit(anna)
    attempt = begin(window, typing)
    window.client.post(f"/api/v1/attempts/{attempt.uuid}/submit/", {}, content_type="application/json")
    write(window.page, "phal")
    expect(window.page.get_by_role("heading", level=1)).to_have_text("Not passed yet")
    assert Answer.objects.get().is_late


def test_where_feedback_waits_answers_may_be_changed_until_they_are_handed_in(visit, anna, quiet_typing):
    window = visit(anna)
    begin(window, quiet_typing)
    page = window.page
    write(page, "qqq")
    expect(shown(page)).to_have_id("q2")
    shown(page).get_by_role("button", name="I don't know").click()
    expect(shown(page)).to_have_id("finish")
    expect(page.locator(".verdict")).to_have_count(0)
    page.get_by_role("link", name="Look through the answers").click()
    expect(shown(page).locator("input[name=text]")).to_have_value("qqq")
    write(page, "phal")
    page.go_back()
    page.goto(page.url.split("#")[0] + "#finish")
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator(".lead")).to_contain_text("Right 1 of 2")


def test_an_unanswered_question_is_named_before_handing_in(visit, anna, quiet_typing):
    window = visit(anna)
    begin(window, quiet_typing)
    page = window.page
    write(page, "phal")
    page.goto(page.url.split("#")[0] + "#finish")
    expect(page.locator("#open-questions a")).to_have_text(["Question 2 of 2"])
    page.locator("#open-questions a").click()
    expect(shown(page)).to_have_id("q2")


def test_the_browsers_back_leads_to_the_question_before_with_its_verdict(visit, anna, typing):
    window = visit(anna)
    begin(window, typing)
    page = window.page
    write(page, "phal")
    go_on(page)
    expect(shown(page)).to_have_id("q2")
    page.go_back()
    expect(shown(page)).to_have_id("q1")
    expect(shown(page).locator(".verdict[data-v=exact]")).to_be_visible()
    expect(shown(page).get_by_role("button", name="Answer")).to_be_hidden()


def test_the_letters_write_at_the_cursor(visit, anna, typing):
    window = visit(anna, **PHONE)
    begin(window, typing)
    field = shown(window.page).locator("input[name=text]")
    field.fill("lao")
    field.evaluate("(field) => field.setSelectionRange(2, 2)")
    shown(window.page).locator(".keys").get_by_role("button", name="čh").tap()
    expect(field).to_have_value("lačho")
    assert field.evaluate("(field) => [field.selectionStart, document.activeElement === field]") == [4, True]


def test_an_empty_answer_is_asked_for_at_the_field_and_sends_nothing(visit, anna, typing):
    window = visit(anna)
    begin(window, typing)
    step = write(window.page, "   ")
    expect(step.get_by_role("alert")).to_have_text("Write at least one word or choose “I don't know”.")
    expect(step.locator("input[name=text]")).to_be_focused()
    expect(step.locator("input[name=text]")).to_have_attribute("aria-invalid", "true")
    step.locator("input[name=text]").press_sequentially("p")
    expect(step.get_by_role("alert")).to_be_hidden()
    assert not window.asked("PUT", "/responses/")


# --- each type by mouse, touch and keyboard ------------------------------------------------------------


@pytest.fixture
def placing(course):
    made = building.quiz(
        [
            building.exercise("match", items=["ami", "na", "raj"], mode="meaning"),
            building.exercise("order", item="del lačho dīs", parts=[]),
        ]
    )
    building.lesson(course, "Salikt", test=made)
    return made


def meanings(item):
    return [(pair["item"]["text"], pair["item"]["meaning"]["en"]) for pair in item.version.definition["pairs"]]


def start_placing(window, quiz):
    window.open(f"/en/tests/{quiz.uuid}/")
    window.page.get_by_role("button", name="Start the quiz").click()
    expect(window.page.locator(".step.on [data-bank] button").first).to_be_visible()
    attempt = Attempt.objects.get()
    window.open(f"/en/tests/meginajums/{attempt.uuid}/")
    expect(window.page.locator(".step.on [data-bank] button").first).to_be_visible()
    return items(attempt)


@pytest.mark.parametrize("touch", [False, True])
def test_matching_and_ordering_by_tapping(visit, anna, placing, touch):
    window = visit(anna, **(PHONE if touch else {}))
    match, order = start_placing(window, placing)
    page = window.page

    def tap(locator):
        locator.tap() if touch else locator.click()

    bank = page.locator("#q1 [data-bank]")
    for word, meaning in meanings(match):
        row = page.locator("#q1 .match li").filter(has=page.locator("label", has_text=word))
        tap(row.locator("button.slot"))
        tap(bank.get_by_role("button", name=meaning, exact=True))
        expect(row.locator("button.slot")).to_have_text(meaning)
    first = page.locator("#q1 .match li").first.locator("button.slot")
    meaning = first.text_content()
    tap(first)
    expect(first).to_have_text("choose")
    tap(bank.get_by_role("button", name=meaning, exact=True))
    tap(shown(page).get_by_role("button", name="Answer"))
    expect(shown(page).locator(".verdict[data-v=exact]")).to_be_visible()
    tap(shown(page).get_by_role("link", name="Next"))
    bank, line = page.locator("#q2 [data-bank]"), page.locator("#q2 [data-line]")
    for part in ("lačho", "del"):
        tap(bank.get_by_role("button", name=part, exact=True))
    tap(line.get_by_role("button", name="lačho"))
    for part in ("lačho", "dīs"):
        tap(bank.get_by_role("button", name=part, exact=True))
    expect(line.get_by_role("button")).to_have_text(["del", "lačho", "dīs"])
    tap(shown(page).get_by_role("button", name="Answer"))
    expect(shown(page).locator(".verdict[data-v=exact]")).to_be_visible()
    assert Answer.objects.get(exercise_uuid=match.exercise_uuid).content == right(match)
    assert Answer.objects.get(exercise_uuid=order.exercise_uuid).content == right(order)


def walk_to(page, text):
    """Go with the arrow keys to the button that says `text`, to the right and, if it is not there, to the left."""
    for key in ("ArrowRight", "ArrowLeft"):
        for _ in range(5):
            if page.evaluate("document.activeElement.textContent") == text:
                return
            page.keyboard.press(key)
    raise AssertionError(f"{text} cannot be reached with the arrow keys")


def test_matching_and_ordering_by_keyboard_alone_and_by_ear(visit, anna, placing):
    window = visit(anna)
    match, order = start_placing(window, placing)
    page = window.page
    words = dict(meanings(match))
    # The first word waits for its meaning: each Enter in the bank serves the next word.
    page.locator("#q1 [data-bank] button").first.focus()
    for word in page.locator("#q1 .match label").all_text_contents():
        walk_to(page, words[word])
        page.keyboard.press("Enter")
        expect(page.locator("#q1 [role=status]").first).to_have_text(f"{words[word]}: put beside {word}")
    shown(page).get_by_role("button", name="Answer").focus()
    page.keyboard.press("Enter")
    expect(shown(page).locator(".verdict[data-v=exact]")).to_be_visible()
    expect(shown(page).get_by_role("link", name="Next")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#q2 legend")).to_be_focused()
    page.locator("#q2 [data-bank] button").first.focus()
    for _ in range(3):
        page.keyboard.press("Enter")
    line = page.locator("#q2 [data-line]")
    wanted = ["del", "lačho", "dīs"]
    for place, part in enumerate(wanted):
        line.get_by_role("button", name=part, exact=True).focus()
        while line.get_by_role("button").all_text_contents().index(part) > place:
            page.keyboard.press("ArrowLeft")
    expect(line.get_by_role("button")).to_have_text(wanted)
    shown(page).get_by_role("button", name="Answer").focus()
    page.keyboard.press("Enter")
    expect(shown(page).locator(".verdict[data-v=exact]")).to_be_visible()
    assert Answer.objects.get(exercise_uuid=order.exercise_uuid).content == right(order)

"""Quizzes as pages: a whole quiz without a script, and what each person may see."""

import re
import uuid

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from lessons.models import LessonPage, Quiz
from progress.models import Answer, Attempt

from .conftest import answer_all, item_of, items, right, wrong

pytestmark = pytest.mark.django_db


def quiz_url(quiz, language=""):
    return f"{language}/tests/{quiz.uuid}/"


def attempt_url(attempt, language=""):
    return f"{language}/tests/meginajums/{attempt.uuid}/"


def html(reply):
    return re.sub(r"\s+", " ", reply.content.decode())


def hidden(reply, name):
    return re.search(rf'name="{name}" value="([^"]+)"', html(reply))[1]


def start(browser, quiz):
    """Press the start button; return the attempt."""
    page = browser.get(quiz_url(quiz))
    reply = browser.post(quiz_url(quiz), {"id": hidden(page, "id")})
    assert reply.status_code == 302, html(reply)
    return Attempt.objects.get(uuid=reply.url.strip("/").rsplit("/", 1)[1])


def as_form(item, answer):
    """Return an answer as the fields of the item's plain form."""
    kind = item.version.definition["type"]
    if kind == "choice":
        return {"chosen": answer["chosen"]}
    if kind == "match":
        return {f"pair-{left}": other for left, other in answer["pairs"].items()}
    if kind == "order":
        return {f"place-{part}": place for place, part in enumerate(answer["order"], 1)}
    if kind == "gap":
        return {"gaps": len(answer["gaps"])} | {f"gap-{place}": text for place, text in enumerate(answer["gaps"])}
    return {"text": answer["text"]}


def send(browser, attempt, item, answer, **fields):
    fields = {"exercise": str(item.exercise_uuid), "id": str(uuid.uuid4())} | as_form(item, answer) | fields
    return browser.post(attempt_url(attempt), fields)


# --- before the start ------------------------------------------------------------------------------


def test_what_counts_is_said_before_the_start(browser, quiz, quiet_quiz):
    at_once, at_end = html(browser.get(quiz_url(quiz, "/en"))), html(browser.get(quiz_url(quiet_quiz, "/en")))
    for page in (at_once, at_end):
        assert "6 questions" in page and "about 3 minutes" in page
        assert "at least 5 of 6 right (70 %)" in page
    assert "the first answer to a question counts" in at_once
    assert "the last one counts" in at_end


def test_attempts_used_left_and_the_best_result_are_said(api, browser, quiz):
    Quiz.objects.update(attempts_allowed=3)
    attempt = api.attempt(quiz)
    answer_all(api, attempt)
    api.submit(attempt)
    page = html(browser.get(quiz_url(quiz, "/en")))
    assert "You have 3 attempts; the best one counts." in page
    assert "Used so far: 1." in page and "2 left." in page
    assert "Your best result: 100 %." in page and "Passed." in page


def test_a_visitor_learns_why_an_account_is_needed_and_where_to_go(quiz):
    page = html(Client().get(quiz_url(quiz, "/en")))
    assert f"/en/accounts/login/?next={quiz_url(quiz, '/en')}" in page
    assert f"/en/accounts/signup/?next={quiz_url(quiz, '/en')}" in page
    assert 'name="id"' not in page
    reply = Client().post(quiz_url(quiz), {"id": str(uuid.uuid4())})
    assert reply.status_code == 302 and reply.url.startswith("/accounts/login/?next=/tests/")
    assert not Attempt.objects.exists()


def test_start_twice_starts_one_attempt_and_the_open_one_goes_on(browser, quiz):
    page = browser.get(quiz_url(quiz))
    fields = {"id": hidden(page, "id")}
    first, second = browser.post(quiz_url(quiz), fields), browser.post(quiz_url(quiz), fields)
    another_tab = browser.post(quiz_url(quiz), {"id": str(uuid.uuid4())})
    assert first.url == second.url == another_tab.url
    assert Attempt.objects.count() == 1
    assert f'href="{first.url}"' in html(browser.get(quiz_url(quiz)))


@pytest.mark.parametrize("given", ["", "seven", "\x00", "x" * 5000])
def test_a_start_with_a_strange_id_starts_all_the_same(browser, quiz, given):
    assert browser.post(quiz_url(quiz), {"id": given}).status_code == 302
    assert Attempt.objects.count() == 1


def test_start_with_all_attempts_used_says_so(api, browser, quiz):
    Quiz.objects.update(attempts_allowed=1)
    attempt = api.attempt(quiz)
    api.submit(attempt)
    reply = browser.post(quiz_url(quiz, "/en"), {"id": str(uuid.uuid4())})
    assert reply.status_code == 400
    assert "You have used all 1 attempts." in html(reply)
    assert 'name="id"' not in html(browser.get(quiz_url(quiz)))


def test_pages_of_a_person_are_never_kept_by_a_cache(browser, api, quiz):
    attempt = api.attempt(quiz)
    for address in (quiz_url(quiz), attempt_url(attempt)):
        assert "no-store" in browser.get(address).headers["Cache-Control"]


def test_a_quiz_nobody_is_led_to_is_404(browser, quiz):
    assert browser.get(f"/tests/{uuid.uuid4()}/").status_code == 404
    LessonPage.objects.get(quiz=quiz).unpublish()
    assert browser.get(quiz_url(quiz)).status_code == 404
    assert browser.post(quiz_url(quiz), {}).status_code == 404


def test_other_methods_are_refused(browser, api, quiz):
    attempt = api.attempt(quiz)
    for address in (quiz_url(quiz), attempt_url(attempt)):
        assert browser.delete(address).status_code == 405


# --- taking it without a script ----------------------------------------------------------------------


def test_a_whole_quiz_with_plain_forms_and_feedback_at_once(browser, quiz):
    attempt = start(browser, quiz)
    for item in items(attempt):
        reply = send(browser, attempt, item, right(item))
        assert reply.status_code == 302
        assert reply.url == f"{attempt_url(attempt)}#q{item.position}", (
            "back to the question, which now has its verdict"
        )
    page = html(browser.get(attempt_url(attempt)))
    assert page.count('data-v="exact"') == 6
    assert browser.post(attempt_url(attempt), {"submit": "1"}).url == attempt_url(attempt)
    result = html(browser.get(attempt_url(attempt, "/en")))
    assert "Quiz passed" in result and "Right 6 of 6 (100 %). 70 % was needed." in result
    assert Attempt.objects.get().score == 1.0


def test_a_whole_quiz_with_plain_forms_and_feedback_at_the_end(browser, quiet_quiz):
    attempt = start(browser, quiet_quiz)
    for item in items(attempt):
        reply = send(browser, attempt, item, wrong(item))
        after = f"#q{item.position + 1}" if item.position < 6 else "#finish"
        assert reply.url == attempt_url(attempt) + after
    page = html(browser.get(attempt_url(attempt)))
    assert 'data-v="' not in page.replace('data-v="notice"', ""), "no verdict before the end"
    first = items(attempt)[0]
    chosen = wrong(first)["chosen"][0]
    assert f'value="{chosen}" checked' in page, "what was answered stands in the form, to be changed"
    for item in items(attempt)[:5]:
        send(browser, attempt, item, right(item))
    browser.post(attempt_url(attempt), {"submit": "1"})
    result = html(browser.get(attempt_url(attempt, "/en")))
    assert "Right 5 of 6 (83 %)" in result


def test_one_form_sent_twice_is_one_answer(browser, quiz):
    attempt = start(browser, quiz)
    item = items(attempt)[0]
    page = browser.get(attempt_url(attempt))
    fields = {"id": hidden(page, "id")}
    send(browser, attempt, item, wrong(item), **fields)
    send(browser, attempt, item, wrong(item), **fields)
    assert Answer.objects.count() == 1


@pytest.mark.parametrize("kind", ["choice", "match", "order", "gap", "type"])
def test_an_empty_answer_is_asked_for_at_the_field(browser, quiz, kind):
    attempt = start(browser, quiz)
    item = item_of(attempt, kind)
    fields = (
        {"exercise": str(item.exercise_uuid), "gaps": "1"} if kind == "gap" else {"exercise": str(item.exercise_uuid)}
    )
    reply = browser.post(attempt_url(attempt, "/en"), fields)
    assert reply.status_code == 400
    page = html(reply)
    visible = re.findall(r'<p class="fault" role="alert" id="fault-([^"]+)" data-empty="[^"]+">', page)
    assert visible == [str(item.exercise_uuid)]
    assert "or choose" in page or "or “I don" in page
    assert not Answer.objects.exists()


def test_a_half_filled_order_loses_nothing_that_was_entered(browser, quiz):
    attempt = start(browser, quiz)
    item = item_of(attempt, "order")
    part = item.version.definition["parts"][0]["id"]
    reply = browser.post(attempt_url(attempt), {"exercise": str(item.exercise_uuid), f"place-{part}": "3"})
    assert reply.status_code == 400
    row = re.search(rf'name="place-{part}".*?</select>', html(reply))[0]
    assert row.count("selected") == 1


def test_i_do_not_know_is_a_button(browser, quiz):
    attempt = start(browser, quiz)
    item = items(attempt)[0]
    reply = browser.post(attempt_url(attempt), {"exercise": str(item.exercise_uuid), "skip": "1"})
    assert reply.status_code == 302
    assert Answer.objects.get().content is None


STRANGE = [
    {},
    {"exercise": "seven"},
    {"exercise": ""},
    {"exercise": str(uuid.uuid4())},
]


@pytest.mark.parametrize("fields", STRANGE)
def test_a_form_that_names_no_question_is_404(browser, quiz, fields):
    attempt = start(browser, quiz)
    assert browser.post(attempt_url(attempt), fields).status_code == 404


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("choice", {"chosen": ["no-such"]}),
        ("choice", {"chosen": ["x"] * 60}),
        ("match", {"pair-no": "such"}),
        ("match", {f"pair-{n}": "x" for n in range(60)}),
        ("order", {"place-no": "1", "place-such": "2", "place-one": "3"}),
        ("gap", {"gaps": "3", "gap-0": "a"}),
        ("gap", {"gaps": "9" * 400, "gap-0": "a"}),
        ("gap", {"gaps": "²", "gap-0": "a"}),
        ("type", {"text": "x" * 600}),
    ],
)
def test_a_form_with_strange_fields_is_refused_at_the_question(browser, quiz, kind, fields):
    attempt = start(browser, quiz)
    item = item_of(attempt, kind)
    reply = browser.post(attempt_url(attempt), {"exercise": str(item.exercise_uuid)} | fields)
    assert reply.status_code == 400
    assert 'role="alert"' in html(reply)
    assert not Answer.objects.exists()


def test_nul_in_a_typed_answer_is_dropped(browser, quiz):
    attempt = start(browser, quiz)
    item = item_of(attempt, "type")
    assert send(browser, attempt, item, {"text": "ph\x00al"}).status_code == 302
    assert Answer.objects.get().content == {"text": "phal"}


def test_what_is_typed_comes_back_escaped(browser, quiet_quiz):
    attempt = start(browser, quiet_quiz)
    item = item_of(attempt, "type")
    send(browser, attempt, item, {"text": '"><script>alert(1)</script>'})
    assert "<script>alert" not in html(browser.get(attempt_url(attempt)))
    browser.post(attempt_url(attempt), {"submit": "1"})
    assert "<script>alert" not in html(browser.get(attempt_url(attempt)))


def test_an_answer_after_the_end_leads_to_the_result(browser, quiz):
    attempt = start(browser, quiz)
    browser.post(attempt_url(attempt), {"submit": "1"})
    item = items(attempt)[0]
    assert send(browser, attempt, item, right(item)).status_code == 302
    assert Answer.objects.get().is_late
    assert Attempt.objects.get().score == 0.0


def test_forms_need_the_token_against_forged_requests(anna, quiz):
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(anna)
    assert forged.post(quiz_url(quiz), {"id": str(uuid.uuid4())}).status_code == 403
    assert not Attempt.objects.exists()


# --- whose -------------------------------------------------------------------------------------------


def test_somebody_elses_attempt_is_404_like_an_unknown_one(browser, strange_browser, quiz):
    attempt = start(browser, quiz)
    item = items(attempt)[0]
    unknown = Attempt(uuid=uuid.uuid4())
    for of in (attempt, unknown):
        assert strange_browser.get(attempt_url(of)).status_code == 404
        assert send(strange_browser, of, item, right(item)).status_code == 404
        assert strange_browser.post(attempt_url(of), {"submit": "1"}).status_code == 404
    assert not Answer.objects.exists() and Attempt.objects.get().is_open


def test_a_visitor_is_led_to_sign_in_and_back_whether_or_not_the_attempt_exists(browser, quiz):
    attempt = start(browser, quiz)
    for of in (attempt, Attempt(uuid=uuid.uuid4())):
        reply = Client().get(attempt_url(of, "/en"))
        assert reply.status_code == 302
        assert reply.url == f"/en/accounts/login/?next={attempt_url(of, '/en')}"


# --- the result --------------------------------------------------------------------------------------


def test_the_attempt_page_marks_romani_and_holds_no_key(browser, quiz):
    attempt = start(browser, quiz)
    page = html(browser.get(attempt_url(attempt)))
    typed = re.search(r'<input type="text"[^>]*name="text"[^>]*>', page)[0]
    for needed in (
        'lang="rml"',
        'autocapitalize="none"',
        'autocomplete="off"',
        'autocorrect="off"',
        'spellcheck="false"',
    ):
        assert needed in typed
    assert page.count('class="step') == 7 and page.count('class="step on"') == 1
    assert "phal" not in page, "what is to be written from hearing stands nowhere"
    assert " style=" not in page and "onclick" not in page and "<script>" not in page
    for form in re.findall(r'<form class="ask.*?</form>', page):
        ids = re.findall(r' id="([^"]+)"', form)
        assert len(ids) == len(set(ids))
    everything = re.findall(r' id="([^"]+)"', page)
    assert len(everything) == len(set(everything))


# --- the session ends between question and answer ---------------------------------------------------


def sign_out_and_in(browser, user, action):
    """Let the session end, do `action` as nobody, sign in by the form that this leads to; return where that leads."""
    user.set_password("lielais-ritenis-7")
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    browser.logout()
    reply = action()
    assert reply.status_code == 302 and "/login/?next=/tests/meginajums/" in reply.url
    reply = browser.post(reply.url, {"login": user.email, "password": "lielais-ritenis-7"})
    assert reply.url.startswith("/tests/meginajums/")
    return reply


def test_an_answer_sent_after_the_session_ended_counts_once_signed_in_again(browser, anna, quiz):
    attempt = start(browser, quiz)
    item = items(attempt)[0]
    reply = sign_out_and_in(browser, anna, lambda: send(browser, attempt, item, right(item)))
    assert not Answer.objects.exists(), "nobody was signed in"
    assert reply.url == attempt_url(attempt)
    for _ in range(2):
        browser.get(reply.url)
        assert Answer.objects.get(attempt=attempt).score == 1


def test_handing_in_after_the_session_ended_hands_in_once_signed_in_again(browser, anna, quiz):
    attempt = start(browser, quiz)
    reply = sign_out_and_in(browser, anna, lambda: browser.post(attempt_url(attempt), {"submit": "1"}))
    browser.get(reply.url)
    attempt.refresh_from_db()
    assert attempt.submitted_at


def test_what_waits_for_one_learner_is_not_taken_from_another(browser, anna, berta, quiz):
    attempt = start(browser, quiz)
    item = items(attempt)[0]
    reply = sign_out_and_in(browser, berta, lambda: send(browser, attempt, item, right(item)))
    assert browser.get(reply.url).status_code == 404
    assert not Answer.objects.exists()


def test_a_form_too_long_to_be_an_answer_does_not_wait(browser, anna, quiz):
    attempt = start(browser, quiz)
    item = items(attempt)[0]
    padded = lambda: send(browser, attempt, item, right(item), padding="x" * 30_000)  # noqa: E731
    browser.get(sign_out_and_in(browser, anna, padded).url)
    assert not Answer.objects.exists()

"""Taking a quiz through the API: nothing a learner did is lost or counted twice."""

import json
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from lessons.models import Exercise, LessonPage, Quiz, QuizItem
from progress.models import Answer, Attempt, CourseProgress, LessonProgress
from tests.lessons import building

from .conftest import Api, answer_all, item_of, items, right, wrong

pytestmark = pytest.mark.django_db


# --- start ---------------------------------------------------------------------------------------


def test_start_shows_every_exercise_and_no_key(api, quiz):
    reply = api.start(quiz)
    assert reply.status_code == 201
    body = reply.json()
    assert [one["exercise"]["type"] for one in body["exercises"]] == [
        "choice",
        "choice",
        "match",
        "order",
        "gap",
        "type",
    ]
    assert all(one["result"] is None and not one["is_answered"] for one in body["exercises"])
    sent = reply.content.decode()
    for key in (
        '"right":true',
        '"right":false',
        "is_correct",
        '"answer"',
        "solution",
        "definition",
        "variants",
        "others",
    ):
        assert key not in sent
    # What is only heard must not be written anywhere, nor what is to be typed.
    choice, typed = body["exercises"][0]["exercise"], body["exercises"][5]["exercise"]
    twin = choice.pop("twin")
    assert choice["romani"] == "" and "dīs" not in json.dumps(choice, ensure_ascii=False)
    assert twin == {"question": "Ko tas nozīmē?", "romani": "dīs"}, "for who cannot listen; not the meaning"
    assert "phal" not in json.dumps(typed, ensure_ascii=False)


def test_start_twice_with_one_id_is_one_attempt_and_the_same_body(api, quiz):
    mine = uuid.uuid4()
    first, second = api.start(quiz, mine), api.start(quiz, mine)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.content == second.content
    assert Attempt.objects.count() == 1


def test_start_with_an_id_that_is_somebody_elses_is_as_unknown_as_any(api, strange_api, quiz, quiet_quiz):
    theirs = strange_api.attempt(quiz)
    assert api.start(quiz, theirs.uuid).status_code == 404
    mine = api.attempt(quiz)
    assert api.start(quiet_quiz, mine.uuid).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "id"), ({"id": "seven"}, "id"), ({"id": None}, "id"), ({"id": [1]}, "id"), ({"id": {}}, "id")],
)
def test_start_without_a_proper_id_names_the_field(api, quiz, body, field):
    reply = api.send("post", f"quizzes/{quiz.uuid}/attempts/", body)
    assert reply.status_code == 400
    assert list(reply.json()["errors"]) == [field]


def test_start_refuses_fields_it_does_not_know(api, quiz):
    body = {"id": str(uuid.uuid4()), "score": 1, "user": 7}
    reply = api.send("post", f"quizzes/{quiz.uuid}/attempts/", body)
    assert reply.status_code == 400
    assert set(reply.json()["errors"]) == {"score", "user"}


def test_start_of_a_quiz_that_no_published_page_leads_to_is_unknown(api, quiz):
    LessonPage.objects.get(quiz=quiz).unpublish()
    assert api.start(quiz).status_code == 404


def test_start_of_a_quiz_without_a_published_exercise_says_so(api, quiz):
    Exercise.objects.update(live=False)
    reply = api.start(quiz)
    assert reply.status_code == 400
    assert list(reply.json()["errors"]) == ["quiz"]


def test_an_exercise_listed_twice_is_asked_once(api, quiz):
    again = quiz.items.first().exercise
    QuizItem.objects.create(quiz=quiz, exercise=again, sort_order=99)
    assert len(api.start(quiz).json()["exercises"]) == 6


def test_an_exercise_whose_word_was_deleted_is_left_out(api, quiz):
    building.word("phal").delete()
    kinds = [one["exercise"]["type"] for one in api.start(quiz).json()["exercises"]]
    assert kinds == ["choice", "choice", "match", "order", "gap"]


def test_start_with_all_attempts_used_is_refused_in_words(api, quiz):
    Quiz.objects.update(attempts_allowed=2)
    first = uuid.uuid4()
    assert api.start(quiz, first).status_code == 201
    assert api.start(quiz).status_code == 201
    refused = api.start(quiz)
    assert refused.status_code == 400
    assert list(refused.json()["errors"]) == ["quiz"]
    assert api.start(quiz, first).status_code == 200, "an attempt that was started can be asked for again"


# --- answers -------------------------------------------------------------------------------------


def test_each_type_judges_a_right_and_a_wrong_answer(api, quiz):
    good, bad = api.attempt(quiz), api.attempt(quiz)
    for item in items(good):
        result = api.put(good, item.exercise_uuid, right(item)).json()["result"]
        assert (result["verdict"], result["is_right"], result["score"]) == ("exact", True, 1.0)
    for item in items(bad):
        result = api.put(bad, item.exercise_uuid, wrong(item)).json()["result"]
        assert (result["verdict"], result["is_right"], result["score"]) == ("wrong", False, 0.0)
        assert result["solution"]


def test_put_again_with_its_id_gets_the_same_bytes_whatever_it_says_now(api, quiz):
    attempt = api.attempt(quiz)
    item, mine = item_of(attempt, "type"), str(uuid.uuid4())
    first = api.put(attempt, item.exercise_uuid, wrong(item), id=mine, device_time="2026-11-23T10:00:00Z")
    again = api.put(attempt, item.exercise_uuid, wrong(item), id=mine, device_time="2026-11-23T10:00:00Z")
    changed = api.put(attempt, item.exercise_uuid, right(item), id=mine)
    broken = api.put(attempt, item.exercise_uuid, {"text": 5}, id=mine)
    api.submit(attempt)
    late = api.put(attempt, item.exercise_uuid, wrong(item), id=mine)
    assert first.status_code == 200
    assert {first.content, again.content, changed.content, broken.content, late.content} == {first.content}
    assert Answer.objects.count() == 1


def test_put_again_gets_the_same_bytes_where_feedback_waits(api, quiet_quiz):
    attempt = api.attempt(quiet_quiz)
    item, mine = items(attempt)[0], str(uuid.uuid4())
    before = api.put(attempt, item.exercise_uuid, right(item), id=mine)
    api.put(attempt, item.exercise_uuid, wrong(item))
    api.submit(attempt)
    after = api.put(attempt, item.exercise_uuid, right(item), id=mine)
    assert before.json()["result"] is None
    assert before.content == after.content


def test_put_without_an_id_is_known_by_what_it_says(api, quiz):
    attempt = api.attempt(quiz)
    item = items(attempt)[0]
    first = api.put(attempt, item.exercise_uuid, right(item))
    assert api.put(attempt, item.exercise_uuid, right(item)).content == first.content
    assert Answer.objects.count() == 1


def test_going_back_to_an_earlier_answer_without_ids_is_a_change_of_mind(api, quiet_quiz):
    attempt = api.attempt(quiet_quiz)
    item = items(attempt)[0]
    for answer in (right(item), wrong(item), right(item), right(item)):
        api.put(attempt, item.exercise_uuid, answer)
    assert Answer.objects.count() == 3
    assert api.submit(attempt).json()["exercises"][0]["result"]["is_right"]


def test_with_feedback_at_once_the_first_answer_counts(api, quiz):
    attempt = api.attempt(quiz)
    item = items(attempt)[0]
    first = api.put(attempt, item.exercise_uuid, wrong(item), id=str(uuid.uuid4())).json()
    second = api.put(attempt, item.exercise_uuid, right(item), id=str(uuid.uuid4())).json()
    assert (first["counts"], second["counts"]) == (True, False)
    assert Answer.objects.count() == 2, "the second is kept, and does not count"
    assert api.submit(attempt).json()["score"] == 0.0


def test_with_feedback_at_the_end_the_last_answer_counts_and_nothing_is_told_before(api, quiet_quiz):
    attempt = api.attempt(quiet_quiz)
    item = items(attempt)[0]
    reply = api.put(attempt, item.exercise_uuid, wrong(item)).json()
    assert reply["result"] is None and reply["counts"]
    api.put(attempt, item.exercise_uuid, right(item))
    assert all(one["result"] is None for one in api.get(attempt).json()["exercises"])
    done = api.submit(attempt).json()
    assert done["score"] == pytest.approx(1 / 6, abs=1e-4)
    assert done["exercises"][0]["result"]["verdict"] == "exact"


def test_i_do_not_know_is_an_answer(api, quiz):
    attempt = api.attempt(quiz)
    reply = api.put(attempt, items(attempt)[0].exercise_uuid, None)
    assert reply.json()["result"]["verdict"] == "wrong"
    assert Answer.objects.get().content is None


def test_an_answer_after_the_end_is_kept_and_not_counted(api, quiz):
    attempt = api.attempt(quiz)
    first, second = items(attempt)[:2]
    api.put(attempt, first.exercise_uuid, right(first))
    before = api.submit(attempt)
    late = api.put(attempt, second.exercise_uuid, right(second), id=str(uuid.uuid4()))
    assert late.status_code == 200
    assert late.json()["counts"] is False
    assert Answer.objects.get(exercise_uuid=second.exercise_uuid).is_late
    assert api.submit(attempt).content == before.content
    assert api.get(attempt).content == before.content


def test_answers_have_a_bound(api, quiz, monkeypatch):
    monkeypatch.setattr("progress.services.MOST_ANSWERS", 2)
    attempt = api.attempt(quiz)
    item = item_of(attempt, "type")
    replies = [api.put(attempt, item.exercise_uuid, {"text": text}) for text in ("a", "b", "c", "a")]
    assert [reply.status_code for reply in replies] == [200, 200, 400, 200]
    assert list(replies[2].json()["errors"]) == ["answer"]


def test_a_clock_that_is_far_off_costs_no_answer(api, quiz):
    attempt = api.attempt(quiz)
    item = item_of(attempt, "type")
    far_off = ["0001-01-01T00:00:00", "9999-12-31T23:59:59", "1900-01-01T00:00:00Z", "1970-01-01T00:00:00+14:00"]
    for number, moment in enumerate(far_off):
        reply = api.put(attempt, item.exercise_uuid, {"text": str(number)}, device_time=moment)
        assert reply.status_code == 200, (moment, reply.content)
    wrong_by_years = api.put(attempt, item.exercise_uuid, {"text": "x"}, device_time="2031-05-05T12:00:00Z")
    assert wrong_by_years.status_code == 200
    answer = Answer.objects.get(content={"text": "x"})
    assert answer.device_time.year == 2031
    assert abs((answer.answered_at - timezone.now()).total_seconds()) < 60, "our clock says when"


@pytest.mark.parametrize("moment", ["yesterday", 17, ["2026"], {}, "2026-13-40T99:00:00Z", True])
def test_a_device_time_that_is_none_names_the_field(api, quiz, moment):
    attempt = api.attempt(quiz)
    reply = api.put(attempt, items(attempt)[0].exercise_uuid, None, device_time=moment)
    assert reply.status_code == 400
    assert list(reply.json()["errors"]) == ["device_time"]


# --- wrong shapes ----------------------------------------------------------------------------------

DEEP = "x"
for _ in range(30):
    DEEP = [DEEP]

BAD_ANSWERS = {
    "choice": [
        {},
        {"chosen": "a"},
        {"chosen": None},
        {"chosen": [1]},
        {"chosen": [["a"]]},
        {"chosen": [None]},
        {"chosen": ["no-such"]},
        {"chosen": ["x"] * 51},
        {"chosen": ["x" * 41]},
        {"chosen": {"a": 1}},
    ],
    "match": [
        {},
        {"pairs": []},
        {"pairs": "a"},
        {"pairs": {"a": 1}},
        {"pairs": {"a": ["b"]}},
        {"pairs": {"a": None}},
        {"pairs": {"no": "such"}},
        {"pairs": {f"k{n}": "v" for n in range(60)}},
        {"pairs": {"k" * 50: "v"}},
    ],
    "order": [
        {},
        {"order": "abc"},
        {"order": [1, 2]},
        {"order": ["no-such"]},
        {"order": [["a"]]},
        {"order": {"0": "a"}},
        {"order": ["x"] * 51},
    ],
    "gap": [
        {},
        {"gaps": "avri"},
        {"gaps": []},
        {"gaps": ["a", "b"]},
        {"gaps": [1]},
        {"gaps": [None]},
        {"gaps": ["x" * 501]},
        {"gaps": ["a\x00b"]},
        {"gaps": [{"a": 1}]},
    ],
    "type": [
        {},
        {"text": 1},
        {"text": None},
        {"text": ["a"]},
        {"text": {"a": "b"}},
        {"text": "x" * 501},
        {"text": "a\x00b"},
        {"text": "a\ud800b"},
        {"text": True},
    ],
}
ALWAYS_BAD = ["text", 7, 1.5, True, [], ["a"], {"unknown": 1}, DEEP]


@pytest.mark.parametrize("kind", sorted(BAD_ANSWERS))
def test_a_wrong_shape_is_400_naming_the_field_and_keeps_nothing(api, quiz, kind):
    attempt = api.attempt(quiz)
    item = item_of(attempt, kind)
    for answer in [*BAD_ANSWERS[kind], *ALWAYS_BAD]:
        body = json.dumps({"answer": answer, "id": str(uuid.uuid4())})
        reply = api.send("put", f"attempts/{attempt.uuid}/responses/{item.exercise_uuid}/", body)
        assert reply.status_code == 400, (answer, reply.content)
        assert reply.headers["Content-Type"] == "application/problem+json"
        assert all(field.startswith("answer") for field in reply.json()["errors"]), (answer, reply.json())
    assert not Answer.objects.exists()
    assert api.put(attempt, item.exercise_uuid, right(item)).status_code == 200


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b'"answer"', 400),
        (b'{"answer": NaN}', 400),
        (b'{"answer": {"text": 1e999}}', 400),
        (b'{"answer": ' + b"9" * 5000 + b"}", 400),
        (b'{"answer": ' + b"[" * 5000 + b"]" * 5000 + b"}", 400),
        (b'{"answer": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 400),
        (b'{"answer": {"text": "' + b"x" * 300_000 + b'"}}', 413),
        (b'{"answer": {"text": "\xff\xfe"}}', 400),
        (b'{"\\u0000": 1, "answer": null}', 400),
        (b'{"\\ud83d": 1, "answer": null}', 400),
        (b'{"answer": null, "answered_at": "2020-01-01"}', 400),
        (b"{}", 400),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(api, quiz, raw, status):
    attempt = api.attempt(quiz)
    address = f"/api/v1/attempts/{attempt.uuid}/responses/{items(attempt)[0].exercise_uuid}/"
    reply = api.client.generic("PUT", address, raw, content_type="application/json")
    assert reply.status_code == status, reply.content
    assert reply.json()["status"] == status
    assert not Answer.objects.exists()


def test_only_json_is_read(api, quiz):
    attempt = api.attempt(quiz)
    address = f"/api/v1/attempts/{attempt.uuid}/responses/{items(attempt)[0].exercise_uuid}/"
    assert api.client.generic("PUT", address, b"answer=1", content_type="text/plain").status_code == 415


# --- whose ---------------------------------------------------------------------------------------


def test_somebody_elses_attempt_answers_exactly_like_an_unknown_one(api, strange_api, quiz):
    attempt = api.attempt(quiz)
    item = items(attempt)[0]
    unknown = Attempt(uuid=uuid.uuid4())

    def replies(of):
        good, bad = {"answer": right(item)}, {"answer": right(item), "more": 1}
        path = f"attempts/{of.uuid}/responses/{item.exercise_uuid}/"
        return [
            strange_api.get(of),
            strange_api.send("put", path, good),
            strange_api.send("put", path, bad),
            strange_api.submit(of),
        ]

    theirs, nobodys = replies(attempt), replies(unknown)
    assert [reply.status_code for reply in theirs] == [404, 404, 400, 404]
    assert [reply.content for reply in theirs] == [reply.content for reply in nobodys]
    assert not Answer.objects.exists()
    assert Attempt.objects.get().is_open


def test_an_exercise_of_another_attempt_is_unknown_here(api, quiz, quiet_quiz):
    attempt, other = api.attempt(quiz), api.attempt(quiet_quiz)
    foreign = items(other)[0]
    assert api.put(attempt, foreign.exercise_uuid, right(foreign)).status_code == 404
    assert api.put(attempt, uuid.uuid4(), None).status_code == 404


def test_a_visitor_is_asked_to_sign_in(quiz, api):
    attempt = api.attempt(quiz)
    visitor = Api(Client())
    replies = [
        visitor.start(quiz),
        visitor.get(attempt),
        visitor.put(attempt, items(attempt)[0].exercise_uuid, None),
        visitor.submit(attempt),
    ]
    assert {reply.status_code for reply in replies} == {401}
    assert len({reply.content for reply in replies}) == 1


def test_a_session_needs_the_token_against_forged_requests(anna, quiz, api):
    attempt = api.attempt(quiz)
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(anna)
    reply = Api(forged).put(attempt, items(attempt)[0].exercise_uuid, None)
    assert reply.status_code == 403
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "quizzes/{quiz}/attempts/"),
        ("put", "quizzes/{quiz}/attempts/"),
        ("delete", "attempts/{attempt}/"),
        ("post", "attempts/{attempt}/"),
        ("get", "attempts/{attempt}/responses/{exercise}/"),
        ("post", "attempts/{attempt}/responses/{exercise}/"),
        ("delete", "attempts/{attempt}/responses/{exercise}/"),
        ("get", "attempts/{attempt}/submit/"),
        ("put", "attempts/{attempt}/submit/"),
    ],
)
def test_a_wrong_method_is_405_in_the_one_shape(api, quiz, method, path):
    attempt = api.attempt(quiz)
    names = {"quiz": quiz.uuid, "attempt": attempt.uuid, "exercise": items(attempt)[0].exercise_uuid}
    reply = api.send(method, path.format(**names), {})
    assert reply.status_code == 405
    assert reply.json()["status"] == 405


@pytest.mark.parametrize(
    "path", ["attempts/7/", "attempts/seven/", "attempts/0-0-0-0-0/submit/", "quizzes/x/attempts/"]
)
def test_an_address_that_is_none_is_404(api, quiz, path):
    assert api.send("get", path).status_code == 404


# --- the end ---------------------------------------------------------------------------------------


def test_submit_counts_once_and_repeats_itself(api, quiz):
    attempt = api.attempt(quiz)
    answer_all(api, attempt)
    first, second = api.submit(attempt), api.submit(attempt)
    assert first.status_code == second.status_code == 200
    assert first.content == second.content
    body = first.json()
    assert (body["score"], body["passed"]) == (1.0, True)
    assert LessonProgress.objects.get().best_score == 1.0
    assert CourseProgress.objects.get().lessons_done == 1


def test_submit_without_an_answer_scores_nothing(api, quiz):
    attempt = api.attempt(quiz)
    body = api.submit(attempt).json()
    assert (body["score"], body["passed"]) == (0.0, False)
    assert all(one["result"] is None for one in body["exercises"])


def test_submit_refuses_a_score_of_the_clients_own(api, quiz):
    attempt = api.attempt(quiz)
    reply = api.send("post", f"attempts/{attempt.uuid}/submit/", {"score": 1, "passed": True})
    assert reply.status_code == 400
    assert set(reply.json()["errors"]) == {"score", "passed"}
    assert Attempt.objects.get().is_open


def test_the_best_attempt_counts(api, quiz):
    good, bad = api.attempt(quiz), api.attempt(quiz)
    answer_all(api, good)
    api.submit(good)
    answer_all(api, bad, wrong)
    api.submit(bad)
    progress = LessonProgress.objects.get()
    assert progress.best_score == 1.0
    assert progress.completed_at == Attempt.objects.get(pk=good.pk).submitted_at


def test_the_pass_mark_is_reached_by_the_smallest_number_that_reaches_it(api, course):
    """Three of four is 75 %: enough for 75, not for 76. Thirds that add up must not miss by a hair."""
    for mark, passes in ((75, True), (76, False)):
        made = building.quiz(building.one_of_each()[:4], pass_mark=mark)
        building.lesson(course, f"Nodarbība {mark}", test=made)
        attempt = api.attempt(made)
        for item in items(attempt)[:3]:
            api.put(attempt, item.exercise_uuid, right(item))
        assert api.submit(attempt).json()["passed"] is passes


# --- changes meanwhile -----------------------------------------------------------------------------


def test_an_exercise_edited_meanwhile_is_judged_as_it_was_seen(api, quiz):
    attempt = api.attempt(quiz)
    item = item_of(attempt, "type")
    exercise = Exercise.objects.get(uuid=item.exercise_uuid)
    exercise.body = [("type", {"item": building.word("raj"), "mode": "dictation"})]
    exercise.save()
    assert api.put(attempt, item.exercise_uuid, {"text": "phal"}).json()["result"]["verdict"] == "exact"
    newer = api.attempt(quiz)
    assert api.put(newer, item.exercise_uuid, {"text": "phal"}).json()["result"]["verdict"] == "other"


def test_a_word_respelt_meanwhile_does_not_change_the_attempt(api, quiz):
    attempt = api.attempt(quiz)
    entry = building.word("phal")
    entry.text = "phrāl"
    entry.save()
    item = item_of(attempt, "type")
    assert api.put(attempt, item.exercise_uuid, {"text": "phal"}).json()["result"]["verdict"] == "exact"


@pytest.mark.parametrize("what", ["exercise unpublished", "exercise gone", "quiz emptied", "quiz gone", "page gone"])
def test_an_attempt_goes_on_whatever_becomes_of_its_quiz(api, quiz, what):
    attempt = api.attempt(quiz)
    first = items(attempt)[0]
    api.put(attempt, first.exercise_uuid, right(first))
    if what == "exercise unpublished":
        Exercise.objects.update(live=False)
    if what == "page gone":
        LessonPage.objects.get(quiz=quiz).delete()
    if what in ("exercise gone", "quiz emptied", "quiz gone"):
        quiz.items.all().delete()
    if what == "exercise gone":
        Exercise.objects.all().delete()
    if what == "quiz gone":
        Quiz.objects.all().delete()
    assert api.get(attempt).status_code == 200
    answer_all(api, attempt)
    body = api.submit(attempt).json()
    assert (body["score"], body["passed"]) == (1.0, True)


def test_rules_changed_meanwhile_do_not_reach_an_attempt_that_is_open(api, quiz):
    attempt = api.attempt(quiz)
    Quiz.objects.update(pass_mark=100, feedback="at_end", attempts_allowed=1)
    reply = api.put(attempt, items(attempt)[0].exercise_uuid, right(items(attempt)[0]))
    assert reply.json()["result"]["verdict"] == "exact"
    for item in items(attempt)[:5]:
        api.put(attempt, item.exercise_uuid, right(item))
    body = api.submit(attempt).json()
    assert body["passed"] is True and body["pass_mark"] == 70


def test_the_account_erased_meanwhile_is_404_not_a_failure(api, anna, quiz, monkeypatch):
    """The row may go between the first look and the lock."""
    attempt = api.attempt(quiz)
    item = items(attempt)[0]
    from progress import services

    judge = services.grade_answer

    def judge_and_lose(*args):
        Attempt.objects.all().delete()
        return judge(*args)

    monkeypatch.setattr(services, "grade_answer", judge_and_lose)
    assert api.put(attempt, item.exercise_uuid, right(item)).status_code == 404


# --- languages -------------------------------------------------------------------------------------


def test_the_api_speaks_the_language_that_is_asked_for(api, quiz):
    attempt = api.attempt(quiz)
    item = items(attempt)[0]
    path = f"attempts/{attempt.uuid}/responses/{item.exercise_uuid}/"
    body = {"answer": wrong(item), "id": str(uuid.uuid4())}
    latvian = api.send("put", path, body, HTTP_ACCEPT_LANGUAGE="lv").json()["result"]
    english = api.send("put", path, body, HTTP_ACCEPT_LANGUAGE="en").json()["result"]
    assert english["title"] == "Not yet"
    assert "day" in json.dumps(english["message"]) and "diena" in json.dumps(latvian["message"])
    assert "Klausieties patskani." in json.dumps(latvian["message"], ensure_ascii=False), "the author's own words"

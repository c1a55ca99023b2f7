"""Rules of a quiz beyond the pass mark: a time limit by the server's clock, and a draw by a seed in the attempt."""

import re
import uuid
from datetime import timedelta
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.utils import timezone

from lessons.drawing import drawn
from lessons.models import Quiz
from progress.management.commands.rebuild_progress import snapshot
from progress.models import Answer, Attempt
from progress.models.attempts import GRACE
from tests.lessons import building

from .conftest import answer_all, items, right, wrong

pytestmark = pytest.mark.django_db


@pytest.fixture
def timed(quiz):
    """The quiz with ten minutes."""
    Quiz.objects.filter(pk=quiz.pk).update(time_limit_minutes=10)
    quiz.refresh_from_db()
    return quiz


@pytest.fixture
def later(monkeypatch):
    """Let the server's clock go on."""
    now = timezone.now

    def set_forward(**by):
        monkeypatch.setattr(timezone, "now", lambda: now() + timedelta(**by))

    return set_forward


def page(browser, attempt):
    return re.sub(r"\s+", " ", browser.get(f"/en/tests/meginajums/{attempt.uuid}/").content.decode())


# --- the time limit ------------------------------------------------------------------------------


def test_what_counts_says_the_limit_before_the_start(browser, api, timed):
    assert "10 minutes from the start" in browser.get(f"/en/tests/{timed.uuid}/").content.decode()
    assert api.send("get", f"quizzes/{timed.uuid}/").json()["time_limit_minutes"] == 10


def test_the_deadline_is_fixed_at_the_start_by_the_server(api, timed, later):
    attempt = api.attempt(timed)
    assert attempt.deadline_at - attempt.started_at < timedelta(minutes=10, seconds=2)
    Quiz.objects.update(time_limit_minutes=1)
    later(minutes=4)
    shown = api.get(attempt).json()
    assert 350 <= shown["seconds_left"] <= 361 and shown["submitted_at"] is None


def test_a_quiz_without_a_limit_has_no_deadline(api, quiz):
    shown = api.get(api.attempt(quiz)).json()
    assert (shown["deadline_at"], shown["seconds_left"]) == (None, None)


def test_an_answer_after_the_end_is_kept_marked_and_not_counted_whatever_the_device_says(api, timed, later):
    attempt = api.attempt(timed)
    first, second = items(attempt)[:2]
    assert api.put(attempt, first.exercise_uuid, right(first)).json()["counts"] is True
    early = (timezone.now() + timedelta(minutes=1)).isoformat()
    later(minutes=10, seconds=GRACE.seconds + 5)
    mine = str(uuid.uuid4())
    reply = api.put(attempt, second.exercise_uuid, right(second), id=mine, device_time=early)
    assert reply.status_code == 200 and reply.json()["counts"] is False
    assert api.put(attempt, second.exercise_uuid, right(second), id=mine).json() == reply.json()
    assert Answer.objects.get(exercise_uuid=second.exercise_uuid).is_late
    assert api.get(attempt).json()["score"] == pytest.approx(1 / 6, abs=0.001)


def test_an_answer_that_was_on_its_way_counts(api, timed, later):
    attempt = api.attempt(timed)
    item = items(attempt)[0]
    later(minutes=10, seconds=GRACE.seconds - 5)
    assert api.put(attempt, item.exercise_uuid, right(item)).json()["counts"] is True


def test_an_attempt_whose_time_is_over_is_handed_in_once_and_at_its_deadline(api, timed, later, anna):
    attempt = api.attempt(timed)
    answer_all(api, attempt)
    later(hours=30)
    for _ in range(2):
        shown = api.get(attempt).json()
        assert (shown["score"], shown["passed"], shown["seconds_left"]) == (1.0, True, None)
    attempt.refresh_from_db()
    assert attempt.submitted_at == attempt.deadline_at
    before = snapshot(anna)
    out = StringIO()
    call_command("rebuild_progress", stdout=out)
    assert "Corrected: 0." in out.getvalue() and snapshot(anna) == before


def test_whoever_comes_back_after_the_end_starts_anew_and_the_old_attempt_counts(api, browser, timed, later):
    attempt = api.attempt(timed)
    answer_all(api, attempt)
    later(hours=1)
    progress = api.send("get", "me/progress/").json()["quizzes"]
    assert progress[0]["open_attempt"] is None and progress[0]["passed"] is True
    reply = browser.post(f"/tests/{timed.uuid}/", {"id": str(uuid.uuid4())})
    assert reply.status_code == 302 and Attempt.objects.count() == 2


def test_without_a_script_a_late_answer_leads_to_the_result_which_says_so(api, browser, timed, later):
    attempt = api.attempt(timed)
    item = next(one for one in items(attempt) if one.version.definition["type"] == "type")
    assert "Your time runs until" in page(browser, attempt)
    later(minutes=12)
    url = f"/en/tests/meginajums/{attempt.uuid}/"
    reply = browser.post(url, {"exercise": str(item.exercise_uuid), "id": str(uuid.uuid4()), "text": "phal"})
    assert reply.status_code == 302 and reply.url == url
    assert "1 answer arrived after the end. It is kept and does not count." in page(browser, attempt)


def test_two_devices_share_one_deadline(api, browser, timed, later):
    attempt = api.attempt(timed)
    later(minutes=6)
    again = browser.post(f"/tests/{timed.uuid}/", {"id": str(uuid.uuid4())})
    assert str(attempt.uuid) in again.url, "the open attempt goes on"
    assert api.get(attempt).json()["deadline_at"] == api.start(timed, attempt.uuid).json()["deadline_at"]


# --- the draw ------------------------------------------------------------------------------------


def test_an_attempt_asks_as_many_as_are_drawn_and_the_rules_say_so(api, browser, quiz):
    Quiz.objects.update(draw_count=3)
    rules = api.send("get", f"quizzes/{quiz.uuid}/").json()
    assert (rules["exercise_count"], rules["drawn_from"], rules["needed"]) == (3, 6, 3)
    said = re.sub(r"\s+", " ", browser.get(f"/en/tests/{quiz.uuid}/").content.decode())
    assert "3 questions" in said and "draws its questions anew, from 6" in said
    attempt = api.attempt(quiz)
    assert attempt.items.count() == 3
    answer_all(api, attempt)
    assert api.submit(attempt).json()["score"] == 1.0


def test_the_draw_can_be_derived_again_from_the_seed(api, quiz):
    Quiz.objects.update(draw_count=2)
    pool = [str(item.exercise.uuid) for item in quiz.items.order_by("sort_order")]
    seen = set()
    for _ in range(12):
        attempt = api.attempt(quiz)
        asked = [str(item.exercise_uuid) for item in items(attempt)]
        assert drawn(pool, 2, attempt.seed) == asked
        seen.add(tuple(asked))
        assert [str(i.exercise_uuid) for i in items(Attempt.objects.get(pk=attempt.pk))] == asked, (
            "a reload changes nothing"
        )
    assert len(seen) > 1


def test_the_client_does_not_choose_its_questions(api, quiz):
    """The same id for the attempt, after the first is gone, draws by another seed."""
    mine, seeds = uuid.uuid4(), set()
    for _ in range(3):
        api.start(quiz, mine)
        seeds.add(Attempt.objects.get(uuid=mine).seed)
        Attempt.objects.all().delete()
    assert len(seeds) == 3


def test_a_draw_larger_than_the_pool_asks_all(api, quiz):
    Quiz.objects.update(draw_count=50)
    assert api.attempt(quiz).items.count() == 6
    assert api.send("get", f"quizzes/{quiz.uuid}/").json()["drawn_from"] is None


def test_each_thing_is_drawn_about_as_often_as_any_other():
    pool = list("abcdefgh")
    counts = dict.fromkeys(pool, 0)
    for number in range(800):
        for one in drawn(pool, 2, f"seed {number}"):
            counts[one] += 1
    assert all(140 < count < 260 for count in counts.values()), counts


def test_what_is_drawn_does_not_hang_on_the_rest_of_the_pool():
    pool = list("abcdefgh")
    for number in range(50):
        seed = str(number)
        small, large = set(drawn(pool[:6], 3, seed)), set(drawn(pool, 3, seed))
        assert large - set("gh") <= small
        assert all(a < b for a, b in pairwise(drawn(pool, 5, seed))), "in the pool's order"


def test_an_exercise_unpublished_meanwhile_stays_in_the_attempt_that_drew_it(api, quiz):
    Quiz.objects.update(draw_count=2)
    attempt = api.attempt(quiz)
    item = items(attempt)[0]
    quiz.items.get(exercise__uuid=item.exercise_uuid).exercise.unpublish()
    assert api.put(attempt, item.exercise_uuid, wrong(item)).status_code == 200
    assert all(item.exercise_uuid != one.exercise_uuid for one in items(api.attempt(quiz)))


def test_the_rules_travel_in_the_course_files(quiz):
    from lessons.coursefiles.bank import _quiz_shape

    plain = {"title": {"lv": "Tests"}, "exercises": []}
    assert not {"time_limit_minutes", "draw_count"} & set(_quiz_shape(plain))
    assert _quiz_shape(plain | {"time_limit_minutes": 5, "draw_count": 3})["draw_count"] == 3


def test_limits_that_make_no_sense_are_refused():
    for field, value in (("time_limit_minutes", 0), ("time_limit_minutes", 500), ("draw_count", 0)):
        made = building.quiz([])
        setattr(made, field, value)
        with pytest.raises(Exception, match=field):
            made.full_clean()

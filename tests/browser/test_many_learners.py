"""Fifty learners answer a quiz at once, some send everything again, and the server dies in the middle: all adds up."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from http.client import HTTPException
from typing import Any
from uuid import uuid4

import pytest

from .calling import Caller, Reply
from .running import RunningSite
from .taking import keys

MANY = 50
REPEATING = 10
PATIENCE_SECONDS = 60


class Learner:
    """One learner's device: sends an attempt's requests, again if no reply comes, and remembers what it was told."""

    def __init__(self, site: RunningSite, email: str, number: int, *, repeats: bool):
        self.site, self.email, self.number, self.repeats = site, email, number, repeats
        self.call = Caller(site, email)
        self.attempt = str(uuid4())
        self.failures = 0
        self.replies: dict[str, Reply] = {}
        """The reply to each answer, by the answer's own id."""

    def begin(self, quiz: str) -> None:
        reply = self.ask("POST", f"/api/v1/quizzes/{quiz}/attempts/", {"id": self.attempt}, {200, 201})
        self.pass_mark = reply.data["pass_mark"]
        known = keys(self.site, self.attempt)
        # Every third answer is “I do not know”, at other questions for each learner, so that scores differ.
        self.knows = {exercise: (self.number + place) % 3 != 0 for place, exercise in enumerate(known)}
        self.answers = {
            str(uuid4()): (exercise, key["right"] if self.knows[exercise] else None) for exercise, key in known.items()
        }

    def answer_all(self) -> None:
        for answer in self.answers:
            self.replies[answer] = self.answer(answer)

    def answer(self, answer: str) -> Reply:
        exercise, content = self.answers[answer]
        path = f"/api/v1/attempts/{self.attempt}/responses/{exercise}/"
        return self.ask("PUT", path, {"answer": content, "id": answer})

    def submit(self) -> Reply:
        self.result = self.ask("POST", f"/api/v1/attempts/{self.attempt}/submit/", {})
        return self.result

    def ask(self, method: str, path: str, data: Any, statuses: set[int] | None = None) -> Reply:
        """Return the reply; who repeats sends everything twice at the same moment, and once more afterwards."""
        send: Callable[[], Reply] = lambda: self.send(method, path, data, statuses or {200})  # noqa: E731
        if not self.repeats:
            return send()
        with ThreadPoolExecutor(2) as pool:
            both: list[Future[Reply]] = [pool.submit(send) for _ in range(2)]
        replies = [*(one.result() for one in both), send()]
        assert len({one.body for one in replies}) == 1, f"{method} {path}: a repeat got another reply: {replies}"
        return replies[0]

    def send(self, method: str, path: str, data: Any, statuses: set[int]) -> Reply:
        limit = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                reply = self.call(method, path, data)
            except (OSError, HTTPException):
                self.failures += 1
                if time.monotonic() > limit:
                    raise
                time.sleep(0.2)
            else:
                assert reply.status in statuses, f"{method} {path}: {reply}"
                return reply


@pytest.fixture
def learners(site: RunningSite, pages: dict[str, Any], request: pytest.FixtureRequest) -> list[Learner]:
    """Fifty learners with an attempt each; ten of them repeat every request, the start too."""
    place = "krit" if "killed" in request.node.name else "daudzi"
    made = [Learner(site, f"{place}-{n}@example.lv", n, repeats=n < REPEATING) for n in range(MANY)]
    for learner in made:
        learner.begin(pages["lesson"][0]["quiz"])
    return made


def all_at_once(
    learners: list[Learner], deed: Callable[[Learner], Any], meanwhile: Callable[[], Any] = lambda: None
) -> Any:
    """Let all learners do it, each in a thread; return what is done in this thread meanwhile."""
    gate = threading.Barrier(len(learners))

    def run(learner: Learner) -> None:
        gate.wait()
        deed(learner)

    with ThreadPoolExecutor(len(learners)) as threads:
        running = [threads.submit(run, learner) for learner in learners]
        found = meanwhile()
    for one in running:
        one.result()
    return found


def stored(site: RunningSite, learner: Learner) -> dict[str, Any]:
    [attempt] = site.ask("attempts", learner.email)
    assert attempt["id"] == learner.attempt
    return attempt


def assert_all_adds_up(site: RunningSite, learners: list[Learner]) -> None:
    """Every answer is stored once, as it was replied to; every score is what the answers make."""
    for learner in learners:
        attempt = stored(site, learner)
        rows = attempt["answers"]
        assert sorted(row["id"] for row in rows) == sorted(learner.answers)
        for row in rows:
            told, exercise = learner.replies[row["id"]].data, learner.answers[row["id"]][0]
            assert (row["exercise"], row["late"]) == (exercise, False)
            assert (told["id"], told["exercise"], told["counts"]) == (row["id"], exercise, True)
            assert told["result"]["is_right"] is learner.knows[exercise]
        score = sum(learner.knows.values()) / len(learner.knows)
        shown = learner.result.data
        assert attempt["score"] == shown["score"] == pytest.approx(score)
        assert attempt["passed"] is shown["passed"] is (score * 100 >= learner.pass_mark - 1e-9)


def test_fifty_learners_at_once_and_ten_who_send_everything_again(site: RunningSite, learners: list[Learner]) -> None:
    def take(learner: Learner) -> None:
        learner.answer_all()
        learner.submit()

    all_at_once(learners, take)
    assert not [learner.failures for learner in learners if learner.failures], "nobody was turned away"
    assert len({learner.result.data["score"] for learner in learners}) > 1, "the learners differ"
    assert_all_adds_up(site, learners)


def test_a_server_killed_under_load_has_kept_all_it_confirmed(site: RunningSite, learners: list[Learner]) -> None:
    whole = sum(len(learner.answers) for learner in learners)

    def confirmed() -> int:
        return sum(len(learner.replies) for learner in learners)

    def kill_in_the_middle() -> dict[str, set[str]]:
        limit = time.monotonic() + PATIENCE_SECONDS
        while confirmed() < whole / 3 and time.monotonic() < limit:
            time.sleep(0.005)
        site.kill()
        try:
            told = {learner.email: set(learner.replies) for learner in learners}
            assert whole / 3 <= sum(map(len, told.values())) < whole, "it died in the middle"
            for learner in learners:
                assert told[learner.email] <= {row["id"] for row in stored(site, learner)["answers"]}
        finally:
            site.start()
        return told

    told = all_at_once(learners, Learner.answer_all, kill_in_the_middle)
    assert sum(learner.failures for learner in learners) >= MANY / 2, "it died under load"
    # What was confirmed before the fall is confirmed in the same words after it.
    for learner in learners[:REPEATING]:
        for answer in told[learner.email]:
            assert learner.answer(answer).body == learner.replies[answer].body
    all_at_once(learners, Learner.submit)
    assert_all_adds_up(site, learners)

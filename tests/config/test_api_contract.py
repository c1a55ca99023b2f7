"""Every operation of the API against its own description, with whatever a program may send (Schemathesis)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from accounts import roles
from accounts.models import ApiToken
from config.wsgi import application
from dictionary.models import Entry
from media.models import Recording
from progress.services import answer_exercise, start_attempt
from studio.services import create_session, keep_take
from tests.lessons import building
from tests.making import consenting_speaker
from tests.media import sounds

pytestmark = pytest.mark.django_db

load_all_checks()
HELD_TO = [
    CHECKS.get_one(name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
        "response_headers_conformance",
    )
]
EXAMPLES = 10
PASSWORD = "zirgs lampa upe kartupelis"


class World:
    """A small site with a learner in the middle of two quizzes."""

    def __init__(self) -> None:
        hint = {"text_lv": "Sākas ar „ph”.", "text_en": "It begins with “ph”.", "cost": 25}
        costly = building.exercise("type", item="phal", mode="translate", hints=[hint])
        course, quiz = building.course(), building.quiz([costly, *building.one_of_each()])
        quiet = building.quiz(feedback="at_end")
        lesson = building.lesson(course, "Labdien", test=quiz)
        building.module_test(course, "Moduļa tests", quiet)
        self.user = get_user_model().objects.create_user("anna@example.lv", PASSWORD, name="Anna")
        EmailAddress.objects.create(user=self.user, email=self.user.email, verified=True, primary=True)
        attempt, _made = start_attempt(user=self.user, quiz=quiz, attempt_id=uuid4())
        begun, _made = start_attempt(user=self.user, quiz=quiet, attempt_id=uuid4())
        for item in begun.items.all():
            answer_exercise(user=self.user, attempt=begun.uuid, exercise=item.exercise_uuid, answer=None)
        # A typed answer that was found wrong, so that it can be appealed.
        exercise = next(one.exercise_uuid for one in attempt.items.all() if one.version.definition["type"] == "type")
        answer_exercise(user=self.user, attempt=attempt.uuid, exercise=exercise, answer={"text": "qqq"})
        self.callers: dict[tuple[str, Any], Caller] = {}
        self.author = get_user_model().objects.create_user("autore@example.lv", PASSWORD, name="Autore")
        self.author.groups.add(Group.objects.get(name=roles.AUTHORS))
        sitting = self._recording_session()
        self.found = {
            "/api/v1/attempts/": {"uuid": attempt.uuid, "exercise": exercise, "number": 1},
            "/api/v1/courses/": {"slug": course.slug},
            "/api/v1/exercises/": {"uuid": exercise},
            "/api/v1/lessons/": {"key": lesson.translation_key},
            "/api/v1/me/progress/lessons/": {"key": lesson.translation_key},
            "/api/v1/phrasebook/": {"key": building.phrasebook().chips[0].key},
            "/api/v1/phrases/": {"code": Entry.objects.filter(kind="phrase").first().code},
            "/api/v1/quizzes/": {"uuid": quiz.uuid},
            "/api/v1/recordings/": {"uuid": Recording.objects.heard().first().uuid},
            "/api/v1/studio/sessions/": sitting,
            "/api/v1/words/": {"code": Entry.objects.filter(kind="word").first().code},
        }
        self.bodies = {
            "PUT /api/v1/attempts/{uuid}/responses/{exercise}/": {"answer": None, "id": str(uuid4())},
            "PUT /api/v1/attempts/{uuid}/responses/{exercise}/hints/{number}/": {},
            "POST /api/v1/attempts/{uuid}/submit/": {},
            "POST /api/v1/exercises/{uuid}/check/": {"answer": None},
            "DELETE /api/v1/me/": {"password": PASSWORD},
            "PATCH /api/v1/me/": {"name": "Anna Ozola"},
            "PUT /api/v1/me/progress/lessons/{key}/": {"block": "", "done": []},
            "POST /api/v1/quizzes/{uuid}/attempts/": {"id": str(uuid4())},
            "PUT /api/v1/studio/sessions/{uuid}/prompts/{prompt}/": {"state": "skipped", "reason": "later"},
            "PUT /api/v1/studio/sessions/{uuid}/takes/{take}/": {
                "file": sounds.webm(0.6),
                "prompt": sitting["prompt"],
                "pace": "slow",
            },
            "POST /api/v1/tokens/": {"email": self.user.email, "password": PASSWORD},
        }

    def _recording_session(self) -> dict[str, Any]:
        """Hold a recording session with one take; return its ids."""
        speaker = consenting_speaker()
        session = create_session(speaker=speaker, entries=list(Entry.objects.all()[:2]), by=self.author)
        prompt, take = session.prompts.first().pk, uuid4()
        file = ContentFile(sounds.webm(0.6), name="take.webm")
        keep_take(session=session, take=take, prompt=prompt, pace="normal", file=file, by=self.author)
        return {"uuid": session.uuid, "take": take, "prompt": prompt}

    def caller(self, path: str, who: str) -> "Caller":
        """Return who may call the operations at the address, as a visitor or with a key or a session of theirs."""
        user = self.author if "/studio/" in path else self.user
        if (who, user) not in self.callers:
            self.callers[who, user] = Caller(who, user)
        return self.callers[who, user]

    def ids(self, path: str) -> dict[str, str]:
        """Return what stands for the parameters of an address so that something is found there."""
        ids = next((ids for beginning, ids in self.found.items() if path.startswith(beginning)), {})
        return {name: str(value) for name, value in ids.items() if f"{{{name}}}" in path}


@pytest.fixture
def world(db: None) -> World:
    return World()


def site(environ: dict[str, Any], start_response: Any) -> Any:
    """The site as a server calls it: with the address of who asks."""
    return application(environ | {"REMOTE_ADDR": "127.0.0.1"}, start_response)


@contextmanager
def undone() -> Iterator[None]:
    """Undo what a request did: each meets the same site, even after an account was erased."""
    cache.clear()  # limits are counted there
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # the transaction's own connection must outlive the request
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@pytest.fixture
def description(db: None) -> Any:
    """The API as it describes itself, called in this process."""
    with undone():
        found = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", site)
    found.config.generation.with_security_parameters = False
    return found


class Caller:
    """Sends cases as a visitor, with a key or with a session, and holds the answers to the description."""

    def __init__(self, who: str, user: Any):
        self.headers = {"Accept-Encoding": "identity"}
        self.cookies: dict[str, str] = {}
        if who == "key":
            self.headers |= {"Authorization": f"Token {ApiToken.objects.create(user=user)[1]}"}
        if who == "session":
            client = Client()
            client.force_login(user, "django.contrib.auth.backends.ModelBackend")
            self.headers |= {"X-CSRFToken": "t" * 32}
            self.cookies = {"sessionid": client.cookies["sessionid"].value, "csrftoken": "t" * 32}

    def __call__(self, case: Case) -> int:
        with undone():
            reply = case.call(headers=self.headers, cookies=self.cookies)
            case.validate_response(reply, checks=HELD_TO)
        return reply.status_code


def operations(description: Any) -> list[Any]:
    return [found.ok() for found in description.get_all_operations()]


@pytest.mark.parametrize("who", ["visitor", "key", "session"])
def test_whatever_is_sent_is_answered_as_described(
    world: World, description: Any, subtests: pytest.Subtests, who: str
) -> None:
    for operation in operations(description):
        call = world.caller(operation.path, who)
        if who != "visitor" and is_open(operation):
            continue  # nobody is asked there who they are
        # Each operation meets the edges of its description once: where it lets in whoever asks.
        edges = is_open(operation) if who == "visitor" else who == "key"
        with subtests.test(operation.label):
            try_everything(operation, call, world.ids(operation.path), edges=edges)


def is_open(operation: Any) -> bool:
    return not any(operation.definition.raw.get("security", []))


def try_everything(operation: Any, call: Caller, ids: dict[str, str], *, edges: bool) -> None:
    """Send some of what lies within the description and without, and if asked its edges, also to what exists."""

    def send(case: Case) -> None:
        # Before the call: it changes the case.
        known = operation.Case(
            method=case.method,
            path_parameters=ids,
            query=case.query,
            headers=case.headers,
            body=case.body,
            media_type=case.media_type,
        )
        call(case)
        if ids and case.method.upper() == operation.method.upper():
            call(known)

    modes, generation = list(GenerationMode), operation.schema.config.generation
    if edges:
        cases = operation.schema.iter_coverage_cases(operation, generation_modes=modes, generation_config=generation)
        for case in cases:
            send(case)
    whatever = st.one_of([operation.as_strategy(generation_mode=mode) for mode in modes])
    rules = settings(max_examples=EXAMPLES, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
    rules(given(case=whatever)(send))()


def test_every_operation_does_what_it_is_there_for(world: World, description: Any, subtests: pytest.Subtests) -> None:
    """What is tried above may never get through: here each request is right."""
    for operation in operations(description):
        call = world.caller(operation.path, "key")
        ids, body = world.ids(operation.path), world.bodies.get(operation.label)
        if "{" in operation.path and not ids:
            continue
        has_file = "file" in (body or {})
        media_type = "multipart/form-data" if has_file else "application/json"
        kind = {} if body is None else {"body": body, "media_type": media_type}
        with subtests.test(operation.label):
            assert call(operation.Case(path_parameters=ids, **kind)) in (200, 201, 204)

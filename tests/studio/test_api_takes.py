"""What a device sends in a recording session: kept once, whole or not at all, and only from whom it may come."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.test.utils import CaptureQueriesContext

from dictionary.models import Entry
from media import reviewing
from media.models import Recording
from progress.models import AppealedForm
from studio import services
from studio.models import SessionTake
from tests.making import take_consent_back
from tests.media import sounds

from .conftest import person

pytestmark = pytest.mark.django_db


class Device:
    """A device on which somebody is signed in."""

    def __init__(self, user, session, language="en"):
        self.client = Client(headers={"accept-language": language})
        if user:
            self.client.force_login(user)
        self.root = f"/api/v1/studio/sessions/{session.uuid}/"
        self.session = session

    def send(self, prompt, take=None, *, data=None, pace="normal", **fields):
        file = SimpleUploadedFile("take.webm", sounds.webm(0.6) if data is None else data, "audio/webm")
        form = {"prompt": getattr(prompt, "pk", prompt), "pace": pace, "file": file} | fields
        body = encode_multipart(BOUNDARY, {name: value for name, value in form.items() if value is not None})
        return self.client.put(f"{self.root}takes/{take or uuid4()}/", body, content_type=MULTIPART_CONTENT)

    def discard(self, take):
        return self.client.delete(f"{self.root}takes/{take}/")

    def put(self, prompt, **body):
        path = f"{self.root}prompts/{getattr(prompt, 'pk', prompt)}/"
        return self.client.put(path, body, content_type="application/json")

    def session_now(self):
        return self.client.get(self.root)


@pytest.fixture
def device(author, session):
    return Device(author, session)


@pytest.fixture
def prompt(session):
    return session.prompts.select_related("entry").first()


def errors(reply):
    assert reply.status_code == 400, reply.content
    return reply.json()["errors"]


# --- a take ---------------------------------------------------------------------------------------


def test_a_take_becomes_a_recording_that_waits_for_its_second_listener(device, session, prompt, author, speaker):
    take = uuid4()
    reply = device.send(prompt, take)
    assert reply.status_code == 201
    recording = Recording.objects.get(uuid=reply.json()["recording"])
    assert reply.json() == {"id": str(take), "prompt": prompt.pk, "recording": str(recording.uuid)}
    assert (recording.kind, recording.speaker, recording.uploaded_by) == ("native", speaker, author)
    assert (recording.transcript, recording.variety, recording.pace) == ("phal", session.variety, "normal")
    assert (recording.review, recording.status, recording.is_heard) == ("open", "ready", False)
    assert recording.session_take.uuid == take
    prompt.refresh_from_db()
    assert prompt.state == "recorded"
    assert prompt.entry.takes.filter(recording=recording).exists()


def test_learners_hear_it_in_the_place_of_the_synthetic_voice_once_it_is_accepted(device, prompt, reviewer):
    recording = Recording.objects.get(uuid=device.send(prompt).json()["recording"])
    assert Entry.objects.get(pk=prompt.entry_id).recording.is_synthetic
    reviewing.accept_take(recording, by=reviewer)
    assert Entry.objects.get(pk=prompt.entry_id).recording == recording


def test_sent_twice_it_is_one_and_the_reply_is_the_same(device, prompt, originals):
    take = uuid4()
    first, second = device.send(prompt, take), device.send(prompt, take)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.content == second.content
    assert Recording.objects.filter(kind="native").count() == SessionTake.objects.count() == 1
    assert len(originals()) == 1


def test_again_takes_the_place_of_the_unchecked_take_of_the_same_pace(device, prompt):
    first = device.send(prompt).json()["recording"]
    slow = device.send(prompt, pace="slow").json()["recording"]
    second = device.send(prompt).json()["recording"]
    assert {str(one.uuid) for one in Recording.objects.filter(kind="native")} == {slow, second}
    assert not Recording.objects.filter(uuid=first).exists()


def test_a_checked_take_stays_when_another_is_recorded(device, prompt, reviewer):
    first = Recording.objects.get(uuid=device.send(prompt).json()["recording"])
    reviewing.accept_take(first, by=reviewer)
    device.send(prompt)
    assert Recording.objects.filter(kind="native").count() == 2


def test_what_was_replaced_or_thrown_away_does_not_come_back(device, prompt):
    replaced, thrown = uuid4(), uuid4()
    device.send(prompt, replaced)
    device.send(prompt, thrown)
    assert device.discard(thrown).status_code == 204
    for take in (replaced, thrown):
        reply = device.send(prompt, take)
        assert (reply.status_code, reply.json()["recording"]) == (200, None)
    assert not Recording.objects.filter(kind="native").exists()


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "empty"),
        (sounds.TEXT, "not an audio file"),
        (sounds.silence(), "Nothing can be heard"),
        (sounds.cut(sounds.mp3(1), 0.01), "file"),
    ],
    ids=["empty", "text", "silent", "cut"],
)
def test_a_bad_file_is_refused_by_name_and_nothing_is_kept(device, prompt, data, part, originals):
    found = errors(device.send(prompt, data=data))
    assert list(found) == ["file"]
    assert part in found["file"][0]
    assert not SessionTake.objects.exists() and not originals()
    prompt.refresh_from_db()
    assert prompt.state == "waiting"


def test_the_fault_is_told_in_the_language_of_the_page(author, session, prompt):
    found = errors(Device(author, session, "lv").send(prompt, data=b""))
    assert found["file"] == ["Datne ir tukša. Izvēlieties ierakstu vēlreiz."]


@pytest.mark.parametrize(
    ("fields", "name"),
    [({"pace": "fast"}, "pace"), ({"prompt": "x"}, "prompt"), ({"file": None}, "file"), ({"more": "1"}, "more")],
)
def test_what_is_wrong_or_unknown_is_named(device, prompt, fields, name):
    given = {"prompt": prompt} | fields
    assert list(errors(device.send(given.pop("prompt"), **given))) == [name]


def test_a_consent_taken_back_meanwhile_stops_the_takes_and_names_the_speaker(device, prompt, speaker, originals):
    take_consent_back(speaker)
    assert "consent" in errors(device.send(prompt))["speaker"][0]
    assert device.session_now().json()["may_be_recorded"] is False
    assert not originals()


def test_a_speaker_who_was_erased_is_named_too(device, prompt, session):
    session.speaker = None
    session.save()
    assert list(errors(device.send(prompt))) == ["speaker"]


def test_if_the_transaction_fails_no_file_stays(device, prompt, monkeypatch, originals):
    def fail(*args):
        raise RuntimeError("no")

    monkeypatch.setattr(services, "add_take", fail)
    device.client.raise_request_exception = False
    assert device.send(prompt).status_code == 500
    assert not originals() and not SessionTake.objects.exists()


def test_the_same_number_twice_at_once_is_one_take(device, session, prompt, monkeypatch, originals):
    """The other request keeps its row after this one has looked for it: the constraint decides."""
    take = uuid4()
    device.send(prompt, take)
    known, looks = services._known_take, iter([None, None])
    monkeypatch.setattr(services, "_known_take", lambda *args: next(looks, known(*args)))
    reply = device.send(prompt, take)
    assert reply.status_code == 200
    assert Recording.objects.filter(kind="native").count() == 1
    assert len(originals()) == 1


def test_another_fault_of_the_database_is_not_taken_for_a_second_sending(session, prompt, author, monkeypatch):
    def fail(*args):
        raise IntegrityError("another")

    monkeypatch.setattr(services, "add_take", fail)
    file = SimpleUploadedFile("take.webm", sounds.webm(0.6))
    with pytest.raises(IntegrityError):
        services.keep_take(session=session, take=uuid4(), prompt=prompt.pk, pace="normal", file=file, by=author)


# --- throwing away --------------------------------------------------------------------------------


def test_a_take_is_thrown_away_with_its_file_and_the_prompt_waits_again(
    device, prompt, django_capture_on_commit_callbacks, originals
):
    take = uuid4()
    device.send(prompt, take)
    with django_capture_on_commit_callbacks(execute=True):
        assert device.discard(take).status_code == 204
    assert not Recording.objects.filter(kind="native").exists() and not originals()
    prompt.refresh_from_db()
    assert prompt.state == "waiting"
    assert device.discard(take).status_code == 204


def test_a_checked_take_is_not_thrown_away(device, prompt, reviewer):
    take = uuid4()
    recording = Recording.objects.get(uuid=device.send(prompt, take).json()["recording"])
    reviewing.accept_take(recording, by=reviewer)
    assert "checked" in errors(device.discard(take))["non_field_errors"][0]
    assert Recording.objects.filter(pk=recording.pk).exists()


# --- skipping -------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["not_said", "later"])
def test_a_prompt_is_skipped_with_a_reason_and_may_wait_again(device, prompt, reason):
    reply = device.put(prompt, state="skipped", reason=reason)
    assert reply.json() == {"id": prompt.pk, "state": "skipped", "reason": reason, "said_form": ""}
    assert device.put(prompt, state="waiting").json()["state"] == "waiting"
    assert not AppealedForm.objects.exists()


def test_said_differently_goes_to_the_native_reviewers_once(device, prompt):
    for _ in range(2):
        reply = device.put(prompt, state="skipped", reason="differently", said_form="  pšal ")
        assert reply.json() == {"id": prompt.pk, "state": "skipped", "reason": "differently", "said_form": "pšal"}
    form = AppealedForm.objects.get()
    assert (form.entry, form.expected, form.written, form.status) == (prompt.entry, "phal", "pšal", "open")
    assert form.said_by_speaker is True


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"state": "skipped"}, "reason"),
        ({"state": "skipped", "reason": "tired"}, "reason"),
        ({"state": "skipped", "reason": "differently"}, "said_form"),
        ({"state": "skipped", "reason": "differently", "said_form": " ! "}, "said_form"),
        ({"state": "skipped", "reason": "differently", "said_form": "phal"}, "said_form"),
        ({"state": "skipped", "reason": "differently", "said_form": "p" * 121}, "said_form"),
        ({"state": "recorded"}, "state"),
        ({}, "state"),
        ({"state": "waiting", "by": "me"}, "by"),
    ],
)
def test_a_skip_that_says_too_little_is_refused_by_name(device, prompt, body, name):
    assert list(errors(device.put(prompt, **body))) == [name]
    prompt.refresh_from_db()
    assert prompt.state == "waiting"


def test_a_skipped_prompt_may_be_recorded_after_all(device, prompt):
    device.put(prompt, state="skipped", reason="later")
    device.send(prompt)
    prompt.refresh_from_db()
    assert (prompt.state, prompt.skip_reason) == ("recorded", "")


# --- who may --------------------------------------------------------------------------------------


def every_call(device, prompt, take):
    return [device.session_now(), device.send(prompt, take), device.put(prompt, state="waiting"), device.discard(take)]


def test_who_may_not_hold_sessions_finds_nothing(learner, reviewer, session, prompt, device):
    take = uuid4()
    device.send(prompt, take)
    assert [one.status_code for one in every_call(Device(learner, session), prompt, take)] == [404] * 4
    assert [one.status_code for one in every_call(Device(None, session), prompt, take)] == [401] * 4
    # A native reviewer may look, and no more.
    assert [one.status_code for one in every_call(Device(reviewer, session), prompt, take)] == [200, 404, 404, 404]


def test_what_belongs_to_another_session_is_not_there(device, session, prompt, speaker, words):
    other = services.create_session(speaker=speaker, entries=words[:1], by=person("b@example.org"))
    take = uuid4()
    assert Device(other.created_by, session).send(prompt).status_code == 404
    assert device.send(other.prompts.first()).status_code == 404
    assert device.put(other.prompts.first(), state="waiting").status_code == 404
    device.send(prompt, take)
    elsewhere = Device(session.created_by, other)
    assert elsewhere.send(other.prompts.first(), take).status_code == 404
    assert elsewhere.discard(take).status_code == 404
    assert list(errors(device.send(session.prompts.last(), take))) == ["prompt"]
    assert Device(session.created_by, type("Gone", (), {"uuid": uuid4()})).session_now().status_code == 404


def test_the_session_tells_what_a_device_needs(device, session, prompt, words):
    take = uuid4()
    device.send(prompt, take, pace="slow")
    found = device.session_now()
    assert found.headers["Cache-Control"].startswith("max-age=0")
    first, *others = found.json()["prompts"]
    assert (first["romani"], first["meaning"], first["state"]) == ("phal", "brālis", "recorded")
    assert first["audio"]["voice"] == "synthetic"
    assert [(one["id"], one["pace"], one["review"]) for one in first["takes"]] == [(str(take), "slow", "open")]
    assert [one["romani"] for one in others] == [word.text for word in words[1:]]
    for source in first["takes"][0]["sources"]:
        reply = device.client.get(source["url"])
        assert reply.status_code == 200 and reply.headers["Cache-Control"].startswith("private, no-store")
        assert Client().get(source["url"]).status_code == 302, "nobody else hears it"


def test_a_session_costs_the_same_however_much_is_in_it(device, session, speaker, words, author):
    small = services.create_session(speaker=speaker, entries=words[:2], by=author)
    for prompt in small.prompts.all():
        Device(author, small).send(prompt)
    for prompt in session.prompts.all():
        device.send(prompt)
        device.send(prompt, pace="slow")
    counts = []
    for one in (Device(author, small), device):
        with CaptureQueriesContext(connection) as seen:
            assert one.session_now().status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] < 20


def test_keeping_a_take_costs_the_same_however_many_are_there(device, session):
    prompts = list(session.prompts.all())
    counts = []
    for prompt in prompts[:4]:
        with CaptureQueriesContext(connection) as seen:
            assert device.send(prompt).status_code == 201
        counts.append(len(seen))
    assert counts[1] == counts[3]

"""Two takes at once: two windows, a retry that overtakes the first sending."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, connections

from media.models import Recording
from studio import services
from studio.models import SessionTake
from tests.media import sounds

needs_postgres = pytest.mark.skipif(
    not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"),
    reason="SQLite in memory has one lock for all; the suite runs on PostgreSQL too (.ci/run).",
)


@pytest.fixture
def keep(session, author):
    """Return a function that keeps a take of the session, by default of its first prompt."""
    prompts = list(session.prompts.all())
    sound = sounds.webm(0.6)

    def one(take, place=0):
        file = ContentFile(sound, name="take.webm")
        return services.keep_take(
            session=session, take=take, prompt=prompts[place].pk, pace="normal", file=file, by=author
        )

    return one


def native():
    return Recording.objects.filter(kind="native")


@pytest.fixture
def in_between(monkeypatch):
    """Let something happen while the sound of a take is being decoded."""

    def arrange(deed):
        check = services.checked_recording

        def check_and_do(**values):
            monkeypatch.setattr(services, "checked_recording", check)
            deed()
            return check(**values)

        monkeypatch.setattr(services, "checked_recording", check_and_do)

    return arrange


@pytest.mark.django_db
def test_one_take_sent_twice_at_once_is_one(keep, in_between, originals):
    take = uuid4()
    in_between(lambda: keep(take))
    kept, made = keep(take)
    assert (kept.uuid, made, SessionTake.objects.count(), native().count()) == (take, False, 1, 1)
    assert len(originals()) == 1


@pytest.mark.django_db
def test_of_two_takes_at_once_the_later_one_stays(keep, in_between):
    in_between(lambda: keep(uuid4()))
    kept, made = keep(uuid4())
    assert made
    assert native().get() == kept.recording


@pytest.mark.django_db
def test_what_the_database_refuses_at_the_very_end_leaves_no_file(keep, monkeypatch, originals):
    store = services._store

    def refused_at_the_commit(*args):
        store(*args)
        raise IntegrityError

    monkeypatch.setattr(services, "_store", refused_at_the_commit)
    with pytest.raises(IntegrityError):
        keep(uuid4())
    assert len(originals()) == 0
    assert not native().exists()


def all_at_once(*deeds):
    """Run the deeds in threads that start together; return what each returned."""
    gate = threading.Barrier(len(deeds))
    # A pool of this test's own: what other tests borrowed must not be missing here.
    connections["default"].close_pool()

    def run(deed):
        gate.wait()
        try:
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


@needs_postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_for_real_one_number_is_one_take_and_one_prompt_keeps_one(keep, session):
    take = uuid4()
    kept = all_at_once(*[lambda: keep(take)] * 4)
    assert sorted(made for _take, made in kept) == [False, False, False, True]
    all_at_once(*[lambda: keep(uuid4())] * 4)
    assert native().count() == 1
    assert session.prompts.first().takes.exclude(recording=None).count() == 1

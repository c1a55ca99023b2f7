"""Work in the background: done once, tried again, given up, found after a crash."""

import signal
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone

from media import mastering, rendering, services
from media.models import FileDeletion, Recording, Rendition
from media.tasks import make_renditions
from tests.media import sounds
from tests.media.conftest import accepted


@pytest.fixture
def waiting(db, speaker, latvian):
    """Return a function that makes a recording for which no worker was called."""

    def make(data: bytes | None = None, **values) -> Recording:
        file = ContentFile(sounds.wav(1) if data is None else data, name="a.wav")
        given = {"title": "dīs", "transcript": "dīs", "kind": "native", "speaker": speaker, "variety": latvian}
        return Recording.objects.create(file=file, queued_at=timezone.now(), **given | values)

    return make


def test_a_run_makes_the_recording_ready(waiting):
    recording = waiting()
    assert rendering.prepare_recording(recording.pk) is rendering.Outcome.DONE
    recording.refresh_from_db()
    assert (recording.status, recording.attempts, recording.started_at) == ("ready", 1, None)
    assert sorted(recording.renditions.values_list("format", flat=True)) == ["mp3", "opus"]


def test_a_second_run_changes_nothing(waiting):
    recording = waiting()
    rendering.prepare_recording(recording.pk)
    before = list(Rendition.objects.values())
    assert rendering.prepare_recording(recording.pk) is rendering.Outcome.SKIPPED
    assert list(Rendition.objects.values()) == before


def test_a_run_leaves_what_another_worker_holds(waiting):
    recording = waiting(started_at=timezone.now())
    assert rendering.prepare_recording(recording.pk) is rendering.Outcome.SKIPPED
    assert not recording.renditions.exists()


def test_a_run_for_a_deleted_recording_is_nothing(db):
    assert rendering.prepare_recording(4711) is rendering.Outcome.SKIPPED


def test_a_bad_file_fails_at_once_and_says_why(waiting):
    recording = waiting(sounds.TEXT)
    make_renditions.enqueue(recording.pk)
    recording.refresh_from_db()
    assert (recording.status, recording.failure, recording.attempts) == ("failed", "not_audio", 1)
    assert "not an audio file" in recording.failure_text
    assert recording.sources == []


def test_a_lost_file_fails_and_says_so(waiting):
    recording = waiting()
    recording.file.storage.delete(recording.file.name)
    make_renditions.enqueue(recording.pk)
    recording.refresh_from_db()
    assert (recording.status, recording.failure) == ("failed", "missing")


@pytest.fixture
def originals_in_s3(s3, monkeypatch):
    monkeypatch.setattr(Recording._meta.get_field("file"), "storage", storages["default"])
    return s3


def test_originals_and_renditions_may_lie_in_an_object_store(originals_in_s3, waiting, client):
    recording = waiting()
    assert rendering.prepare_recording(recording.pk) is rendering.Outcome.DONE
    keys = {entry["Key"] for entry in originals_in_s3.list_objects_v2(Bucket="course")["Contents"]}
    assert recording.file.name in keys
    assert {rendition.file.name for rendition in recording.renditions.all()} <= keys
    recording.refresh_from_db()
    assert client.get(accepted(recording).sources[0]["url"]).status_code == 200


def test_an_original_lost_from_an_object_store_fails_and_says_so(originals_in_s3, waiting):
    recording = waiting()
    originals_in_s3.delete_object(Bucket="course", Key=recording.file.name)
    assert rendering.prepare_recording(recording.pk) is rendering.Outcome.FAILED
    recording.refresh_from_db()
    assert recording.failure == "missing"


def accidents(monkeypatch, times: int) -> None:
    """Let the first runs end in an accident."""
    real, left = mastering.render, [times]

    def render(*args, **kwargs):
        if left[0]:
            left[0] -= 1
            raise RuntimeError("no memory left")
        return real(*args, **kwargs)

    monkeypatch.setattr(mastering, "render", render)


def test_after_an_accident_it_is_tried_again(waiting, monkeypatch):
    accidents(monkeypatch, 2)
    recording = waiting()
    make_renditions.enqueue(recording.pk)
    recording.refresh_from_db()
    assert (recording.status, recording.attempts, recording.failure) == ("ready", 3, "")


def test_after_three_accidents_it_is_given_up(waiting, monkeypatch):
    accidents(monkeypatch, 3)
    recording = waiting()
    make_renditions.enqueue(recording.pk)
    recording.refresh_from_db()
    assert (recording.status, recording.attempts, recording.failure) == ("failed", 3, "crashed")


def test_a_file_replaced_while_a_run_is_on_wins(waiting, monkeypatch, settings):
    recording = waiting()
    real = mastering.render

    def replaced_meanwhile(*args, **kwargs):
        monkeypatch.setattr(mastering, "render", real)
        newer = Recording.objects.get(pk=recording.pk)
        newer.file = ContentFile(sounds.wav(3), name="b.wav")
        services.save_recording(newer, has_new_file=True)
        return real(*args, **kwargs)

    monkeypatch.setattr(mastering, "render", replaced_meanwhile)
    assert rendering.prepare_recording(recording.pk) is rendering.Outcome.SKIPPED
    recording.refresh_from_db()
    assert recording.is_ready
    assert recording.duration_seconds == pytest.approx(3, abs=0.05)
    assert Rendition.objects.filter(recording=recording).count() == 2


def test_a_run_that_loses_its_claim_leaves_no_files_behind(
    waiting, monkeypatch, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    recording = waiting()
    real = mastering.render

    def taken_away(*args, **kwargs):
        Recording.objects.filter(pk=recording.pk).update(started_at=timezone.now() + timedelta(seconds=1))
        return real(*args, **kwargs)

    monkeypatch.setattr(mastering, "render", taken_away)
    with django_capture_on_commit_callbacks(execute=True):
        assert rendering.prepare_recording(recording.pk) is rendering.Outcome.SKIPPED
    assert not FileDeletion.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_what_a_worker_stored_before_it_died_is_found(waiting, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    recording = waiting()

    def killed(*args, **kwargs):
        raise SystemExit

    monkeypatch.setattr(rendering, "_finish", killed)
    with pytest.raises(SystemExit):
        rendering.prepare_recording(recording.pk)
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(left) == 2
    call_command("reap_recordings", "--verbosity", "0")
    assert all(path.exists() for path in left)  # the run might still be on
    FileDeletion.objects.update(due_at=timezone.now())
    call_command("reap_recordings", "--verbosity", "0")
    assert not any(path.exists() for path in left)
    assert not FileDeletion.objects.exists()


def test_what_a_recording_points_at_is_no_orphan(waiting):
    recording = waiting()
    rendering.prepare_recording(recording.pk)
    assert not FileDeletion.objects.exists()
    assert all(one.file.storage.exists(one.file.name) for one in recording.renditions.all())


def test_the_reaper_gives_back_what_a_dead_worker_held(waiting):
    old = timezone.now() - timedelta(minutes=20)
    held = waiting(started_at=old, attempts=1)
    at_work = waiting(started_at=timezone.now(), attempts=1)
    assert services.reap_recordings() == services.Reaped(queued=1, failed=0)
    held.refresh_from_db()
    at_work.refresh_from_db()
    assert (held.status, held.attempts) == ("ready", 2)
    assert at_work.status == "pending"
    assert services.reap_recordings() == services.Reaped(queued=0, failed=0)


def test_the_reaper_calls_a_worker_where_no_task_is_left(waiting):
    lost = waiting()
    Recording.objects.filter(pk=lost.pk).update(queued_at=timezone.now() - timedelta(hours=1))
    fresh = waiting()
    assert services.reap_recordings().queued == 1
    lost.refresh_from_db()
    fresh.refresh_from_db()
    assert (lost.status, fresh.status) == ("ready", "pending")


def test_the_reaper_gives_up_what_killed_three_workers(waiting):
    recording = waiting(started_at=timezone.now() - timedelta(hours=1), attempts=3)
    assert services.reap_recordings() == services.Reaped(queued=0, failed=1)
    recording.refresh_from_db()
    assert (recording.status, recording.failure) == ("failed", "crashed")


def test_the_command_reaps_and_says_what_it_did(waiting):
    recording = waiting(started_at=timezone.now(), attempts=1)
    said = StringIO()
    call_command("reap_recordings", stdout=said)
    assert "Queued again: 0. Given up: 0." in said.getvalue()
    call_command("reap_recordings", "--older-than", "0", stdout=said)
    assert "Queued again: 1. Given up: 0." in said.getvalue()
    recording.refresh_from_db()
    assert recording.is_ready


@pytest.mark.parametrize("minutes", ["soon", "-1", "nan", "1e99"])
def test_the_command_refuses_what_is_no_time(minutes):
    with pytest.raises(CommandError, match="minutes"):
        call_command("reap_recordings", f"--older-than={minutes}")


def test_a_failed_recording_may_be_tried_again(waiting, monkeypatch):
    accidents(monkeypatch, 3)
    recording = waiting()
    make_renditions.enqueue(recording.pk)
    recording.refresh_from_db()
    assert services.retry_recording(recording)
    recording.refresh_from_db()
    assert (recording.status, recording.attempts) == ("ready", 1)
    assert not services.retry_recording(recording)


@pytest.fixture
def own_signals():
    """Give back the signal handlers that a worker takes for itself."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)  # the worker opens a connection of its own
@pytest.mark.usefixtures("own_signals")
def test_a_worker_of_its_own_takes_the_task_from_the_database(settings, speaker):
    settings.TASKS = {
        **settings.TASKS,
        "jobs": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "media"]},
    }
    recording = services.create_recording(
        title="dīs",
        transcript="dīs",
        kind="native",
        speaker=speaker,
        file=ContentFile(sounds.wav(1), name="a.wav"),
    )
    assert recording.status == "pending"
    call_command("db_worker", "--backend=jobs", "--queue-name=*", "--batch", "--no-startup-delay", "--interval=0")
    recording.refresh_from_db()
    assert recording.is_ready

"""One long recording: it comes in parts, is read once, cut where a person says, and placed piece by piece."""

import io
import json
import wave
from array import array
from datetime import timedelta
from itertools import pairwise
from unittest.mock import patch

import av
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from storages.backends.s3 import S3Storage

from dictionary.models import Take
from media import audio, mastering
from media.models import Recording
from media.pieces import cut_into_files
from studio import long_sounds, uploads
from studio.cutting import STEP_MS
from studio.models import LongPart, LongSound, UploadBatch, UploadedSound
from studio.placing import place_some
from studio.reading import read
from studio.tasks import place_uploads
from studio.upload_reaper import reap_uploads
from tests.media import sounds
from tests.studio.uploads.conftest import keep_in, stream

pytestmark = pytest.mark.django_db

RATE = 16_000


def spoken(words=5, *, word=0.5, pause=0.9):
    """Return a WAV in which so many words are said; each is as high as its number says."""
    samples = array("h", [20, -20] * int(RATE * 0.3))
    for number in range(words):
        half = RATE // (2 * (200 + 100 * number))
        samples.extend([9000 if n // half % 2 else -9000 for n in range(int(RATE * word))])
        samples.extend([20, -20] * int(RATE * pause / 2))
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())
    return file.getvalue()


@pytest.fixture
def batch(speaker, latvian, entries, author):
    pks = [one.pk for one in entries]
    return uploads.start_batch(speaker=speaker, variety=latvian, entries=pks, by=author, kind="long")


def arrive(batch, data, *, name="session.wav", part=60_000):
    with patch.object(long_sounds, "PART_BYTES", part):
        sound = long_sounds.begin(batch=batch, name=name, size=len(data))
        for number, start in enumerate(range(0, len(data), part)):
            long_sounds.receive_part(sound=sound, number=number, stream=stream(data[start : start + part]), most=part)
        long_sounds.finish(sound=sound)
    sound.refresh_from_db()
    return sound


def test_it_is_joined_read_and_cut_at_its_silences(batch, private, django_capture_on_commit_callbacks):
    data = spoken()
    with django_capture_on_commit_callbacks(execute=True):
        sound = arrive(batch, data)
    assert (sound.state, sound.failure, sound.content_type) == ("ready", "", "audio/wav")
    assert sound.file.open("rb").read() == data
    assert not LongPart.objects.exists()
    assert len(private()) == 1
    assert len(sound.cuts) == 5
    assert abs(len(sound.levels) * STEP_MS / 1000 - sound.seconds) < 0.1
    assert [entry for _piece, entry in long_sounds.pieces_with_entries(sound)] == list(
        batch.entries.values_list("entry", flat=True)
    )
    assert not Recording.objects.exists()


def test_the_pieces_become_recordings_in_order(batch, private, django_capture_on_commit_callbacks):
    sound = arrive(batch, spoken())
    with django_capture_on_commit_callbacks(execute=True):
        assert uploads.confirm(batch=batch) == 5
    batch.refresh_from_db()
    sound.refresh_from_db()
    assert (batch.state, sound.state) == ("done", "cut")
    assert Take.objects.count() == 5
    for number, row in enumerate(batch.sounds.select_related("recording")):
        assert row.state == "placed"
        assert 0.6 < row.recording.duration_seconds < 0.9
        assert _height_of_tone(row.recording) == pytest.approx(200 + 100 * number, rel=0.1)
        assert len(row.recording.digest) == 64


def _height_of_tone(recording):
    """Count how often the sound of the original passes zero in its middle half second."""
    with recording.file.open("rb") as file:
        copy = io.BytesIO(file.read())
    with av.open(copy) as container:
        values = array("h", b"".join(bytes(f.planes[0])[: f.samples * 2] for f in container.decode(audio=0)))
    middle = values[len(values) // 4 : -len(values) // 4]
    return sum(1 for a, b in pairwise(middle) if a < 0 <= b) / (len(middle) / mastering.RATE)


def test_a_dropped_piece_and_a_word_left_out_shift_the_rest(batch, entries):
    sound = arrive(batch, spoken(4))
    cuts = [dict(one) for one in sound.cuts]
    cuts[0]["kept"] = False
    cuts[2]["skip"] = 1
    cuts[3]["skip"] = -1
    assert long_sounds.save_cuts(sound=sound, version=sound.version, cuts=cuts) == sound.version + 1
    uploads.confirm(batch=batch)
    assert list(batch.sounds.values_list("entry__text", "name", "state")) == [
        ("rom", "0002", "placed"),
        ("romni", "0003", "placed"),
        ("romni", "0004", "placed"),
    ]


def test_two_windows_do_not_overwrite_each_other(batch):
    sound = arrive(batch, spoken(2))
    version = sound.version
    long_sounds.save_cuts(sound=sound, version=version, cuts=sound.cuts[:1])
    with pytest.raises(ValidationError) as caught:
        long_sounds.save_cuts(sound=sound, version=version, cuts=sound.cuts)
    assert caught.value.code == "conflict"
    sound.refresh_from_db()
    assert len(sound.cuts) == 1


@pytest.mark.parametrize(
    "cuts",
    [
        None,
        {},
        [3],
        [{"start": 0, "end": 500}],
        [{"start": 0, "end": 500, "kept": True, "skip": "1"}],
        [{"start": 0, "end": 50, "kept": True, "skip": 0}],
        [{"start": -5, "end": 500, "kept": True, "skip": 0}],
        [{"start": 0, "end": 10**9, "kept": True, "skip": 0}],
        [{"start": 0, "end": 500, "kept": True, "skip": -2}],
        [{"start": 0, "end": 500, "kept": True, "skip": 0}, {"start": 400, "end": 900, "kept": True, "skip": 0}],
        [{"start": 0.5, "end": 500, "kept": True, "skip": 0}],
        [{"start": 0, "end": 500, "kept": True, "skip": 0}] * 1001,
    ],
)
def test_pieces_that_cannot_be_are_refused(batch, cuts):
    sound = arrive(batch, spoken(1))
    before = sound.cuts
    with pytest.raises(ValidationError):
        long_sounds.save_cuts(sound=sound, version=sound.version, cuts=cuts)
    sound.refresh_from_db()
    assert sound.cuts == before


def test_the_same_file_goes_on_where_it_broke_off_and_another_takes_its_place(batch, private):
    data = spoken(1)
    sound = long_sounds.begin(batch=batch, name="a.wav", size=len(data))
    long_sounds.receive_part(sound=sound, number=0, stream=stream(data[:1000]))
    again = long_sounds.begin(batch=batch, name="a.wav", size=len(data))
    assert (again.pk, list(again.parts.values_list("number", flat=True))) == (sound.pk, [0])
    long_sounds.receive_part(sound=again, number=0, stream=stream(b"another"))
    assert again.parts.get().bytes == 1000
    with pytest.raises(ValidationError, match="Not all"):
        long_sounds.finish(sound=again)
    other = long_sounds.begin(batch=batch, name="b.wav", size=5)
    assert other.pk != sound.pk
    assert not other.parts.exists()


@pytest.mark.parametrize(("number", "data"), [(-1, b"x"), (10**9, b"x"), (0, b""), (0, b"x" * 5_000_000)])
def test_a_part_that_cannot_be_is_refused(batch, number, data, private):
    sound = long_sounds.begin(batch=batch, name="a.wav", size=10_000)
    with pytest.raises(ValidationError):
        long_sounds.receive_part(sound=sound, number=number, stream=stream(data))
    assert private() == []


@pytest.mark.parametrize(
    ("data", "failure"),
    [
        (sounds.TEXT, "not_audio"),
        (sounds.silence(3), "silent"),
        (sounds.video_with_sound(), "video"),
        (sounds.cut(sounds.wav(3)), "cut_off"),
    ],
)
def test_a_bad_long_recording_says_why(batch, data, failure):
    sound = arrive(batch, data)
    assert (sound.state, sound.failure) == ("failed", failure)
    assert sound.failure_text
    with pytest.raises(ValidationError):
        uploads.confirm(batch=batch)


def test_what_is_too_long_or_too_big_says_so(batch):
    assert long_sounds.MAX_SECONDS == 3600
    sound = arrive(batch, sounds.three_hours(), part=4_000_000)
    assert sound.failure == "too_long"
    assert "longer than an hour" in sound.failure_text
    with pytest.raises(ValidationError, match="300 MB"):
        long_sounds.begin(batch=batch, name="a.wav", size=301 * 1024 * 1024)


def test_a_recording_of_twenty_minutes_is_welcome_here(batch):
    assert audio.MAX_SECONDS < 20 * 60
    sound = arrive(batch, _quiet_minutes(20), part=4_000_000)
    assert (sound.state, round(sound.seconds)) == ("ready", 1200)
    assert len(sound.cuts) == 20


def _quiet_minutes(minutes):
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(1)
        out.setframerate(8000)
        out.writeframes((bytes([100, 156]) * 4000 + bytes([128]) * 8000 * 59) * minutes)
    return file.getvalue()


def test_cutting_anew_by_another_silence(batch):
    sound = arrive(batch, spoken(5))
    long_sounds.cut_anew(sound=sound, pause_ms=1500)
    sound.refresh_from_db()
    assert len(sound.cuts) == 1
    with pytest.raises(ValidationError):
        long_sounds.cut_anew(sound=sound, pause_ms=7)


def test_an_accident_in_reading_is_tried_three_times_then_said_and_can_be_tried_again(batch):
    with patch("studio.reading.audio.probe", side_effect=OSError):
        sound = arrive(batch, spoken(2))
    assert (sound.state, sound.failure, sound.attempts) == ("failed", "crashed", 3)
    assert long_sounds.read_again(sound=sound)
    sound.refresh_from_db()
    assert sound.state == "ready"
    assert not long_sounds.read_again(sound=sound)


def test_an_accident_in_cutting_fails_its_rows_and_another_try_places_them(batch):
    arrive(batch, spoken(3))
    with patch("studio.reading.cut_into_files", side_effect=OSError):
        uploads.confirm(batch=batch)
    batch.refresh_from_db()
    assert batch.state == "done"
    assert set(batch.sounds.values_list("state", "failure")) == {("failed", "crashed")}
    assert uploads.retry(batch=batch) == 3
    assert set(batch.sounds.values_list("state", flat=True)) == {"placed"}
    assert Take.objects.count() == 3


def test_cutting_that_broke_off_goes_on_without_doing_anything_twice(batch, private):
    arrive(batch, spoken(3))
    with patch("studio.uploads.place_uploads"):
        uploads.confirm(batch=batch)
    real = UploadedSound.objects.filter(batch=batch)

    def first_only(file, spans):
        for found in cut_into_files(file, spans):
            yield found
            raise SystemExit  # as a killed worker: nothing is caught

    with patch("studio.reading.cut_into_files", first_only), pytest.raises(SystemExit):
        place_some(batch.pk)
    assert real.exclude(file="").count() == 1
    long_ago = timezone.now() - timedelta(hours=1)
    LongSound.objects.update(started_at=long_ago)
    UploadBatch.objects.update(changed_at=long_ago)
    reap_uploads()
    assert set(real.values_list("state", flat=True)) == {"placed"}
    assert (Recording.objects.count(), Take.objects.count()) == (3, 3)


def test_the_reaper_calls_again_for_a_recording_that_nobody_reads(batch):
    with patch("studio.long_sounds.read_long_sound"):
        sound = arrive(batch, spoken(2))
    assert sound.state == "queued"
    LongSound.objects.update(queued_at=timezone.now() - timedelta(hours=1))
    assert reap_uploads().queued == 1
    sound.refresh_from_db()
    assert sound.state == "ready"
    assert read(sound.pk).value == "done"


def test_a_voice_taken_back_takes_the_long_recording_too(batch, speaker, private, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        arrive(batch, spoken(2))
    other = uploads.start_batch(
        speaker=speaker,
        variety=batch.variety,
        entries=[batch.entries.first().entry_id],
        by=batch.uploaded_by,
        kind="long",
    )
    half = long_sounds.begin(batch=other, name="half.wav", size=5000)
    long_sounds.receive_part(sound=half, number=0, stream=stream(b"x" * 1000))
    assert private()
    with django_capture_on_commit_callbacks(execute=True):
        assert uploads.forget_speaker(speaker) == 2
    assert private() == []
    assert not LongSound.objects.exists()
    assert not LongPart.objects.exists()


def test_a_voice_taken_back_while_it_is_being_placed(batch, speaker, tmp_path, django_capture_on_commit_callbacks):
    """The worker finds its row gone and undoes what it was about to do."""
    arrive(batch, spoken(1))
    with patch("studio.uploads.place_uploads"):
        uploads.confirm(batch=batch)

    from dictionary.voices import add_take

    def withdrawn(entry, recording):
        uploads.forget_speaker(speaker)
        return add_take(entry, recording)

    with patch("studio.placing.add_take", side_effect=withdrawn):
        place_uploads.enqueue(batch.pk)
    assert not Recording.objects.exists()
    assert list((tmp_path / "private" / "recordings").rglob("*.*")) == []


def test_batch_and_long_recording_live_in_an_object_store_too(
    s3, monkeypatch, settings, batch, author, speaker, latvian
):
    options = settings.STORAGES["default"]["OPTIONS"] | {"location": "private"}
    keep_in(S3Storage(**options), monkeypatch)

    def stored():
        found = s3.list_objects_v2(Bucket="course", Prefix="private/uploads/").get("Contents", [])
        return len(found)

    pks = list(batch.entries.values_list("entry", flat=True))
    files = uploads.start_batch(speaker=speaker, variety=latvian, entries=pks, by=author)
    uploads.receive_file(batch=files, name="rl0001.mp3", stream=stream(sounds.mp3(0.4)))
    from studio import assigning

    assigning.match_batch(batch=files, matched_by="name")
    assert uploads.confirm(batch=files) == 1
    sound = arrive(batch, spoken(2))
    assert (sound.state, len(sound.cuts)) == ("ready", 2)
    assert stored() >= 1
    assert uploads.confirm(batch=batch) == 2
    assert set(UploadedSound.objects.values_list("state", flat=True)) == {"placed"}
    assert Recording.objects.filter(status="ready").count() == 3


def test_the_pages_from_the_first_part_to_the_placing(staff, batch):
    def at(name, *more):
        return reverse(f"studio_upload_{name}", args=[batch.uuid, *more])

    data = spoken(3)
    raw = {"content_type": "application/octet-stream"}
    assert staff.get(at("files")).url == at("long")
    assert staff.get(at("cut")).url == at("long")
    begun = staff.post(at("long_begin"), json.dumps({"name": "a.wav", "size": len(data)}), **raw).json()
    assert begun == {"parts": [], "part_bytes": long_sounds.PART_BYTES}
    assert staff.post(at("long_finish"), "", **raw).status_code == 409
    assert staff.post(at("long_part", 0), data, **raw).status_code == 200
    assert staff.post(at("long_finish"), "", **raw).status_code == 200
    page = staff.get(at("cut"))
    assert page.context["data"]["entries"][0] == {"text": "rom", "gloss": "roms"}
    assert len(staff.get(at("levels")).content) == len(LongSound.objects.get().levels)
    assert b"".join(staff.get(at("long_sound")).streaming_content) == data
    pieces = page.context["data"]["pieces"]
    pieces[1]["kept"] = False
    body = {"version": page.context["data"]["version"], "pieces": pieces}
    kept = staff.post(at("cut"), json.dumps(body), content_type="application/json")
    assert kept.json() == {"version": body["version"] + 1}
    assert staff.post(at("cut"), json.dumps(body), content_type="application/json").status_code == 409
    assert staff.post(at("confirm")).url == at("progress")
    assert Take.objects.count() == 2
    assert staff.get(at("cut")).url == at("progress")


def test_without_scripts_the_whole_file_goes_at_once(staff, batch):
    from django.core.files.uploadedfile import SimpleUploadedFile

    address = reverse("studio_upload_long", args=[batch.uuid])
    response = staff.post(address, {"file": SimpleUploadedFile("a.wav", spoken(2))})
    assert response.url == reverse("studio_upload_cut", args=[batch.uuid])
    assert len(LongSound.objects.get().cuts) == 2


def test_a_bad_recording_says_so_on_its_page_and_offers_what_to_do(staff, batch):
    arrive(batch, sounds.TEXT)
    page = staff.get(reverse("studio_upload_cut", args=[batch.uuid])).content.decode()
    assert "not an audio file" in page and "Send another file" in page
    assert staff.get(reverse("studio_upload_long", args=[batch.uuid]) + "?new=1").status_code == 200

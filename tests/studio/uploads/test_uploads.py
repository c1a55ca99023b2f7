"""Uploads of many files: taken in one by one, matched, judged, placed once, forgotten."""

import io
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.utils import timezone

from accounts import personal_data
from dictionary.models import Take
from media import files
from media.models import FileDeletion, Recording, Speaker
from media.signals import voice_withdrawn
from media.withdrawal import files_left
from studio import assigning, upload_scope, uploads
from studio.assigning import Change
from studio.models import UploadBatch, UploadedSound
from studio.placing import place_some
from studio.steps import Step
from studio.tasks import place_uploads
from studio.upload_reaper import reap_uploads
from studio.upload_state import Gone
from tests.making import take_consent_back
from tests.media import sounds
from tests.studio.uploads.conftest import silent_speaker, stream

pytestmark = pytest.mark.django_db

FORMATS = {
    "rl0001.wav": lambda: sounds.wav(0.3),
    "rl0003.mp3": lambda: sounds.mp3(0.4),
    "romni_slow.m4a": lambda: sounds.m4a(0.5),
    "daada.ogg": lambda: sounds.ogg(0.6),
    "ph0001.webm": lambda: sounds.webm(0.7),
    "rom_slow.flac": lambda: sounds.flac(0.8),
}


@pytest.fixture
def batch(speaker, latvian, entries, author):
    return uploads.start_batch(speaker=speaker, variety=latvian, entries=[one.pk for one in entries], by=author)


def send(batch, name, data):
    return uploads.receive_file(batch=batch, name=name, stream=stream(data))


def matched(batch, by="name"):
    assigning.match_batch(batch=batch, matched_by=by)
    return {one.name: one for one in batch.sounds.select_related("entry")}


def test_every_format_is_taken_in_matched_and_placed(batch, author, speaker, private):
    for name, make in FORMATS.items():
        send(batch, name, make())
    rows = matched(batch)
    assert {name: row.entry.text for name, row in rows.items()} == {
        "rl0001.wav": "rom",
        "rl0003.mp3": "dād",
        "romni_slow.m4a": "romni",
        "daada.ogg": "dāda",
        "ph0001.webm": "ārstinel pes",
        "rom_slow.flac": "rom",
    }
    assert {row.problem for row in rows.values()} == {""}
    assert not Recording.objects.exists()
    assert uploads.confirm(batch=batch) == 6

    batch.refresh_from_db()
    assert batch.state == "done"
    assert Take.objects.count() == 6
    slow = Take.objects.get(recording__pace="slow", entry__text="rom").recording
    assert (slow.speaker, slow.uploaded_by, slow.kind, slow.transcript) == (speaker, author, "native", "rom")
    assert (slow.status, slow.review, slow.is_public) == ("ready", "open", False)
    assert len(slow.digest) == 64
    assert set(batch.sounds.values_list("state", flat=True)) == {"placed"}
    assert set(batch.sounds.values_list("file", flat=True)) == {""}


def test_what_is_placed_leaves_no_copy_behind(batch, private, django_capture_on_commit_callbacks):
    send(batch, "rl0001.wav", sounds.wav(0.3))
    matched(batch)
    assert len(private()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        uploads.confirm(batch=batch)
    assert private() == []
    assert Recording.objects.get().file.size


def test_a_file_sent_twice_is_one_row(batch, private):
    first = send(batch, "rl0001.wav", sounds.wav(0.3))
    assert send(batch, "rl0001.wav", sounds.wav(0.3)) == first
    assert batch.sounds.count() == 1
    assert len(private()) == 1


def test_a_file_that_breaks_off_on_its_way_is_not_taken_for_a_shorter_one(batch, private):
    data = sounds.mp3(2)
    with pytest.raises(ValidationError, match="did not arrive whole"):
        uploads.receive_file(batch=batch, name="rom.mp3", stream=stream(data[:6000]), promised=len(data))
    assert private() == []
    assert not batch.sounds.exists()
    assert uploads.receive_file(batch=batch, name="rom.mp3", stream=stream(data), promised=len(data)).fault == ""


def test_a_good_file_takes_the_place_of_a_bad_one_of_its_name(batch):
    assert send(batch, "rl0001.wav", sounds.TEXT).fault == "not_audio"
    assert send(batch, "rl0001.wav", sounds.wav(0.3)).fault == ""
    assert [one.fault for one in batch.sounds.all()] == [""]


def test_files_go_by_order_where_the_names_say_nothing(batch):
    for number in (10, 1, 2):
        send(batch, f"REC{number}.wav", sounds.wav(0.3, hertz=200 + number))
    rows = matched(batch)
    assert {row.problem for row in rows.values()} == {"none"}
    rows = matched(batch, by="order")
    assert [(name, rows[name].entry.text) for name in ("REC1.wav", "REC2.wav", "REC10.wav")] == [
        ("REC1.wav", "rom"),
        ("REC2.wav", "dād"),
        ("REC10.wav", "romni"),
    ]


def test_more_files_than_words_are_said(batch):
    for number in range(6):
        send(batch, f"REC{number}.wav", sounds.wav(0.3, hertz=200 + number))
    assert [row.problem for row in matched(batch, by="order").values()] == ["", "", "", "", "", "surplus"]


def test_a_bad_file_takes_no_word_of_the_order(batch):
    send(batch, "1.wav", sounds.TEXT)
    send(batch, "2.wav", sounds.wav(0.3))
    rows = matched(batch, by="order")
    assert rows["1.wav"].entry is None
    assert rows["2.wav"].entry.text == "rom"


def change(batch, sound, word=None, pace="normal", decision=""):
    word = assigning.word_of(sound) if word is None else word
    assigning.assign(batch=batch, changes={sound.pk: Change(word, pace, decision)})


def test_two_files_for_one_word_wait_for_a_decision(batch):
    send(batch, "rl0001.wav", sounds.wav(0.3))
    send(batch, "rom.wav", sounds.wav(0.4))
    rows = matched(batch)
    assert {row.problem for row in rows.values()} == {"two"}
    with pytest.raises(ValidationError, match="nothing to place"):
        uploads.confirm(batch=batch)
    change(batch, rows["rom.wav"], decision="out")
    assert assigning.placeable(batch).get().name == "rl0001.wav"
    change(batch, rows["rom.wav"], decision="anyway")
    assert uploads.confirm(batch=batch) == 2


def test_two_paces_of_one_word_are_no_doubles(batch):
    send(batch, "rl0001.wav", sounds.wav(0.3))
    send(batch, "rl0001_slow.wav", sounds.wav(0.9))
    assert {row.problem for row in matched(batch).values()} == {""}


def test_another_word_can_be_chosen_by_label_code_or_spelling(batch):
    send(batch, "x.wav", sounds.wav(0.3))
    sound = matched(batch)["x.wav"]
    for word in ("rl0003 · dād", "rl0003", "daad"):
        change(batch, sound, word)
        sound.refresh_from_db()
        assert (sound.entry.text, sound.how, sound.problem) == ("dād", "hand", "")
    matched(batch)
    sound.refresh_from_db()
    assert sound.entry.text == "dād"
    change(batch, sound, "")
    sound.refresh_from_db()
    assert (sound.entry, sound.problem) == (None, "none")


def test_a_word_that_is_not_there_is_an_error_at_its_file_and_changes_nothing(batch):
    send(batch, "rl0001.wav", sounds.wav(0.3))
    send(batch, "x.wav", sounds.wav(0.4))
    rows = matched(batch)
    changes = {rows["rl0001.wav"].pk: Change("rl0003", "slow", ""), rows["x.wav"].pk: Change("qqq", "normal", "")}
    with pytest.raises(ValidationError) as caught:
        assigning.assign(batch=batch, changes=changes)
    assert list(caught.value.message_dict) == [f"word-{rows['x.wav'].pk}"]
    assert matched(batch)["rl0001.wav"].entry.text == "rom"


def test_the_same_file_is_not_placed_twice_for_a_word(batch, speaker, latvian, entries, author):
    send(batch, "rl0001.wav", sounds.wav(0.3))
    matched(batch)
    uploads.confirm(batch=batch)
    again = uploads.start_batch(speaker=speaker, variety=latvian, entries=[one.pk for one in entries], by=author)
    send(again, "rl0001.wav", sounds.wav(0.3))
    send(again, "rom copy.wav", sounds.wav(0.3))
    send(again, "rl0003.wav", sounds.wav(0.5))
    rows = matched(again)
    change(again, rows["rom copy.wav"], "rl0001")
    assert {one.name: one.problem for one in again.sounds.all()} == {
        "rl0001.wav": "there",
        "rom copy.wav": "there",
        "rl0003.wav": "",
    }
    assert uploads.confirm(batch=again) == 1
    assert Take.objects.filter(entry=entries[0]).count() == 1


def test_a_repeated_task_does_nothing_twice(batch):
    send(batch, "rl0001.wav", sounds.wav(0.3))
    matched(batch)
    uploads.confirm(batch=batch)
    place_uploads.enqueue(batch.pk)
    assert place_some(batch.pk) is Step.DONE
    assert (Recording.objects.count(), Take.objects.count()) == (1, 1)
    with pytest.raises(Gone):
        uploads.confirm(batch=batch)


def queued(batch, *names):
    """Confirm without a worker."""
    for place, name in enumerate(names):
        send(batch, name, sounds.wav(0.3, hertz=200 + place))
    matched(batch)
    with patch("studio.uploads.place_uploads"):
        uploads.confirm(batch=batch)
    return batch


def test_nothing_is_placed_after_the_consent_is_taken_back(batch, speaker):
    queued(batch, "rl0001.wav")
    take_consent_back(speaker)
    place_some(batch.pk)
    sound = batch.sounds.get()
    assert (sound.state, sound.failure) == ("failed", "no_consent")
    assert "consent" in sound.failure_text
    assert not Recording.objects.exists()


def test_an_accident_is_tried_three_times_then_said_and_can_be_tried_again(batch):
    queued(batch, "rl0001.wav", "rl0003.wav")
    real = uploads.services.create_recording

    def accident(**values):
        if values["transcript"] == "rom":
            raise OSError("no space")
        return real(**values)

    with patch("media.services.create_recording", side_effect=accident):
        place_uploads.enqueue(batch.pk)
    batch.refresh_from_db()
    assert batch.state == "done"
    failed, placed = batch.sounds.all()
    assert (failed.state, failed.failure, failed.attempts) == ("failed", "crashed", 3)
    assert placed.state == "placed"
    assert uploads.retry(batch=batch, sound=failed) == 1
    batch.refresh_from_db()
    failed.refresh_from_db()
    assert (batch.state, failed.state) == ("done", "placed")
    assert uploads.retry(batch=batch) == 0


def test_an_accident_after_the_recording_leaves_neither_row_nor_file(batch, tmp_path):
    queued(batch, "rl0001.wav")
    with patch("studio.placing.add_take", side_effect=OSError):
        assert place_some(batch.pk) is Step.LATER
    assert not Recording.objects.exists()
    assert list((tmp_path / "private" / "recordings").rglob("*.*")) == []
    assert batch.sounds.get().state == "queued"


def test_a_storage_that_fails_undoes_nothing_and_is_asked_again(
    batch, private, tmp_path, monkeypatch, django_capture_on_commit_callbacks
):
    queued(batch, "rl0001.wav")
    with monkeypatch.context() as broken:
        broken.setattr(FileSystemStorage, "delete", lambda *args: (_ for _ in ()).throw(OSError("read-only")))
        with django_capture_on_commit_callbacks(execute=True):
            place_some(batch.pk)
    assert batch.sounds.get().state == "placed"
    assert len(private()) == 1
    assert len(list((tmp_path / "private" / "recordings").rglob("*.wav"))) == 1
    FileDeletion.objects.update(due_at=timezone.now())
    assert files.carry_out_due() == 1
    assert private() == []


def test_a_file_that_is_gone_is_said(batch):
    queued(batch, "rl0001.wav")
    batch.sounds.get().file.delete(save=False)
    place_uploads.enqueue(batch.pk)
    assert batch.sounds.get().failure == "missing"


def test_a_word_deleted_meanwhile_is_said(batch, entries):
    queued(batch, "rl0001.wav")
    entries[0].delete()
    place_uploads.enqueue(batch.pk)
    assert batch.sounds.get().failure == "entry_gone"


def test_the_reaper_frees_what_a_dead_worker_held(batch):
    queued(batch, "rl0001.wav")
    now = timezone.now()
    batch.sounds.update(started_at=now - timedelta(hours=1), attempts=1)
    assert reap_uploads().queued == 0  # the upload was touched a moment ago; its row is freed already
    batch.sounds.update(started_at=now - timedelta(hours=1))
    UploadBatch.objects.update(changed_at=now - timedelta(hours=1))
    assert reap_uploads().queued == 1
    assert batch.sounds.get().state == "placed"
    assert reap_uploads().queued == 0


def test_the_reaper_gives_up_what_killed_three_workers(batch):
    queued(batch, "rl0001.wav")
    long_ago = timezone.now() - timedelta(hours=1)
    batch.sounds.update(started_at=long_ago, attempts=3)
    UploadBatch.objects.update(changed_at=long_ago)
    said = io.StringIO()
    call_command("reap_uploads", stdout=said)
    assert said.getvalue() == "Queued again: 1. Given up: 1. Deleted: 0.\n"
    batch.refresh_from_db()
    assert (batch.state, batch.sounds.get().failure) == ("done", "crashed")


def test_uploads_that_nobody_goes_on_with_are_deleted_after_two_weeks(
    batch, private, django_capture_on_commit_callbacks
):
    send(batch, "rl0001.wav", sounds.wav(0.3))
    with django_capture_on_commit_callbacks(execute=True):
        UploadBatch.objects.update(changed_at=timezone.now() - timedelta(days=13))
        assert reap_uploads().deleted == 0
        UploadBatch.objects.update(changed_at=timezone.now() - timedelta(days=15))
        assert reap_uploads().deleted == 1
    assert not UploadBatch.objects.exists()
    assert private() == []


def test_the_files_left_out_go_after_two_weeks_and_what_was_placed_stays_told(
    batch, private, django_capture_on_commit_callbacks
):
    send(batch, "rl0001.wav", sounds.wav(0.3))
    send(batch, "x.wav", sounds.wav(0.4))
    matched(batch)
    with django_capture_on_commit_callbacks(execute=True):
        uploads.confirm(batch=batch)
        UploadBatch.objects.update(changed_at=timezone.now() - timedelta(days=15))
        reap_uploads()
    assert private() == []
    assert batch.sounds.count() == 2


def test_a_voice_taken_back_leaves_nothing_in_uploads(batch, speaker, private, django_capture_on_commit_callbacks):
    send(batch, "rl0001.wav", sounds.wav(0.3))
    send(batch, "bad.wav", sounds.TEXT)
    with django_capture_on_commit_callbacks(execute=True):
        assert uploads.forget_speaker(speaker) == 1
    assert not UploadBatch.objects.exists()
    assert not UploadedSound.objects.exists()
    assert private() == []
    assert uploads.forget_speaker(speaker) == 0


def test_the_files_of_a_voice_taken_back_count_until_they_are_gone(batch, speaker):
    send(batch, "rl0001.wav", sounds.wav(0.3))
    voice_withdrawn.send(Speaker, speaker=speaker, recordings=[])
    assert files_left() == 1


def test_a_file_that_arrives_after_the_voice_is_taken_back_is_dropped(batch, speaker, private):
    uploads.forget_speaker(speaker)
    with pytest.raises(Gone):
        send(batch, "rl0001.wav", sounds.wav(0.3))
    assert private() == []


def test_an_upload_can_be_thrown_away_before_it_is_placed_and_not_after(batch):
    queued(batch, "rl0001.wav")
    with pytest.raises(Gone):
        uploads.discard(batch=batch)
    with pytest.raises(Gone):
        send(batch, "rl0003.wav", sounds.wav(0.3))


def test_no_upload_without_consent_or_words(latvian, entries, author, speaker):
    with pytest.raises(ValidationError) as caught:
        uploads.start_batch(speaker=silent_speaker(latvian), variety=latvian, entries=[entries[0].pk], by=author)
    assert list(caught.value.message_dict) == ["speaker"]
    with pytest.raises(ValidationError) as caught:
        uploads.start_batch(speaker=speaker, variety=latvian, entries=[], by=author)
    assert list(caught.value.message_dict) == ["scope"]


def test_the_person_who_uploaded_is_exported_and_forgotten(batch, author):
    kept = personal_data.export_all(author)["studio_uploads"]
    assert [one["id"] for one in kept] == [str(batch.uuid)]
    author.delete()
    batch.refresh_from_db()
    assert batch.uploaded_by is None


def test_an_upload_holds_so_many_files_and_no_more(batch):
    send(batch, "rl0001.wav", sounds.wav(0.3))
    with patch("studio.uploads.MAX_FILES", 1), pytest.raises(ValidationError, match="at most 1"):
        send(batch, "rl0003.wav", sounds.wav(0.4))


def test_a_list_names_words_by_code_or_spelling_and_says_what_is_unknown(entries):
    assert upload_scope.entries_of_list("romni, RL0001\n\ndaad; rom") == [entries[2].pk, entries[0].pk, entries[1].pk]
    with pytest.raises(ValidationError) as caught:
        upload_scope.entries_of_list("rom\nqqq\nxyz")
    assert caught.value.message_dict == {"pasted": ["Not in the dictionary: qqq, xyz."]}
    with pytest.raises(ValidationError):
        upload_scope.entries_of_list(" \n,")

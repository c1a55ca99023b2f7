"""Bad files, each through the address that files are sent to: its own error at its own row, and the others go on."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from media.models import Recording
from studio import assigning, uploads
from tests.media import hostile, sounds

pytestmark = pytest.mark.django_db

BAD = {
    "truncated.wav": (lambda: sounds.cut(sounds.wav(1)), "cut_off", "breaks off"),
    "truncated.ogg": (lambda: sounds.cut(sounds.ogg(2)), "cut_off", "breaks off"),
    "truncated.m4a": (lambda: sounds.cut(sounds.m4a(2)), "damaged", "damaged or incomplete"),
    "text.wav": (lambda: sounds.TEXT, "not_audio", "not an audio file"),
    "playlist.mp3": (lambda: sounds.PLAYLIST, "not_audio", "not an audio file"),
    "picture.wav": (lambda: hostile.png(2000), "not_audio", "not an audio file"),
    "archive.flac": (hostile.zipped, "not_audio", "not an audio file"),
    "film.webm": (sounds.video_with_sound, "video", "This is a video"),
    "silent.wav": (lambda: sounds.silence(1), "silent", "Nothing can be heard"),
    "hours.wav": (sounds.three_hours, "too_long", "longer than 15 minutes"),
    "nothing.wav": (lambda: b"", "empty", "The file is empty"),
    "click.wav": (lambda: sounds.wav(0.05), "too_short", "shorter than a tenth"),
    "no sound.wav": (lambda: sounds.wav(0), "too_short", "shorter than a tenth"),
}
HARMLESS = {
    "cover.mp3": lambda: hostile.mp3_with_cover(hostile.png(3000)),
    "cover.flac": lambda: hostile.flac_with_cover(hostile.png(3000)),
    "cover.m4a": lambda: hostile.m4a_with_cover(hostile.png(3000)),
    "tags.mp3": hostile.tagged,
}
NAMES = {
    "../../x.wav": "x.wav",
    "..\\..\\x.wav": "x.wav",
    "/etc/passwd": "passwd",
    "<script>alert(1)<b>.wav": "<script>alert(1)<b>.wav",
    "<img src=x onerror=alert(1)>.wav": "<img src=x onerror=alert(1)>.wav",
    "a\x00b\r\nSet-Cookie: x.wav": "abSet-Cookie: x.wav",
    "\u202evaw.x": "vaw.x",
    "ā" * 3000 + ".wav": "ā" * 115 + "….wav",
    "": "?",
    "%00%ff%fe": "%00%ff%fe",
    "'; DROP TABLE studio_uploadbatch; --.wav": "'; DROP TABLE studio_uploadbatch; --.wav",
}


@pytest.fixture
def batch(speaker, latvian, entries, author):
    return uploads.start_batch(speaker=speaker, variety=latvian, entries=[one.pk for one in entries], by=author)


def send(client, batch, name, data, encoded=None):
    address = reverse("studio_upload_file", args=[batch.uuid])
    headers = {"X-Upload-Name": quote(name) if encoded is None else encoded}
    return client.post(address, data, content_type="application/octet-stream", headers=headers)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_its_own_error_and_leaves_nothing_behind(staff, batch, private, name):
    make, code, words = BAD[name]
    response = send(staff, batch, name, make())
    assert response.status_code == 200
    assert response.json()["fault"] == code
    assert words in response.json()["message"]
    assert private() == []
    assert send(staff, batch, "rl0001.wav", sounds.wav(0.3)).json()["fault"] == ""
    assigning.match_batch(batch=batch, matched_by="name")
    page = staff.get(reverse("studio_upload_check", args=[batch.uuid])).content.decode()
    assert name in page and words in page
    assert uploads.confirm(batch=batch) == 1


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_harmful_beside_the_sound_is_left_behind(staff, batch, name):
    assert send(staff, batch, name, HARMLESS[name]()).json()["fault"] == ""
    assigning.match_batch(batch=batch, matched_by="order")
    uploads.confirm(batch=batch)
    recording = Recording.objects.get()
    assert (recording.status, recording.title, recording.transcript) == ("ready", "rom", "rom")
    for rendition in recording.renditions.all():
        assert rendition.bytes < 30_000
        assert b"script" not in rendition.file.open("rb").read()


@pytest.mark.parametrize("name", NAMES)
def test_tricks_in_names_do_nothing(staff, batch, private, name):
    response = send(staff, batch, name, sounds.wav(0.3))
    assert response.status_code == 200
    sound = batch.sounds.get()
    assert (sound.name, len(sound.name) <= 120) == (NAMES[name], True)
    assert len(private()) == 1
    assert private()[0].isalnum()
    assigning.match_batch(batch=batch, matched_by="order")
    for address in ("studio_upload_files", "studio_upload_check"):
        page = staff.get(reverse(address, args=[batch.uuid])).content.decode()
        assert "<script>alert" not in page and "<img src=x" not in page
    uploads.confirm(batch=batch)
    assert "<script>alert" not in staff.get(reverse("studio_upload_progress", args=[batch.uuid])).content.decode()
    assert Recording.objects.get().file.name.startswith("recordings/")
    assert ".." not in Recording.objects.get().file.name


@pytest.mark.parametrize("encoded", ["", "%", "%E0%A4%A", "%FF%FE.wav", "x" * 5000])
def test_a_name_that_is_badly_encoded_is_still_a_name(staff, batch, encoded):
    assert send(staff, batch, "", sounds.wav(0.3), encoded=encoded).status_code == 200
    assert batch.sounds.count() == 1


def test_a_file_that_is_too_large_is_not_read_to_its_end(staff, batch, monkeypatch, private):
    monkeypatch.setattr("media.audio.MAX_BYTES", 100_000)
    response = send(staff, batch, "big.wav", sounds.wav(5))
    assert response.json()["fault"] == "too_big"
    assert batch.sounds.get().bytes == 100_001
    assert private() == []


def test_the_form_for_one_recording_refuses_them_too(staff, speaker, latvian):
    """What protects uploads protects the form that was there before."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    for name, (make, _code, words) in BAD.items():
        file = SimpleUploadedFile(name, make())
        fields = {"title": "x", "file": file, "transcript": "rom", "kind": "native", "speaker": speaker.pk}
        fields |= {"language": "rml", "variety": latvian.pk, "licence": ""}
        response = staff.post(reverse("recording:add"), fields)
        assert response.status_code == 200, name
        assert words in response.content.decode(), name
    assert not Recording.objects.exists()

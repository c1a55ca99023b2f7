"""Audio over HTTP: whole, in parts, again, and not at all; the same from a disk and from an object store."""

import uuid

import pytest

from media import delivery
from media.models import Recording, Rendition
from tests.media import sounds

FOREVER = "public, max-age=31536000, s-maxage=86400, immutable"


@pytest.fixture(params=["local", "s3"])
def store(request, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return request.getfixturevalue("s3") if request.param == "s3" else None


@pytest.fixture
def sound(store, shipped):
    """Return a rendition of some size, with its bytes."""
    data = sounds.mp3(12)
    rendition = shipped(mp3=data).renditions.get(format="mp3")
    assert len(data) > delivery.CHUNK
    return rendition, data


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_whole_file(client, sound):
    rendition, data = sound
    response = client.get(rendition.url)
    assert response.status_code == 200
    assert body(response) == data
    assert response.headers["Content-Type"] == "audio/mpeg"
    assert response.headers["Content-Length"] == str(len(data))
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["Cache-Control"] == FOREVER
    assert response.headers["ETag"].startswith('"')


def test_opus_says_its_codec(client, sound):
    opus = sound[0].recording.renditions.get(format="opus")
    assert client.get(opus.url).headers["Content-Type"] == "audio/ogg; codecs=opus"


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [("bytes=0-", 0, None), ("bytes=0-1", 0, 2), ("bytes=70000-70999", 70000, 71000), ("bytes=-500", -500, None)],
)
def test_a_part(client, sound, asked, start, stop):
    rendition, data = sound
    response = client.get(rendition.url, headers={"Range": asked})
    part = data[start:stop]
    first = start if start >= 0 else len(data) + start
    assert response.status_code == 206
    assert body(response) == part
    assert response.headers["Content-Length"] == str(len(part))
    assert response.headers["Content-Range"] == f"bytes {first}-{first + len(part) - 1}/{len(data)}"
    assert response.headers["Cache-Control"] == FOREVER


def test_parts_put_together_are_the_file(client, sound):
    rendition, data = sound
    got, step = b"", 30_000
    while len(got) < len(data):
        got += body(client.get(rendition.url, headers={"Range": f"bytes={len(got)}-{len(got) + step - 1}"}))
    assert got == data


def test_a_part_behind_the_end(client, sound):
    rendition, data = sound
    response = client.get(rendition.url, headers={"Range": f"bytes={len(data)}-"})
    assert response.status_code == 416
    assert response.headers["Content-Range"] == f"bytes */{len(data)}"
    assert "immutable" not in response.headers.get("Cache-Control", "")


@pytest.mark.parametrize("asked", ["bytes=0-1,5-9", "bytes=9-5", "lines=1-2", "nonsense"])
def test_a_range_that_is_not_understood_gives_the_whole_file(client, sound, asked):
    rendition, data = sound
    response = client.get(rendition.url, headers={"Range": asked})
    assert response.status_code == 200
    assert body(response) == data


def test_head_says_everything_but_sends_nothing(client, sound):
    rendition, data = sound
    response = client.head(rendition.url, headers={"Range": "bytes=0-9"})
    assert response.status_code == 200
    assert response.content == b""
    assert response.headers["Content-Length"] == str(len(data))
    assert response.headers["Accept-Ranges"] == "bytes"


def test_what_is_known_is_not_sent_again(client, sound):
    rendition, _data = sound
    etag = client.head(rendition.url).headers["ETag"]
    for known in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        response = client.get(rendition.url, headers={"If-None-Match": known, "Range": "bytes=0-9"})
        assert response.status_code == 304
        assert body(response) == b""
        assert response.headers["ETag"] == etag
        assert response.headers["Cache-Control"] == FOREVER
    assert client.get(rendition.url, headers={"If-None-Match": '"other"'}).status_code == 200


def test_if_range_guards_against_joining_two_files(client, sound):
    rendition, data = sound
    etag = client.head(rendition.url).headers["ETag"]
    same = client.get(rendition.url, headers={"Range": "bytes=0-9", "If-Range": etag})
    assert (same.status_code, body(same)) == (206, data[:10])
    for old in ('"other"', f"W/{etag}", "Mon, 23 Nov 2026 10:00:00 GMT"):
        other = client.get(rendition.url, headers={"Range": "bytes=0-9", "If-Range": old})
        assert (other.status_code, body(other)) == (200, data)


def test_a_file_lost_from_the_store_is_not_found(client, sound):
    rendition, _data = sound
    rendition.file.storage.delete(rendition.file.name)
    assert client.get(rendition.url).status_code == 404
    assert client.head(rendition.url).status_code == 404
    assert client.get(rendition.url, headers={"Range": "bytes=0-9"}).status_code == 404


def test_bytes_travel_in_small_pieces(client, sound, monkeypatch):
    rendition, data = sound
    monkeypatch.setattr(delivery, "CHUNK", 1000)
    pieces = list(client.get(rendition.url).streaming_content)
    assert b"".join(pieces) == data
    assert max(map(len, pieces)) <= 1000


def test_no_cookie_no_session_and_one_query(client, shipped, django_assert_max_num_queries):
    rendition = shipped().renditions.first()
    with django_assert_max_num_queries(1):
        response = client.get(rendition.url)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("status", [Recording.Status.PENDING, Recording.Status.FAILED])
def test_what_is_not_ready_is_not_found(client, shipped, status):
    recording = shipped()
    rendition = recording.renditions.first()
    Recording.objects.filter(pk=recording.pk).update(status=status)
    assert client.get(rendition.url).status_code == 404


def test_unknown_addresses_are_not_found(client, shipped):
    rendition = shipped().renditions.get(format="mp3")
    for address in (
        f"/audio/{uuid.uuid4()}.mp3",
        f"/audio/{rendition.uuid}.wav",
        f"/audio/{rendition.recording.uuid}.mp3",
        f"/audio/{rendition.uuid}",
        "/audio/1.mp3",
        "/audio/",
    ):
        assert client.get(address, follow=True).status_code == 404, address


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_audio_is_only_read(client, shipped, method):
    assert getattr(client, method)(shipped().renditions.first().url).status_code == 405


def test_another_sound_has_another_address(shipped):
    recording = shipped()
    before = {source["url"] for source in recording.sources}
    same = shipped(uuid=recording.uuid)
    assert {source["url"] for source in same.sources} == before
    changed = shipped(uuid=recording.uuid, opus=sounds.ogg(0.7), mp3=sounds.mp3(0.7))
    assert changed.pk == recording.pk
    assert not before & {source["url"] for source in Recording.objects.get(pk=recording.pk).sources}


def test_nginx_may_send_the_file(client, shipped, settings):
    settings.AUDIO_DELIVERY = "accel"
    rendition = shipped().renditions.get(format="mp3")
    response = client.get(rendition.url, headers={"Range": "bytes=0-9"})
    assert response.status_code == 200
    assert response.content == b""
    assert response.headers["X-Accel-Redirect"] == f"/protected/{rendition.file.name}"
    assert response.headers["Content-Type"] == "audio/mpeg"
    assert response.headers["Cache-Control"] == FOREVER


def test_the_object_store_may_send_the_file(client, s3, shipped, settings):
    import urllib.request

    settings.AUDIO_DELIVERY = "redirect"
    data = sounds.mp3(0.5)
    rendition = shipped(mp3=data).renditions.get(format="mp3")
    response = client.get(rendition.url)
    assert response.status_code == 302
    assert "immutable" not in response.headers["Cache-Control"]
    request = urllib.request.Request(response.headers["Location"], headers={"Range": "bytes=5-9"})
    with urllib.request.urlopen(request) as reply:
        assert reply.status == 206
        assert reply.read() == data[5:10]


def test_a_store_that_does_not_answer_is_said_and_not_a_crash(client, s3, shipped, settings):
    rendition = shipped().renditions.first()
    options = {**settings.STORAGES["default"]["OPTIONS"], "endpoint_url": "http://127.0.0.1:9"}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}
    response = client.get(rendition.url)
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "immutable" not in response.headers.get("Cache-Control", "")


def test_the_size_in_the_database_is_the_size_of_the_file(shipped):
    for rendition in Rendition.objects.filter(recording=shipped()):
        assert rendition.bytes == rendition.file.size

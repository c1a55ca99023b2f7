"""GET /api/v1/recordings/{uuid}/"""

import uuid

import pytest

from media.models import Recording

pytestmark = pytest.mark.django_db


def address(recording: Recording) -> str:
    return f"/api/v1/recordings/{recording.uuid}/"


def test_a_recording_for_programs(client, shipped, speaker):
    recording = shipped(kind="native", speaker=speaker, licence="CC-BY-4.0")
    response = client.get(address(recording))
    assert response.status_code == 200
    assert response.json() == {
        "id": str(recording.uuid),
        "title": "najis-ta",
        "kind": "native",
        "transcript": "najis-ta",
        "language": "rml",
        "speaker": "Zane",
        "speaker_id": str(speaker.uuid),
        "variety": "latvian",
        "pace": "normal",
        "is_checked": True,
        "licence": "CC-BY-4.0",
        "may_be_downloaded": True,
        "duration_seconds": 0.5,
        "peaks": [1, 50, 100],
        "sources": recording.sources,
    }


def test_the_sources_of_the_answer_can_be_heard(client, shipped):
    for source in client.get(address(shipped())).json()["sources"]:
        reply = client.get(source["url"])
        assert reply.headers["Content-Type"] == source["type"]
        assert len(b"".join(reply.streaming_content)) == source["bytes"]


def test_what_staff_know_of_a_speaker_stays_with_them(client, shipped, speaker):
    speaker.public_name, speaker.notes = "", "lives in Rīga"
    speaker.save()
    speaker.consents.update(note="signed at home")
    text = client.get(address(shipped(kind="native", speaker=speaker))).content.decode()
    assert '"speaker":""' in text
    assert not any(secret in text for secret in ("Speaker 1", "Rīga", "signed", "consent"))


@pytest.mark.parametrize("status", ["pending", "failed"])
def test_what_cannot_be_heard_is_not_found(client, shipped, status):
    recording = shipped()
    Recording.objects.filter(pk=recording.pk).update(status=status)
    assert client.get(address(recording)).status_code == 404


def test_unknown_and_malformed_are_not_found(client, db):
    assert client.get(f"/api/v1/recordings/{uuid.uuid4()}/").status_code == 404
    assert client.get("/api/v1/recordings/1/", follow=True).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_recordings_are_only_read(client, shipped, method):
    assert getattr(client, method)(address(shipped())).status_code == 405


def test_caches_may_keep_it(client, author, shipped):
    recording = shipped()
    visitor = client.get(address(recording))
    assert "public" in visitor.headers["Cache-Control"]
    assert not visitor.cookies
    assert "Cookie" not in visitor.headers.get("Vary", "")
    client.force_login(author)
    assert client.get(address(recording)).content == visitor.content


def test_two_queries(client, shipped, django_assert_max_num_queries):
    recording = shipped()
    with django_assert_max_num_queries(2):
        client.get(address(recording))

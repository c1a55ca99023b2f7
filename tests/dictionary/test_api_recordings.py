"""GET /api/v1/recordings/: what can be heard, by word, lesson, speaker, variety, kind, pace and review."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dictionary.models import set_taught
from media.models import Recording
from tests.making import make_entry, make_speaker, make_take

pytestmark = pytest.mark.django_db
LIST = "/api/v1/recordings/"
LESSON = uuid4()


@pytest.fixture
def spoken(db):
    """Two words: one heard in four voices, of which one is slow and one of another variety."""
    day, good = make_entry("rl0375", "dīs", "diena"), make_entry("rl0590", "lačho", "labs", heard="")
    found = {
        "zane": make_take(day, "Zane"),
        "slow": make_take(day, "Zane", pace="slow"),
        "ieva": make_take(day, "Ieva", variety="lithuanian"),
        "good": make_take(good, "Zane"),
        "unchecked": make_take(good, "Anna", review="open"),
        "rejected": make_take(good, "Anna", review="rejected"),
    }
    Recording.objects.filter(pk=found["unchecked"].pk).update(is_public=True)
    found["synthetic"] = Recording.objects.get(kind="synthetic")
    set_taught(LESSON, [good.pk])
    return found


def names(client, spoken, **query):
    ids = {str(recording.uuid): name for name, recording in spoken.items()}
    return {ids[one["id"]] for one in client.get(LIST, query).json()["results"]}


def test_all_that_is_heard_and_nothing_else(client, spoken):
    body = client.get(LIST).json()
    assert body["count"] == 6 and names(client, spoken) == set(spoken) - {"rejected"}
    first = next(one for one in body["results"] if one["id"] == str(spoken["slow"].uuid))
    assert first["words"] == ["rl0375"] and first["pace"] == "slow" and first["is_checked"] is True
    assert first["speaker"] == "Zane" and first["speaker_id"] == str(make_speaker("Zane").uuid)
    assert [one["bytes"] for one in first["sources"]] == [900, 900] and first["duration_seconds"] == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"word": "rl0375"}, {"zane", "slow", "ieva", "synthetic"}),
        ({"word": "rl0375", "pace": "slow"}, {"slow"}),
        ({"lesson": str(LESSON)}, {"good", "unchecked"}),
        ({"lesson": str(uuid4())}, set()),
        ({"variety": "lithuanian"}, {"ieva"}),
        ({"kind": "synthetic"}, {"synthetic"}),
        ({"review": "open"}, {"unchecked"}),
        ({"review": "accepted", "word": "rl0590"}, {"good"}),
    ],
)
def test_each_filter(client, spoken, query, found):
    assert names(client, spoken, **query) == found


def test_one_speakers_voice(client, spoken):
    assert names(client, spoken, speaker=str(make_speaker("Zane").uuid)) == {"zane", "slow", "good"}


@pytest.mark.parametrize(
    "query",
    [
        {"word": "nothing"},
        {"lesson": "7"},
        {"speaker": "Zane"},
        {"speaker": str(uuid4())},
        {"variety": "qq"},
        {"kind": "human"},
        {"pace": "fast"},
        {"review": "rejected"},
        {"word": "a\x00b"},
    ],
)
def test_what_is_not_known_is_refused_and_named(client, spoken, query):
    response = client.get(LIST, query)
    assert response.status_code == 400
    assert list(response.json()["errors"]) == list(query)


def test_a_speaker_nobody_hears_is_as_unknown_as_any(client, spoken):
    silent = make_speaker("Quiet")
    assert client.get(LIST, {"speaker": str(silent.uuid)}).status_code == 400


def test_what_staff_know_of_a_speaker_stays_with_them(client, spoken):
    speaker = make_speaker("Zane")
    speaker.public_name, speaker.label, speaker.notes = "", "Secret label", "Secret note"
    speaker.save()
    text = client.get(LIST).content.decode()
    assert "Secret" not in text and "Zane" not in text and str(speaker.uuid) in text


def test_pages_are_bounded_and_cost_the_same(client, spoken):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST, {"page_size": 100}).status_code == 200
        return len(queries)

    few = count()
    entry = make_entry("rl0060", "duj", "divi")
    for number in range(12):
        make_take(entry, f"S{number}")
    assert count() == few
    assert len(client.get(LIST, {"page_size": 3}).json()["results"]) == 3
    assert client.get(LIST, {"page": "99"}).status_code == 404

"""Six hundred files: each request costs the same, pages stay in pages, everything is placed, a part at a time.

Only the making of renditions is left out: it is the recordings' own work and has tests of its own.
"""

from collections import Counter
from contextlib import contextmanager
from unittest.mock import patch
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dictionary.models import Entry, Source, Take
from media.models import Recording, Variety
from studio import placing, uploads
from studio.placing import place_some
from studio.steps import Step
from tests.making import make_theme
from tests.media import sounds

pytestmark = pytest.mark.django_db

COUNT = 600


@pytest.fixture
def batch(speaker, latvian, author):
    source = Source.objects.create(key="ROMLEX", short_name="ROMLEX", citation="Romani Lexicon")
    variety = Variety.objects.get(code="latvian")
    made = [
        Entry(code=f"w{n:04d}", text=f"rom {n}", key=f"rom {n}", variety=variety, theme=make_theme(), source=source)
        for n in range(COUNT)
    ]
    Entry.objects.bulk_create(made)
    pks = list(Entry.objects.order_by("code").values_list("pk", flat=True))
    return uploads.start_batch(speaker=speaker, variety=latvian, entries=pks, by=author)


@contextmanager
def counted():
    """Count queries without keeping them: Django keeps only the last nine thousand."""
    count = Counter()

    def count_one(execute, *args):
        count["queries"] += 1
        return execute(*args)

    with connection.execute_wrapper(count_one):
        yield count


def file(number):
    """Return a WAV of 0.3 seconds that differs from all others in one sample."""
    data = bytearray(sounds.wav(0.3, rate=8000))
    data[100:102] = number.to_bytes(2, "little")
    return bytes(data)


def test_six_hundred_files_cost_each_the_same_and_are_placed_a_part_at_a_time(staff, batch):
    client = staff
    address = reverse("studio_upload_file", args=[batch.uuid])
    costs = Counter()
    for number in range(COUNT):
        name = f"w{number:04d}{'_slow' if number % 2 else ''}.wav"
        with counted() as caught:
            response = client.post(
                address,
                file(number),
                content_type="application/octet-stream",
                headers={"X-Upload-Name": quote(name)},
            )
        assert response.json()["fault"] == ""
        costs[caught["queries"]] += 1
    # The first request of a session may look a little more up; no later one costs more than the others.
    assert len(costs) <= 2 and costs.most_common()[0][1] >= COUNT - 1, costs

    with CaptureQueriesContext(connection) as caught:
        client.post(reverse("studio_upload_match", args=[batch.uuid]))
    assert len(caught) < 50
    page = client.get(reverse("studio_upload_check", args=[batch.uuid]))
    assert page.content.decode().count('class="uploads-row"') == 50
    assert page.context["counts"]["ready"] == COUNT
    assert len(page.content) < 250_000

    with patch("media.services.make_renditions"):
        with patch("studio.uploads.place_uploads"), CaptureQueriesContext(connection) as caught:
            client.post(reverse("studio_upload_confirm", args=[batch.uuid]))
        assert len(caught) < 50
        assert not Recording.objects.exists()
        # One run of the worker places only a part, so that it is free for others in between.
        assert place_some(batch.pk) is Step.MORE
        assert Recording.objects.count() == placing.AT_ONCE
        progress = reverse("studio_upload_progress", args=[batch.uuid]) + "?part=1"
        assert (
            f"{placing.AT_ONCE} of {COUNT}" in client.get(progress, headers={"Accept-Language": "en"}).content.decode()
        )
        while place_some(batch.pk) is Step.MORE:
            pass
    assert Counter(batch.sounds.values_list("state", flat=True)) == {"placed": COUNT}
    assert Take.objects.count() == COUNT
    assert Recording.objects.filter(pace="slow").count() == COUNT // 2
    assert "data-poll" not in client.get(progress).content.decode()

"""The room's first page: what waits for whom, in one place."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import roles
from media.models import Recording
from tests.making import make_entry, make_recording
from tests.review.conftest import person, signed_in

pytestmark = pytest.mark.django_db
ROOM = "/admin/review/"


def waiting(client):
    """Return what the page counts, by title, in its order."""
    page = client.get(ROOM).content.decode()
    found = re.findall(r'<strong>([^<]+)</strong> <span class="review-count">(\d+)</span>', page)
    return {html.unescape(title): int(count) for title, count in found}


def test_a_reviewer_sees_all_that_waits_in_one_place(lesson, reviewer):
    make_recording(make_entry("rl0001", "phal", "brālis"), kind="native", review=Recording.Review.OPEN)
    found = waiting(signed_in(reviewer))
    assert list(found) == ["Words", "Lessons and exercises", "Questions", "Recordings", "Learners' answers"]
    assert (found["Words"], found["Questions"], found["Recordings"], found["Learners' answers"]) == (3, 3, 1, 0)


def test_an_author_who_checks_recordings_has_no_part_in_the_room(author):
    client = signed_in(author)
    assert client.get(ROOM).status_code == 302
    assert f'href="{ROOM}"' not in client.get("/admin/").content.decode()


def test_the_menu_counts_nothing(lesson, reviewer):
    client = signed_in(reviewer)
    client.get("/admin/account/")
    with CaptureQueriesContext(connection) as seen:
        assert ROOM in client.get("/admin/account/").content.decode()
    assert not [one["sql"] for one in seen if "COUNT(" in one["sql"]]


def test_coordinators_stay_outside(db):
    assert signed_in(person("koordinators@example.org", roles.COORDINATORS)).get(ROOM).status_code == 302

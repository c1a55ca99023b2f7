"""Files that no row names go; what is named, young, or somebody else's stays."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from media import files, orphans
from media.orphans import sweep
from tests.making import make_recording

pytestmark = pytest.mark.django_db
AT_ONCE = timedelta(0)


@pytest.fixture(autouse=True)
def empty(settings, tmp_path):
    """A private storage of its own: other tests leave files behind."""
    private = settings.STORAGES["private"] | {"OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"private": private}


@pytest.fixture
def store():
    """Store a file in the private storage as a process does that is then killed."""
    return lambda name: storages["private"].save(name, ContentFile(b"sound"))


def there(name):
    return storages["private"].exists(name)


@pytest.mark.parametrize("folder", ["recordings/x", "consent", "uploads/y"])
def test_a_file_that_no_row_names_goes(store, folder, django_capture_on_commit_callbacks):
    name = store(f"{folder}/orphan.bin")
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep(older_than=AT_ONCE) == 1
    assert not there(name)
    assert sweep(older_than=AT_ONCE) == 0


def test_what_a_row_names_stays(store, django_capture_on_commit_callbacks):
    name = store("recordings/x/named.bin")
    recording = make_recording("dīs")
    type(recording).objects.filter(pk=recording.pk).update(file=name)
    with django_capture_on_commit_callbacks(execute=True):
        sweep(older_than=AT_ONCE)
    assert there(name)


def test_a_young_file_may_still_be_about_to_be_named(store, django_capture_on_commit_callbacks, monkeypatch):
    name = store("uploads/y/young.bin")
    with django_capture_on_commit_callbacks(execute=True):
        call_command("sweep_files", verbosity=0)
    assert there(name)
    later = timezone.now() + files.ORPHAN_AFTER + timedelta(minutes=1)
    monkeypatch.setattr(orphans.timezone, "now", lambda: later)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("sweep_files", verbosity=0)
    assert not there(name)


def test_folders_of_others_are_left_alone(store, django_capture_on_commit_callbacks):
    name = store("backups/ours.tar")
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep(older_than=AT_ONCE) == 0
    assert there(name)


def test_what_waits_to_be_deleted_is_not_counted_again(store):
    name = store("recordings/x/due.bin")
    files.announce("private", [name])
    assert sweep(older_than=AT_ONCE) == 0


def test_the_cost_does_not_grow_with_the_files(store):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            sweep(older_than=timedelta(days=1))
        return len(seen)

    store("recordings/x/1.bin")
    few = cost()
    for number in range(40):
        store(f"recordings/{number}/2.bin")
    assert cost() == few


def test_an_object_store_is_swept_alike(store, s3, settings, django_capture_on_commit_callbacks):
    options = settings.STORAGES["default"]["OPTIONS"] | {"location": "private"}
    settings.STORAGES = settings.STORAGES | {"private": settings.STORAGES["default"] | {"OPTIONS": options}}
    deep, flat, other = store("recordings/x/orphan.bin"), store("consent/orphan.bin"), store("backups/ours.tar")
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep(older_than=timedelta(days=1)) == 0
        assert sweep(older_than=AT_ONCE) == 2
    assert [there(name) for name in (deep, flat, other)] == [False, False, True]

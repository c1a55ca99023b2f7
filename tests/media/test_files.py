"""Files that have to go: with the transaction, again after a failure, and never one that is needed."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from django.db import transaction
from django.utils import timezone

from media import files
from media.models import FileDeletion

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return storages["default"].save("audio/a.mp3", ContentFile(b"sound"))


def is_there(name):
    return storages["default"].exists(name)


def test_a_file_goes_when_the_transaction_is_over(stored, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        files.drop(files.PUBLIC, [stored])
        assert is_there(stored)
    assert not is_there(stored)
    assert not FileDeletion.objects.exists()


def test_a_rollback_keeps_the_file(stored, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError), transaction.atomic():
        files.drop(files.PUBLIC, [stored])
        raise RuntimeError
    assert is_there(stored)
    assert not FileDeletion.objects.exists()


def test_a_storage_that_fails_is_asked_again(stored, monkeypatch, django_capture_on_commit_callbacks):
    with monkeypatch.context() as broken:
        broken.setattr(FileSystemStorage, "delete", lambda *args: (_ for _ in ()).throw(OSError("read-only")))
        with django_capture_on_commit_callbacks(execute=True):
            files.drop(files.PUBLIC, [stored])
        left = FileDeletion.objects.get()
        assert (left.attempts, left.due_at > timezone.now()) == (1, True)
        FileDeletion.objects.update(due_at=timezone.now())
        assert files.carry_out_due() == 0
    assert is_there(stored)
    assert files.carry_out_due() == 0  # not due yet: it waits longer each time
    FileDeletion.objects.update(due_at=timezone.now())
    assert files.carry_out_due() == 1
    assert not is_there(stored)


def test_a_file_that_is_gone_already_is_done(stored):
    storages["default"].delete(stored)
    FileDeletion.objects.create(storage="default", name=stored, due_at=timezone.now())
    assert files.carry_out_due() == 1


def test_what_was_announced_and_kept_stays(stored):
    files.announce(files.PUBLIC, [stored])
    files.keep(files.PUBLIC, [stored])
    FileDeletion.objects.update(due_at=timezone.now())
    assert files.carry_out_due() == 0
    assert is_there(stored)

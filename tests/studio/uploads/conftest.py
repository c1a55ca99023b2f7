"""What the tests of the studio share; people, speakers and stores are those of the tests of recordings."""

import io

import pytest
from django.core.files.storage import FileSystemStorage, storages
from django.utils import translation
from wagtail.users.models import UserProfile

from media.models import Recording, Speaker
from studio.models import LongPart, LongSound, UploadedSound
from tests.making import make_entry
from tests.media.conftest import (  # noqa: F401  fixtures
    administrator,
    author,
    latvian,
    learner,
    person,
    reviewer,
    s3,
    s3_server,
    speaker,
)

WORDS = [
    ("rl0001", "rom", "roms"),
    ("rl0003", "dād", "tēvs"),
    ("rl0002", "romni", "romiete"),
    ("rl0004", "dāda", "tētis"),
    ("ph0001", "ārstinel pes", "ārstēties"),
]


PRIVATE = [Recording, UploadedSound, LongSound, LongPart]


def keep_in(storage, monkeypatch):
    """Let originals and uploads lie in this storage."""
    for model in PRIVATE:
        monkeypatch.setattr(model._meta.get_field("file"), "storage", storage)
    monkeypatch.setitem(storages._storages, "private", storage)  # files are deleted by the name of their storage


@pytest.fixture(autouse=True)
def english(settings, tmp_path, monkeypatch):
    """Begin in English, and keep files out of the way."""
    settings.MEDIA_ROOT = tmp_path / "files"
    keep_in(FileSystemStorage(tmp_path / "private", file_permissions_mode=0o600), monkeypatch)
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def indexes(request):
    """Leave the indexes for search and usage out."""
    request.getfixturevalue("unindexed")


@pytest.fixture
def entries(db):
    return [make_entry(code, text, meaning, heard="") for code, text, meaning in WORDS]


@pytest.fixture
def private(tmp_path):
    """Return a function that lists the files of uploads in the private storage."""
    folder = tmp_path / "private" / "uploads"
    return lambda: sorted(path.name for path in folder.rglob("*") if path.is_file()) if folder.exists() else []


def stream(data: bytes) -> io.BytesIO:
    return io.BytesIO(data)


def silent_speaker(variety, label="Speaker without consent"):
    return Speaker.objects.create(label=label, variety=variety)


@pytest.fixture
def staff(client, author):  # noqa: F811
    """Return a client of an author who reads the admin in English."""
    UserProfile.objects.update_or_create(user=author, defaults={"preferred_language": "en"})
    client.force_login(author, "django.contrib.auth.backends.ModelBackend")
    return client

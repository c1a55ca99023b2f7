"""People of the studio, and takes that wait for a second listener."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import translation

from accounts import roles
from dictionary.voices import add_take
from tests.making import consenting_speaker, make_entry, make_recording
from tests.media import sounds


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def person(email, group):
    user = get_user_model().objects.create_user(email=email, password="a-long-password", name=email.partition("@")[0])
    user.groups.add(Group.objects.get(name=group))
    user.language = "en"
    user.save()
    return user


@pytest.fixture
def author(db):
    return person("author@example.org", roles.AUTHORS)


@pytest.fixture
def reviewer(db):
    return person("reviewer@example.org", roles.NATIVE_REVIEWERS)


@pytest.fixture
def speaker(db):
    return consenting_speaker("Speaker 1", public_name="Zane", licence="CC-BY-4.0")


def take_of(entry, speaker, **fields):
    """A take by the speaker that says the entry and waits for a second listener."""
    recording = make_recording(entry.text, "native", **({"review": "open", "speaker": speaker} | fields))
    add_take(entry, recording)
    return recording


def with_sound(recording, seconds=0.4):
    """Give the renditions bytes that can be played."""
    for one in recording.renditions.all():
        data = sounds.ogg(seconds) if one.format == "opus" else sounds.mp3(seconds)
        one.file.save("sound", ContentFile(data), save=False)
        one.bytes = len(data)
        one.save()
    return recording


@pytest.fixture
def words(db):
    return [
        make_entry("rl0375", "dīs", "diena", english="day"),
        make_entry("rl0590", "lačho", "labs", english="good"),
        make_entry("rl0060", "duj", "divi", english="two"),
    ]


@pytest.fixture
def takes(words, speaker, author):
    """Three takes, uploaded by the author, oldest first."""
    return [take_of(entry, speaker, uploaded_by=author) for entry in words]

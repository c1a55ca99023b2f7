"""A voice is chosen from the takes of an entry, and chosen anew when one comes or goes."""

from unittest.mock import Mock

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from accounts.models import User
from dictionary.models import Entry
from dictionary.voices import add_take
from media import services
from media.models import Recording, RecordingSettings, Speaker, Variety
from media.reviewing import accept_take, reject_take, reopen_take
from tests.making import make_entry, make_recording

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return make_entry("w0001", "kher", "māja")


@pytest.fixture
def listener():
    return User.objects.create_user(email="klausitajs@example.test", password=None)


def native(**fields):
    speaker = Speaker.objects.get_or_create(label="1", defaults={"variety": Variety.objects.get(code="latvian")})[0]
    return make_recording("kher", "native", review="open", speaker=speaker, **fields)


def heard(entry):
    return Entry.objects.get(pk=entry.pk).recording


def test_a_take_is_heard_once_accepted_and_leaves_when_rejected_or_deleted(entry, listener):
    synthetic, take = entry.recording, native()
    add_take(entry, take)
    assert heard(entry) == synthetic
    accept_take(take, by=listener)
    assert heard(entry) == take
    reject_take(take, by=listener, reason="noise")
    assert heard(entry) == synthetic
    accept_take(take, by=listener)
    assert heard(entry) == take
    Recording.objects.get(pk=take.pk).delete()
    assert heard(entry) == synthetic


def test_an_unchecked_take_is_heard_only_where_the_site_allows_it(entry):
    take = native()
    add_take(entry, take)
    settings = RecordingSettings.load()
    settings.unchecked_are_public = True
    settings.save()
    assert heard(entry) == take and heard(entry).is_unchecked
    settings.unchecked_are_public = False
    settings.save()
    assert heard(entry).is_synthetic


def test_while_a_new_file_is_prepared_or_fails_another_voice_is_heard(entry, listener, monkeypatch):
    synthetic, take = entry.recording, native()
    add_take(entry, take)
    accept_take(take, by=listener)
    assert heard(entry) == take
    monkeypatch.setattr(services, "make_renditions", Mock())  # no worker comes by
    take = Recording.objects.get(pk=take.pk)
    take.file = ContentFile(b"no sound", name="a.wav")
    services.save_recording(take, has_new_file=True)
    assert heard(entry) == synthetic


def test_a_slow_take_never_displaces_one_at_normal_pace(entry, listener):
    slow = native(pace="slow")
    add_take(entry, slow)
    accept_take(slow, by=listener)
    normal = native()
    add_take(entry, normal)
    accept_take(normal, by=listener)
    assert heard(entry) == normal
    reopen_take(normal)
    assert heard(entry) == slow


def test_nobody_checks_a_take_of_their_own(entry, listener):
    take = native(uploaded_by=listener)
    with pytest.raises(ValidationError):
        accept_take(take, by=listener)


def test_a_rejection_says_why(entry, listener):
    with pytest.raises(ValidationError) as error:
        reject_take(native(), by=listener, reason="")
    assert "reason" in error.value.message_dict

"""Varieties, speakers, recordings: what the database holds and refuses; who got which rights."""

import importlib

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from accounts import roles
from media.faults import FAULTS, fault_text
from media.models import Consent, Recording, Rendition, Variety

pytestmark = pytest.mark.django_db


def test_the_varieties_of_the_sources_are_there():
    rows = set(Variety.objects.values_list("code", "bcp47", "is_taught"))
    assert rows == {
        ("latvian", "rml-LV", True),
        ("lithuanian", "rml-LT", False),
        ("north-russian", "rml-RU", False),
        ("baltic", "rml", False),
    }


def test_a_variety_has_its_name_in_the_language_of_the_page(latvian):
    with translation.override("lv"):
        assert latvian.name == str(latvian) == "Latvijas romu valoda"
    with translation.override("en"):
        assert latvian.name == "Latvian Romani"


def test_a_variety_is_found_by_its_code(latvian):
    assert Variety.objects.get_by_natural_key(*latvian.natural_key()) == latvian


def test_seeding_again_keeps_a_name_that_was_changed(latvian):
    seed = importlib.import_module("media.migrations.0002_seed_varieties").seed
    Variety.objects.filter(pk=latvian.pk).update(name_lv="Lotfitka")
    Variety.objects.filter(code="baltic").delete()
    seed(apps, None)
    assert Variety.objects.get(code="latvian").name_lv == "Lotfitka"
    assert Variety.objects.count() == 4


def test_rights_are_given_once_and_can_be_taken_back():
    migration = importlib.import_module("media.migrations.0003_group_rights")
    permissions = apps.get_model("wagtailcore", "GroupCollectionPermission").objects.filter(
        permission__content_type__app_label="media"
    )
    permissions = permissions.exclude(group__name=roles.EDITORS)  # theirs are copied by the room of reviewers
    given = set(permissions.values_list("group__name", "permission__codename"))
    assert (roles.AUTHORS, "add_recording") in given
    assert (roles.AUTHORS, "delete_recording") not in given
    assert (roles.NATIVE_REVIEWERS, "view_recording") in given
    migration.give(apps, None)
    assert permissions.count() == len(given)
    migration.take(apps, None)
    assert not permissions.exists()
    migration.give(apps, None)
    assert set(permissions.values_list("group__name", "permission__codename")) == given


@pytest.mark.parametrize("tag", ["rml LV", "", "r", "rml_LV", "rml-"])
def test_a_language_tag_is_one(tag):
    with pytest.raises(ValidationError) as caught:
        Variety(code="x", bcp47=tag, name_lv="x", name_en="x").full_clean()
    assert set(caught.value.message_dict) == {"bcp47"}


def test_the_database_refuses_a_synthetic_voice_with_a_speaker(shipped, speaker):
    recording = shipped()
    with pytest.raises(IntegrityError), transaction.atomic():
        Recording.objects.filter(pk=recording.pk).update(speaker=speaker)


def test_the_database_refuses_a_ready_recording_without_a_length(shipped):
    recording = shipped()
    with pytest.raises(IntegrityError), transaction.atomic():
        Recording.objects.filter(pk=recording.pk).update(duration_seconds=None)


def test_the_database_refuses_two_renditions_of_one_format(shipped):
    shipped()
    with pytest.raises(IntegrityError), transaction.atomic():
        Rendition.objects.update(format="mp3")


def test_the_database_refuses_a_consent_to_no_text(speaker):
    with pytest.raises(IntegrityError), transaction.atomic():
        speaker.consents.update(version="")


def test_the_database_refuses_two_consents_to_one_purpose(speaker):
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(speaker=speaker, purpose="course", version="2026-12")


def test_a_person_gets_what_they_uploaded_and_checked_and_is_forgotten(shipped, author):
    from accounts.personal_data import erase_all, export_all

    recording = shipped(title="dīs")
    Recording.objects.filter(pk=recording.pk).update(uploaded_by=author)
    other = shipped(title="somebody else's")
    Recording.objects.filter(pk=other.pk).update(reviewed_by=author, reviewed_at=timezone.now())
    assert [row["title"] for row in export_all(author)["media"]["recordings"]] == ["dīs"]
    assert [row["title"] for row in export_all(author)["media"]["checked_recordings"]] == ["somebody else's"]
    erase_all(author)
    recording.refresh_from_db()
    other.refresh_from_db()
    assert (recording.uploaded_by, other.reviewed_by, other.review) == (None, None, "accepted")
    assert export_all(author)["media"] == {
        "checked_recordings": [], "recordings": [], "images": [],
        "private_recordings_fetched": [], "consents_taken": [], "voices_taken_down": [],
    }  # fmt: skip


def test_every_fault_has_words_and_an_unknown_one_does_not_break_the_page():
    from media import audio

    codes = {kind.code for kind in audio.AudioError.__subclasses__()} | {"missing", "crashed"}
    assert codes == set(FAULTS)
    assert fault_text("") == ""
    assert fault_text("from an older release") == fault_text("crashed")


@pytest.mark.parametrize(
    ("delivery", "store", "code"),
    [("redirect", None, "media.E001"), ("accel", "s3", "media.E002"), ("stream", "s3", None), ("accel", None, None)],
)
def test_a_delivery_that_cannot_work_is_said_at_the_start(settings, request, delivery, store, code):
    from media.checks import audio_delivery_fits_the_storage

    if store:
        request.getfixturevalue(store)
    settings.AUDIO_DELIVERY = delivery
    assert [error.id for error in audio_delivery_fits_the_storage(None)] == ([code] if code else [])

"""Recordings in the admin: what an author does, what goes wrong, who may what."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from wagtail.models import Collection, GroupCollectionPermission

from media import mastering, reviewing, services
from media.models import AccessLog, Recording, Speaker
from tests.making import consenting_speaker
from tests.media import sounds

pytestmark = pytest.mark.django_db


def filled(speaker, data: bytes | None = None, name: str = "dis.wav", **values) -> dict:
    """Return what an author types into the form of a new recording."""
    given = {
        "title": "dīs",
        "file": SimpleUploadedFile(name, sounds.wav(1) if data is None else data, content_type="audio/mpeg"),
        "transcript": "dīs",
        "kind": "native",
        "speaker": speaker.pk,
        "language": "rml",
        "variety": speaker.variety_id,
        "licence": "",
    }
    return {key: value for key, value in {**given, **values}.items() if value is not None}


@pytest.fixture
def desk(client, author):
    client.force_login(author)
    return client


def test_an_author_uploads_a_recording_and_hears_it_in_the_form(desk, author, speaker):
    response = desk.post(reverse("recording:add"), filled(speaker))
    recording = Recording.objects.get()
    assert response.status_code == 302
    assert (recording.uploaded_by, recording.licence, recording.status) == (author, "CC-BY-4.0", "ready")
    page = desk.get(reverse("recording:edit", args=[recording.pk])).content.decode()
    for source in recording.sources:
        assert f'src="{source["url"]}"' in page
        assert desk.get(source["url"]).status_code == 200
    assert recording.file.name not in page


def test_while_a_recording_is_being_prepared_the_form_says_so_and_asks_again(desk, author, speaker, latvian):
    recording = Recording.objects.create(
        title="dīs", transcript="dīs", kind="native", speaker=speaker, variety=latvian, file=ContentFile(b"x", "a.wav")
    )
    status = reverse("recording:status", args=[recording.pk])
    assert (
        f'data-recording-status="{status}"' in desk.get(reverse("recording:edit", args=[recording.pk])).content.decode()
    )
    response = desk.get(status)
    assert "data-recording-status" in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    Recording.objects.filter(pk=recording.pk).update(status="failed", failure="cut_off")
    assert "data-recording-status" not in desk.get(status).content.decode()


BAD_UPLOADS = {
    "a text file called mp3": (sounds.TEXT, "vardi.mp3", "not_audio"),
    "a playlist called mp3": (sounds.PLAYLIST, "vardi.mp3", "not_audio"),
    "a video called mp3": (sounds.video_with_sound(), "vardi.mp3", "video"),
    "nothing in it": (b"", "vardi.mp3", "empty"),
    "a broken copy": (sounds.cut(sounds.wav(4)), "vardi.wav", "cut_off"),
    "a broken m4a": (sounds.cut(sounds.m4a(4)), "vardi.m4a", "damaged"),
    "silence": (sounds.silence(1), "vardi.wav", "silent"),
    "three hours": (sounds.three_hours(), "vardi.wav", "too_long"),
    "a click": (sounds.wav(0.03), "vardi.wav", "too_short"),
    "51 MB": (b"RIFF" + bytes(51 * 1024 * 1024), "vardi.wav", "too_big"),
}


@pytest.mark.parametrize("case", BAD_UPLOADS)
def test_a_bad_file_is_refused_at_the_field_and_nothing_typed_is_lost(desk, speaker, case):
    data, name, code = BAD_UPLOADS[case]
    response = desk.post(reverse("recording:add"), filled(speaker, data, name, title="Labdien, draugs"))
    assert response.status_code == 200
    errors = response.context["form"].errors.as_data()
    assert set(errors) == {"file"}
    assert [error.code for error in errors["file"]] == [code]
    assert "Labdien, draugs" in response.content.decode()
    assert not Recording.objects.exists()


def test_a_new_recording_needs_a_file(desk, speaker):
    response = desk.post(reverse("recording:add"), filled(speaker, file=None))
    assert set(response.context["form"].errors) == {"file"}


def test_a_voice_needs_a_speaker_who_consented(desk, speaker):
    response = desk.post(reverse("recording:add"), {**filled(speaker), "speaker": ""})
    assert set(response.context["form"].errors) == {"speaker"}
    speaker.consents.all().delete()
    response = desk.post(reverse("recording:add"), filled(speaker))
    assert set(response.context["form"].errors) == {"speaker"}


def test_correcting_the_words_leaves_the_sound_alone(desk, shipped, latvian, monkeypatch):
    recording = shipped()
    monkeypatch.setattr(mastering, "render", lambda *args, **kwargs: pytest.fail("rendered"))
    before = recording.sources
    data = {"title": "dīs", "transcript": "dīs", "kind": "synthetic", "speaker": "", "language": "rml"}
    data |= {"variety": latvian.pk, "licence": "CC-BY-4.0"}
    response = desk.post(reverse("recording:edit", args=[recording.pk]), data)
    assert response.status_code == 302
    recording = Recording.objects.get(pk=recording.pk)
    assert recording.transcript == "dīs"
    assert recording.sources == before


def test_saving_the_form_does_not_undo_what_a_worker_did_meanwhile(desk, speaker, latvian, monkeypatch):
    from media.forms import RecordingForm

    recording = Recording.objects.create(
        title="dīs", transcript="dīs", kind="native", speaker=speaker, variety=latvian, file=ContentFile(b"x", "a.wav")
    )
    stale = Recording.objects.get(pk=recording.pk)
    Recording.objects.filter(pk=recording.pk).update(status="ready", duration_seconds=2.0)
    form = RecordingForm(
        {**filled(speaker, file=None), "title": "diena", "licence": "CC-BY-4.0"}, instance=stale, for_user=None
    )
    assert form.is_valid(), form.errors
    form.save()
    recording.refresh_from_db()
    assert (recording.title, recording.status, recording.duration_seconds) == ("diena", "ready", 2.0)


def test_a_native_voice_takes_the_place_of_the_synthetic_one(desk, shipped, speaker):
    recording = shipped()
    before = {source["url"] for source in recording.sources}
    response = desk.post(reverse("recording:edit", args=[recording.pk]), filled(speaker, sounds.wav(2)))
    assert response.status_code == 302
    recording = Recording.objects.get(pk=recording.pk)
    assert (recording.kind, recording.status, recording.speaker_name) == ("native", "ready", "Zane")
    assert not before & {source["url"] for source in recording.sources}


def test_a_failure_is_shown_where_it_is_looked_for_and_can_be_tried_again(desk, speaker, latvian):
    recording = Recording.objects.create(
        title="dīs",
        transcript="dīs",
        kind="native",
        speaker=speaker,
        variety=latvian,
        file=ContentFile(sounds.wav(1), "a.wav"),
        status="failed",
        failure="crashed",
        attempts=3,
    )
    with translation.override("lv"):
        said = recording.failure_text
    for address in (reverse("recording:index"), reverse("recording:edit", args=[recording.pk])):
        assert said in desk.get(address).content.decode()
    retry = reverse("recording:retry", args=[recording.pk])
    assert retry in desk.get(reverse("recording:edit", args=[recording.pk])).content.decode()
    assert desk.get(retry).status_code == 405
    assert desk.post(retry).status_code == 302
    recording.refresh_from_db()
    assert recording.is_ready


def test_the_list_is_searched_and_filtered(desk, shipped, speaker):
    shipped(title="najis-ta", transcript="najis-ta")
    shipped(title="dīs", transcript="dīs", kind="native", speaker=speaker)
    index = reverse("recording:index")

    def titles(**query) -> set[str]:
        return {recording.title for recording in desk.get(index, query).context["object_list"]}

    assert titles() == {"najis-ta", "dīs"}
    assert titles(kind="native") == {"dīs"}
    assert titles(status="failed") == set()
    assert titles(speaker=speaker.pk) == {"dīs"}
    assert titles(q="najis") == {"najis-ta"}


def test_the_list_takes_as_many_queries_for_many_as_for_few(desk, shipped, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    shipped()
    shipped()
    index = reverse("recording:index")
    desk.get(index)
    with CaptureQueriesContext(connection) as few:
        desk.get(index)
    for number in range(15):
        shipped(title=f"word {number}")
    with django_assert_max_num_queries(len(few)):
        response = desk.get(index)
    assert len(response.context["object_list"]) == 17


def test_who_may_what(client, author, reviewer, administrator, learner, shipped):
    recording = shipped()
    address = {name: reverse(f"recording:{name}") for name in ("index", "add")}
    address |= {name: reverse(f"recording:{name}", args=[recording.pk]) for name in ("edit", "inspect", "delete")}
    allowed = {
        author: {"index", "add", "edit", "inspect"},
        reviewer: {"index", "inspect"},
        administrator: {"index", "add", "edit", "inspect", "delete"},
        learner: set(),
    }
    for user, expected in allowed.items():
        client.force_login(user)
        got = {name for name, url in address.items() if client.get(url).status_code == 200}
        assert got == expected, user
    client.logout()
    assert all(client.get(url).status_code == 302 for url in address.values())


def test_a_collection_of_others_is_out_of_reach(client, author, administrator, shipped):
    from django.contrib.auth.models import Permission
    from wagtail.models import GroupCollectionPermission

    root = Collection.get_first_root_node()
    mine, theirs = root.add_child(name="Mine"), root.add_child(name="Theirs")
    group = author.groups.get()
    GroupCollectionPermission.objects.filter(group=group, permission__content_type__app_label="media").delete()
    for codename in ("add_recording", "change_recording", "choose_recording"):
        permission = Permission.objects.get(codename=codename)
        GroupCollectionPermission.objects.create(group=group, collection=mine, permission=permission)
    own, other = shipped(title="own", collection=mine), shipped(title="other", collection=theirs)
    client.force_login(author)
    assert {one.title for one in client.get(reverse("recording:index")).context["object_list"]} == {"own"}
    assert client.get(reverse("recording:edit", args=[own.pk])).status_code == 200
    for name in ("edit", "inspect", "history", "usage", "status", "original"):
        assert client.get(reverse(f"recording:{name}", args=[other.pk])).status_code == 302, name
    chooser = client.get(reverse("recording_chooser:choose_results")).content.decode()
    assert "own" in chooser
    assert "other" not in chooser


def test_a_collection_with_recordings_cannot_be_deleted(client, admin_client_of_site, shipped):
    collection = Collection.get_first_root_node().add_child(name="Songs")
    shipped(collection=collection)
    admin_client_of_site.post(reverse("wagtailadmin_collections:delete", args=[collection.pk]))
    assert Collection.objects.filter(pk=collection.pk).exists()


@pytest.fixture
def admin_client_of_site(client, db):
    from django.contrib.auth import get_user_model

    client.force_login(get_user_model().objects.create_superuser(email="root@example.org", password="a-long-password"))
    return client


def test_the_original_is_for_administrators_and_the_log_says_who_fetched_it(
    client, author, administrator, reviewer, speaker
):
    client.force_login(author)
    data = sounds.wav(1)
    client.post(reverse("recording:add"), filled(speaker, data))
    recording = Recording.objects.get()
    address = reverse("recording:original", args=[recording.pk])
    for user in (author, reviewer):
        client.force_login(user)
        assert client.get(address).status_code == 302, user
        assert address not in client.get(reverse("recording:edit", args=[recording.pk])).content.decode()
    client.logout()
    assert client.get(address).status_code == 302
    assert not AccessLog.objects.exists()
    client.force_login(administrator)
    response = client.get(address)
    assert b"".join(response.streaming_content) == data
    assert response.headers["Content-Disposition"].startswith("attachment")
    line = AccessLog.objects.get()
    assert (line.user, line.kind, line.subject) == (administrator, "original", recording.uuid)


def test_a_shipped_recording_has_no_original_to_fetch(client, administrator, shipped):
    client.force_login(administrator)
    assert client.get(reverse("recording:original", args=[shipped().pk])).status_code == 404


def test_the_chooser_lists_searches_and_chooses(desk, shipped):
    wanted, other = shipped(title="najis-ta"), shipped(title="dīs", transcript="dīs")
    assert "najis-ta" in desk.get(reverse("recording_chooser:choose")).json()["html"]
    found = desk.get(reverse("recording_chooser:choose_results"), {"q": "najis"}).content.decode()
    assert "najis-ta" in found
    assert f"/{other.pk}/" not in found
    chosen = desk.get(reverse("recording_chooser:chosen", args=[wanted.pk])).json()["result"]
    assert chosen["id"] == str(wanted.pk)
    assert chosen["title"] == "najis-ta"


def test_the_chooser_takes_an_upload_and_shows_errors_in_place(desk, author, speaker):
    def sent(**values) -> dict:
        return {f"recording-upload-{key}": value for key, value in filled(speaker, **values).items()}

    address = reverse("recording_chooser:create")
    refused = desk.post(address, sent(data=sounds.TEXT)).json()
    assert refused["step"] == "reshow_creation_form"
    assert "not an audio file" in refused["htmlFragment"] or "nav skaņas datne" in refused["htmlFragment"]
    accepted = desk.post(address, sent()).json()
    assert accepted["step"] == "chosen"
    assert Recording.objects.get(pk=accepted["result"]["id"]).uploaded_by == author


def test_a_reviewer_may_not_upload_through_the_chooser(client, reviewer):
    client.force_login(reviewer)
    assert client.get(reverse("recording_chooser:create")).status_code == 302


def test_the_code_of_a_variety_stays(client, administrator, author, latvian):
    client.force_login(administrator)
    data = {"code": "other", "bcp47": "rml-LV", "name_en": "Latvian Romani"}
    data["name_lv"] = "Latvijas romu"
    assert client.post(reverse("variety:edit", args=[latvian.pk]), data).status_code == 302
    latvian.refresh_from_db()
    assert (latvian.code, latvian.name_lv) == ("latvian", "Latvijas romu")
    client.force_login(author)
    assert client.get(reverse("variety:edit", args=[latvian.pk])).status_code == 302


def test_a_speaker_is_entered_before_the_consent(client, author, latvian):
    client.force_login(author)
    response = client.post(reverse("speaker:add"), {"label": "Speaker 2", "variety": latvian.pk, "licence": "CC0-1.0"})
    assert response.status_code == 302
    made = Speaker.objects.get(label="Speaker 2")
    assert (made.has_consented, made.licence) == (False, "course-only")


def edited(recording, **values) -> dict:
    """Return what the form of a recording holds, with some of it changed."""
    given = {name: getattr(recording, name) or "" for name in ("title", "transcript", "kind", "language", "licence")}
    given |= {"speaker": recording.speaker_id or "", "variety": recording.variety_id, "pace": recording.pace}
    return given | values


def test_another_speaker_or_kind_needs_a_new_listener(desk, shipped, speaker):
    recording = shipped(kind="native", speaker=speaker)
    assert recording.is_heard
    address = reverse("recording:edit", args=[recording.pk])
    assert desk.post(address, edited(recording, transcript="dīs")).status_code == 302
    recording.refresh_from_db()
    assert recording.is_heard
    other = consenting_speaker("Speaker 2", licence="CC-BY-4.0")
    assert desk.post(address, edited(recording, speaker=other.pk)).status_code == 302
    recording.refresh_from_db()
    assert (recording.review, recording.is_public, recording.reviewed_by) == ("open", False, None)
    assert desk.post(address, edited(recording, kind="synthetic", speaker="")).status_code == 302
    recording.refresh_from_db()
    assert recording.is_heard


def test_who_puts_another_file_in_its_place_does_not_check_it(desk, author, administrator, speaker):
    recording = services.create_recording(
        title="dīs",
        transcript="dīs",
        kind="native",
        speaker=speaker,
        file=ContentFile(sounds.wav(1), name="a.wav"),
        uploaded_by=administrator,
    )
    assert desk.post(reverse("recording:edit", args=[recording.pk]), filled(speaker, sounds.wav(2))).status_code == 302
    recording.refresh_from_db()
    assert recording.uploaded_by == author
    with pytest.raises(ValidationError):
        reviewing.accept_take(recording, by=author)


def test_the_pace_is_chosen_in_the_form(desk, shipped, speaker):
    recording = shipped(kind="native", speaker=speaker)
    assert desk.post(reverse("recording:edit", args=[recording.pk]), edited(recording, pace="slow")).status_code == 302
    recording.refresh_from_db()
    assert recording.is_slow
    assert recording.is_heard


def test_staff_hear_in_the_admin_what_learners_do_not_hear_yet(desk, client, author, speaker, learner):
    desk.post(reverse("recording:add"), filled(speaker))
    recording = Recording.objects.get()
    assert recording.is_ready and recording.sources == []
    address = reverse("recording:sound", args=[recording.pk, "mp3"])
    for page in (reverse("recording:edit", args=[recording.pk]), reverse("recording:index")):
        assert f'src="{address}"' in desk.get(page).content.decode(), page
    assert "vēl nav pārbaudīts" in desk.get(reverse("recording:edit", args=[recording.pk])).content.decode()
    # By the rights of the collection alone, too; without any it is refused.
    for group in author.groups.all():
        group.permissions.remove(*group.permissions.filter(codename="check_recording"))
    assert desk.get(address).status_code == 200
    GroupCollectionPermission.objects.all().delete()
    assert desk.get(address).status_code == 302
    client.force_login(learner)
    assert client.get(address).status_code == 302

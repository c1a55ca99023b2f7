"""The admin's pages of uploads: who may, what they show, what they refuse, and that nothing grows with the files."""

import json
import re
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dictionary.models import Take
from lessons.models import LessonPage
from media.models import Recording
from studio import assigning, uploads
from studio.models import Prompt, RecordingSession, UploadBatch, UploadedSound
from tests.making import make_course
from tests.media import sounds
from tests.studio.uploads.conftest import silent_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(speaker, latvian, entries, author):
    return uploads.start_batch(speaker=speaker, variety=latvian, entries=[one.pk for one in entries], by=author)


def at(name, batch, *more):
    return reverse(f"studio_upload_{name}", args=[batch.uuid, *more])


def send(client, batch, name, data):
    headers = {"X-Upload-Name": quote(name), "Accept-Language": "en"}
    return client.post(at("file", batch), data, content_type="application/octet-stream", headers=headers)


def begin(client, **changes):
    values = {"kind": "files", "scope": "list", "pasted": "rom\ndād", "matched_by": "name", "pace": "normal"}
    return client.post(reverse("studio_upload"), {k: v for k, v in (values | changes).items() if v is not None})


def test_an_upload_from_beginning_to_end(staff, speaker, entries):
    response = begin(staff, speaker=speaker.pk, place="Rīga", held_on="2026-11-20")
    batch = UploadBatch.objects.get()
    assert response.url == at("files", batch)
    assert (batch.variety, batch.place, str(batch.held_on)) == (speaker.variety, "Rīga", "2026-11-20")
    assert list(batch.entries.values_list("entry__text", flat=True)) == ["rom", "dād"]
    assert send(staff, batch, "rom.wav", sounds.wav(0.3)).json() == {"name": "rom.wav", "fault": "", "message": ""}
    bad = send(staff, batch, "dad.wav", sounds.TEXT).json()
    assert bad["fault"] == "not_audio"
    assert "not an audio file" in bad["message"]

    page = staff.get(at("files", batch)).content.decode()
    assert "dad.wav" in page and "not an audio file" in page
    assert staff.post(at("match", batch), {"matched_by": "name"}).url == at("check", batch)
    page = staff.get(at("check", batch)).content.decode()
    assert "rl0001 · rom" in page and "not an audio file" in page
    assert not Recording.objects.exists()

    sound = batch.sounds.get(name="rom.wav")
    fields = {f"word-{sound.pk}": "rl0003", f"pace-{sound.pk}": "slow", f"decision-{sound.pk}": "", "go": "place"}
    assert staff.post(at("check", batch), fields).url == at("progress", batch)
    take = Take.objects.get()
    assert (take.entry.text, take.recording.pace) == ("dād", "slow")
    page = staff.get(at("progress", batch)).content.decode()
    assert "Done." in page and "data-poll" not in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"speaker": None}, "speaker"),
        ({"scope": ""}, "scope"),
        ({"scope": "theme:999999"}, "scope"),
        ({"pasted": ""}, "pasted"),
        ({"pasted": "rom\nqqq"}, "pasted"),
        ({"held_on": "yesterday"}, "held_on"),
        ({"kind": "film"}, "kind"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(staff, speaker, entries, changes, field):
    response = begin(staff, **{"speaker": speaker.pk, "place": "Talsi"} | changes)
    assert response.status_code == 400
    assert list(response.context["form"].errors) == [field]
    assert 'value="Talsi"' in response.content.decode()
    assert not UploadBatch.objects.exists()


def test_a_speaker_without_consent_is_refused_at_the_field(staff, latvian, entries):
    response = begin(staff, speaker=silent_speaker(latvian).pk)
    assert list(response.context["form"].errors) == ["speaker"]
    assert "consent is not on record" in response.content.decode()


def test_the_words_come_from_a_theme_a_session_or_a_module(staff, speaker, latvian, entries, home_page):
    begin(staff, speaker=speaker.pk, scope=f"theme:{entries[0].theme_id}")
    assert UploadBatch.objects.first().entries.count() == 5
    session = RecordingSession.objects.create(speaker=speaker, variety=latvian)
    Prompt.objects.create(session=session, entry=entries[2], position=1)
    begin(staff, speaker=speaker.pk, scope=f"session:{session.pk}")
    batch = UploadBatch.objects.first()
    assert batch.session == session
    send(staff, batch, "romni.wav", sounds.wav(0.3))
    staff.post(at("match", batch))
    staff.post(at("confirm", batch))
    assert Prompt.objects.get().state == "recorded"


def test_the_words_come_from_lessons_in_their_order(staff, speaker, entries, home_page):
    from dictionary.models import set_taught

    make_course(home_page, lessons=2)
    first, second = LessonPage.objects.order_by("path")
    set_taught(second.translation_key, [entries[0].pk, entries[1].pk])
    set_taught(first.translation_key, [entries[3].pk, entries[0].pk])
    begin(staff, speaker=speaker.pk, scope=f"module:{first.get_parent().pk}")
    assert list(UploadBatch.objects.first().entries.values_list("entry", flat=True)) == [
        entries[3].pk,
        entries[0].pk,
        entries[1].pk,
    ]
    begin(staff, speaker=speaker.pk, scope=f"lesson:{second.pk}")
    assert UploadBatch.objects.first().entries.count() == 2


@pytest.fixture
def home_page(db):
    from cms.models import HomePage

    return HomePage.objects.first()


PAGES = ["files", "check", "progress", "long", "cut", "levels", "long_sound"]
POSTS = ["file", "match", "confirm", "retry", "discard", "long_begin", "long_finish", "cut_again"]


@pytest.mark.parametrize("who", ["reviewer", "learner", None])
def test_only_those_who_hold_sessions_may(client, batch, who, request):
    if who:
        client.force_login(request.getfixturevalue(who), "django.contrib.auth.backends.ModelBackend")
    kept = send(client, batch, "rom.wav", sounds.wav(0.3))
    assert kept.status_code == 302
    for name in PAGES:
        assert client.get(at(name, batch)).status_code == 302
    for name in POSTS:
        assert client.post(at(name, batch)).status_code == 302
    assert client.get(reverse("studio_upload")).status_code == 302
    assert UploadBatch.objects.get().state == "open"
    assert not UploadedSound.objects.exists()


def test_changes_are_posts(staff, batch):
    for name in POSTS:
        assert staff.get(at(name, batch)).status_code == 405


def test_an_unknown_upload_is_not_found(staff):
    class Unknown:
        uuid = uuid4()

    for name in PAGES:
        assert staff.get(at(name, Unknown)).status_code == 404
    for name in POSTS:
        assert staff.post(at(name, Unknown), "{}", content_type="application/json").status_code in (404, 400)


def test_without_scripts_a_few_files_go_at_once(staff, batch):
    from django.core.files.uploadedfile import SimpleUploadedFile

    files = [SimpleUploadedFile("rom.wav", sounds.wav(0.3)), SimpleUploadedFile("x.txt", sounds.TEXT)]
    staff.post(at("files", batch), {"files": files})
    assert dict(batch.sounds.values_list("name", "fault")) == {"rom.wav": "", "x.txt": "not_audio"}


def test_a_wrong_word_keeps_everything_typed(staff, batch):
    send(staff, batch, "rom.wav", sounds.wav(0.3))
    staff.post(at("match", batch))
    sound = batch.sounds.get()
    fields = {f"word-{sound.pk}": "qqq", f"pace-{sound.pk}": "slow", f"decision-{sound.pk}": "out", "go": "place"}
    response = staff.post(at("check", batch), fields)
    page = response.content.decode()
    assert response.status_code == 400
    assert 'value="qqq"' in page and "is not in the dictionary" in page
    assert re.search(r'<option value="slow" selected>', page) and re.search(r'<option value="out" selected>', page)
    assert not Recording.objects.exists()


def test_an_upload_that_is_placed_leads_to_its_progress(staff, batch):
    send(staff, batch, "rom.wav", sounds.wav(0.3))
    staff.post(at("match", batch))
    staff.post(at("confirm", batch))
    for name in ("files", "check", "cut"):
        assert staff.get(at(name, batch)).url == at("progress", batch)
    assert staff.post(at("match", batch)).url == at("progress", batch)
    assert staff.post(at("confirm", batch)).url == at("progress", batch)
    assert send(staff, batch, "dad.wav", sounds.wav(0.3)).status_code == 409
    assert Take.objects.count() == 1


def test_a_failed_file_says_why_and_can_be_tried_again(staff, batch):
    send(staff, batch, "rom.wav", sounds.wav(0.3))
    staff.post(at("match", batch))
    UploadedSound.objects.update(state="failed", failure="missing")
    UploadBatch.objects.update(state="done")
    page = staff.get(at("progress", batch) + "?part=1").content.decode()
    assert "no longer there" in page and "Try again" in page
    sound = batch.sounds.get()
    staff.post(at("retry", batch), {"sound": sound.pk})
    sound.refresh_from_db()
    assert sound.state == "placed"
    for number in ("", "x", "9" * 30, str(sound.pk)):
        assert staff.post(at("retry", batch), {"sound": number}).status_code == 302


def test_a_file_can_be_heard_in_parts_before_it_is_placed_and_only_as_sound(staff, batch):
    data = sounds.wav(0.3)
    send(staff, batch, "rom.wav", data)
    address = at("sound", batch, batch.sounds.get().uuid)
    whole = staff.get(address)
    assert b"".join(whole.streaming_content) == data
    assert (whole["Content-Type"], whole["X-Content-Type-Options"]) == ("audio/wav", "nosniff")
    assert "no-store" in whole["Cache-Control"]
    part = staff.get(address, headers={"Range": "bytes=4-7"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, data[4:8])
    assert staff.get(address, headers={"Range": f"bytes={len(data)}-"}).status_code == 416
    UploadedSound.objects.update(content_type="text/html")
    assert staff.get(address).status_code == 404


def test_throwing_an_upload_away(staff, batch):
    send(staff, batch, "rom.wav", sounds.wav(0.3))
    assert staff.post(at("discard", batch)).url == reverse("studio_upload")
    assert not UploadBatch.objects.exists()


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def fill(batch, count, entries):
    UploadedSound.objects.bulk_create(
        [
            UploadedSound(
                batch=batch,
                name=f"{number:04d}.wav",
                position=number,
                entry=entries[number % 5],
                digest=f"{number:064x}",
                seconds=1,
                problem="ask" if number % 3 else "",
                candidates=[entries[0].pk, entries[1].pk],
            )
            for number in range(count)
        ]
    )


@pytest.mark.parametrize("name", ["files", "check", "progress"])
def test_pages_cost_the_same_for_few_and_many_files(staff, batch, entries, name):
    fill(batch, 3, entries)
    if name == "progress":
        UploadBatch.objects.update(state="placing")
    few = queries(staff, at(name, batch))
    UploadedSound.objects.all().delete()
    fill(batch, 700, entries)
    assert queries(staff, at(name, batch)) == few


def test_the_table_is_in_pages(staff, batch, entries):
    fill(batch, 120, entries)
    response = staff.get(at("check", batch))
    assert response.content.decode().count('uploads-row"') == 50
    assert staff.get(at("check", batch) + "?p=3").content.decode().count('uploads-row"') == 20
    assert staff.get(at("check", batch) + "?show=problems&p=x").status_code == 200


def test_saving_a_page_costs_the_same_however_much_is_changed(staff, batch, entries):
    fill(batch, 50, entries)

    def save(word):
        fields = {}
        for pk in batch.sounds.values_list("pk", flat=True):
            fields |= {f"word-{pk}": word(pk), f"pace-{pk}": "slow", f"decision-{pk}": ""}
        with CaptureQueriesContext(connection) as caught:
            assert staff.post(at("check", batch), fields).status_code == 302
        return len(caught)

    assert save(lambda pk: "rl0003") <= save(lambda pk: ["rl0001", "romni", "daada"][pk % 3]) <= 40


def test_the_menu_offers_uploads_to_those_who_may(staff, client, reviewer):
    assert reverse("studio_upload") in staff.get(reverse("wagtailadmin_home")).content.decode()
    client.force_login(reviewer, "django.contrib.auth.backends.ModelBackend")
    assert reverse("studio_upload") not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_json_that_is_none_is_refused(staff, speaker, latvian, entries, author):
    pks = [one.pk for one in entries]
    batch = uploads.start_batch(speaker=speaker, variety=latvian, entries=pks, by=author, kind="long")
    for body in ("", "[]", "{", '{"name": 3, "size": 4}', '{"name": "x", "size": true}', "[" * 100_000):
        response = staff.post(at("long_begin", batch), body, content_type="application/json")
        assert response.status_code == 400
        assert json.loads(response.content)["message"]


def test_matching_again_by_order(staff, batch):
    send(staff, batch, "1.wav", sounds.wav(0.3))
    staff.post(at("match", batch), {"matched_by": "order"})
    assert batch.sounds.get().entry.text == "rom"
    staff.post(at("match", batch), {"matched_by": "name"})
    assert batch.sounds.get().entry is None
    assert staff.post(at("match", batch), {"matched_by": "luck"}).status_code == 302
    assert assigning.placeable(batch).count() == 0

"""A speaker says yes: on the page, by voice or on paper; what each yes allows; who may see what shows it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from media import access, consents
from media.models import AccessLog, Consent, ConsentEvidence, ConsentText, Recording, Speaker, VoiceWithdrawal
from tests.making import consenting_speaker
from tests.media import sounds

pytestmark = pytest.mark.django_db

SCAN = b"%PDF-1.7 signed"


@pytest.fixture
def new(latvian):
    return Speaker.objects.create(label="Speaker 1", variety=latvian)


@pytest.fixture
def desk(client, author):
    client.force_login(author)
    return client


def address(speaker):
    return reverse("speaker:take_consent", args=[speaker.pk])


def answers(file=None, **said):
    """Return what is sent: no to everything but what is said; the scan of a form unless told otherwise."""
    given = {"course": "no", "download": "no", "research": "no", "training": "no"}
    given |= {"given_on": timezone.localdate().isoformat(), "licence": "CC-BY-NC-4.0", "language": "lv"} | said
    return given | {"evidence": file or SimpleUploadedFile("Zane Bērziņa.pdf", SCAN)}


def faults(response):
    assert response.status_code == 400
    return set(response.context["form"].errors)


def test_each_purpose_is_asked_with_its_text_and_nothing_is_chosen_beforehand(desk, new):
    page = desk.get(address(new)).content.decode()
    for text in ConsentText.objects.filter(language="lv"):
        assert text.text.splitlines()[-1] in page
    assert page.count('type="radio"') == 8
    assert "checked" not in page.replace("unchecked", "")
    english = desk.get(address(new), {"language": "en"}).content.decode()
    assert "Do you agree that your voice is heard in this course?" in english


def test_a_yes_on_paper(desk, author, new):
    assert desk.post(address(new), answers(course="yes")).status_code == 302
    consent = Consent.objects.get()
    assert (consent.purpose, consent.language, consent.version) == ("course", "lv", "2026-11")
    assert (consent.given_on, consent.taken_by) == (timezone.localdate(), author)
    assert (consent.evidence.how, consent.evidence.taken_by) == ("signed", author)
    assert new.has_consented
    assert not new.allows("research")
    assert "Zane" not in consent.evidence.file.name


@pytest.mark.parametrize("sound", ["webm", "m4a", "ogg", "wav"])
def test_a_spoken_yes_is_evidence_and_no_recording(desk, new, sound):
    file = SimpleUploadedFile(f"consent.{sound}", getattr(sounds, sound)(1))
    assert desk.post(address(new), answers(file, course="yes", research="yes")).status_code == 302
    evidence = ConsentEvidence.objects.get()
    assert evidence.how == "spoken"
    assert set(evidence.consents.values_list("purpose", flat=True)) == {"course", "research"}
    assert not Recording.objects.exists()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"evidence": ""}, "evidence"),
        ({"evidence": SimpleUploadedFile("a.html", b"<script>")}, "evidence"),
        ({"evidence": SimpleUploadedFile("a.pdf", b"<script>")}, "evidence"),
        ({"evidence": SimpleUploadedFile("a.webm", sounds.TEXT)}, "evidence"),
        ({"evidence": SimpleUploadedFile("a.wav", sounds.silence(1))}, "evidence"),
        ({"evidence": SimpleUploadedFile("a.pdf", SCAN + bytes(20 * 1024 * 1024))}, "evidence"),
        ({"course": "no", "research": "yes"}, "course"),
        ({"course": "perhaps"}, "course"),
        ({"training": ""}, "training"),
        ({"given_on": "2999-01-01"}, "given_on"),
        ({"given_on": "soon"}, "given_on"),
        ({"download": "yes", "licence": "course-only"}, "licence"),
        ({"download": "yes", "licence": ""}, "licence"),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_nothing_is_kept(desk, new, sent, field):
    response = desk.post(address(new), answers(course="yes") | sent)
    assert faults(response) == {field}
    assert not Consent.objects.exists()
    assert not ConsentEvidence.objects.exists()
    assert 'value="yes"' in response.content.decode()


def test_open_download_gives_the_speaker_the_licence_that_was_agreed_to(desk, new):
    assert desk.post(address(new), answers(course="yes", download="yes")).status_code == 302
    new.refresh_from_db()
    assert new.licence == "CC-BY-NC-4.0"


def test_a_no_takes_one_yes_back_and_keeps_the_others(desk, shipped):
    speaker = consenting_speaker(licence="CC-BY-4.0", purposes=["course", "research"])
    recording = shipped(kind="native", speaker=speaker)
    assert recording.may_be_downloaded
    sent = answers(course="yes", research="yes")
    sent.pop("evidence")  # nothing new is agreed to
    assert desk.post(address(speaker), sent).status_code == 302
    speaker.refresh_from_db()
    recording.refresh_from_db()
    assert [speaker.allows(one) for one in ("course", "download", "research")] == [True, False, True]
    assert (speaker.licence, recording.licence, recording.may_be_downloaded) == ("course-only", "course-only", False)
    assert Consent.objects.get(purpose="download").withdrawn_on == timezone.localdate()


def test_the_yes_to_the_course_is_taken_back_with_the_whole_voice_only(new):
    consent = consenting_speaker("Speaker 2").consents.get()
    with pytest.raises(ValidationError) as caught:
        consents.end_consent(consent)
    assert set(caught.value.message_dict) == {"course"}


def test_a_repeated_yes_makes_no_second_consent(desk, new):
    for _time in range(2):
        desk.post(address(new), answers(course="yes"))
    assert Consent.objects.count() == 1


@pytest.mark.parametrize("licence", ["CC-BY-4.0", "CC0-1.0"])
def test_no_licence_without_open_download(new, licence):
    speaker = consenting_speaker("Speaker 2")
    recording = Recording(
        title="dīs", transcript="dīs", kind="native", speaker=speaker, licence=licence, variety=speaker.variety
    )
    with pytest.raises(ValidationError) as caught:
        recording.full_clean(exclude=["file", "collection"])
    assert set(caught.value.message_dict) == {"licence"}


def test_no_other_licence_than_the_one_agreed_to():
    speaker = consenting_speaker("Speaker 2", licence="CC-BY-NC-4.0")
    recording = Recording(
        title="dīs", transcript="dīs", kind="native", speaker=speaker, licence="CC0-1.0", variety=speaker.variety
    )
    with pytest.raises(ValidationError, match="CC BY-NC"):
        recording.full_clean(exclude=["file", "collection"])


def test_what_somebody_agreed_to_stays_as_it_is(client, administrator):
    client.force_login(administrator)
    consenting_speaker()
    text = ConsentText.objects.get(purpose="course", language="lv")
    edit = reverse("consenttext:edit", args=[text.pk])
    sent = {"purpose": "course", "language": "lv", "version": "2026-11", "text": "X", "effective_on": "2026-11-01"}
    client.post(edit, sent)
    before = text.text
    text.refresh_from_db()
    assert text.text == before
    text.text = "X"
    with pytest.raises(ValidationError):
        text.full_clean()
    refused = client.post(reverse("consenttext:delete", args=[text.pk]), follow=True)
    assert "agreed to this text" in refused.content.decode() or "piekritis" in refused.content.decode()
    assert ConsentText.objects.filter(pk=text.pk).exists()
    assert client.post(reverse("consenttext:add"), sent | {"version": "2026-12"}).status_code == 302
    assert ConsentText.objects.in_force("lv")["course"].text == "X"


def test_a_speaker_with_recordings_is_not_deleted_by_the_way(client, administrator, shipped):
    client.force_login(administrator)
    speaker = consenting_speaker(licence="CC-BY-4.0")
    shipped(kind="native", speaker=speaker)
    assert client.post(reverse("speaker:delete", args=[speaker.pk])).status_code == 302
    assert Speaker.objects.filter(pk=speaker.pk).exists()
    Recording.objects.all().delete()
    assert client.post(reverse("speaker:delete", args=[speaker.pk])).status_code == 302
    assert not Speaker.objects.filter(pk=speaker.pk).exists()


def test_a_text_that_nobody_agreed_to_is_corrected(client, administrator):
    client.force_login(administrator)
    text = ConsentText.objects.get(purpose="research", language="en")
    sent = {"purpose": "research", "language": "en", "version": "2026-11", "text": "Y", "effective_on": "2026-11-01"}
    assert client.post(reverse("consenttext:edit", args=[text.pk]), sent).status_code == 302
    text.refresh_from_db()
    assert text.text == "Y"


def test_a_text_of_tomorrow_is_not_read_out_today():
    ConsentText.objects.create(
        purpose="course", language="lv", version="9", text="later", effective_on=timezone.localdate() + timedelta(1)
    )
    assert ConsentText.objects.in_force("lv")["course"].version == "2026-11"
    assert ConsentText.objects.in_force("rml")["course"].language == "lv"


def test_who_may_do_what(client, author, reviewer, administrator, learner, new):
    addresses = {
        "take": address(new),
        "texts": reverse("consenttext:add"),
        "withdraw": reverse("speaker:withdraw", args=[new.pk]),
        "report": reverse("access_report"),
    }
    allowed = {author: {"take"}, reviewer: set(), learner: set(), administrator: set(addresses)}
    for user, expected in allowed.items():
        client.force_login(user)
        assert {name for name, url in addresses.items() if client.get(url).status_code == 200} == expected, user
    client.force_login(author)
    assert client.post(addresses["withdraw"], {"sure": "yes"}).status_code == 302
    assert Speaker.objects.filter(pk=new.pk).exists()
    client.force_login(administrator)
    assert client.get(reverse("speaker:take_consent", args=[4711])).status_code == 404


@pytest.fixture
def evidence(new):
    made = ConsentEvidence(speaker=new, how="signed")
    made.file.save("form.pdf", ContentFile(SCAN))
    return made


def test_evidence_is_for_administrators_and_the_log_says_who_fetched_it(
    client, author, administrator, evidence, settings
):
    url = reverse("speaker:evidence", args=[evidence.uuid])
    client.force_login(author)
    assert client.get(url).status_code == 302
    page = client.get(reverse("speaker:edit", args=[evidence.speaker_id])).content.decode()
    assert url not in page
    assert evidence.file.name not in page
    assert not AccessLog.objects.exists()
    client.force_login(administrator)
    fetched = client.get(url)
    assert b"".join(fetched.streaming_content) == SCAN
    assert fetched.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in fetched.headers["Cache-Control"]
    assert AccessLog.objects.get().user == administrator
    assert str(settings.MEDIA_ROOT) not in evidence.file.path
    client.logout()
    assert client.get(f"/files/{evidence.file.name}", follow=True).status_code == 404


def test_evidence_that_is_lost_is_not_found_and_not_logged(client, administrator, evidence):
    evidence.file.storage.delete(evidence.file.name)
    client.force_login(administrator)
    assert client.get(reverse("speaker:evidence", args=[evidence.uuid])).status_code == 404
    assert not AccessLog.objects.exists()


def test_the_report_says_who_listened_when_and_to_what(client, author, administrator, evidence):
    for user in (administrator, author):
        AccessLog.objects.create(user=user, kind="evidence", subject=evidence.uuid)
    from accounts.personal_data import erase_all, export_all

    assert len(export_all(author)["media"]["private_recordings_fetched"]) == 1
    VoiceWithdrawal.objects.create(takes=3, done_by=author)
    assert [one["takes"] for one in export_all(author)["media"]["voices_taken_down"]] == [3]
    erase_all(author)
    client.force_login(administrator)
    page = client.get(reverse("access_report")).content.decode()
    assert "administrator@example.org" in page
    assert "bijušais kolēģis" in page or "former colleague" in page
    assert "Speaker 1" in page
    assert client.get(reverse("access_report"), {"p": "x"}).status_code == 200


def test_the_report_takes_as_many_queries_for_many_lines_as_for_few(client, administrator, evidence):
    client.force_login(administrator)

    def queries(lines):
        AccessLog.objects.all().delete()
        AccessLog.objects.bulk_create(
            [AccessLog(user=administrator, kind="evidence", subject=evidence.uuid) for _one in range(lines)]
        )
        with CaptureQueriesContext(connection) as taken:
            client.get(reverse("access_report"))
        return len(taken)

    queries(1)
    assert queries(120) - queries(2) <= 0


def test_the_list_of_speakers_takes_as_many_queries_for_many_as_for_few(client, author):
    client.force_login(author)
    consenting_speaker("A")
    consenting_speaker("B")
    index = reverse("speaker:index")
    client.get(index)
    with CaptureQueriesContext(connection) as few:
        client.get(index)
    for number in range(12):
        consenting_speaker(f"Speaker {number}", licence="CC-BY-4.0")
    with CaptureQueriesContext(connection) as many:
        client.get(index)
    assert len(many) <= len(few)


def test_lines_older_than_two_years_are_forgotten(administrator, evidence):
    old, new = (AccessLog.objects.create(user=administrator, kind="evidence", subject=evidence.uuid) for _one in "ab")
    AccessLog.objects.filter(pk=old.pk).update(accessed_at=timezone.now() - timedelta(days=731))
    assert access.prune_log() == 1
    assert AccessLog.objects.get() == new

"""A speaker takes the voice back: everything is looked for, everywhere, before and after."""

import re
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import ModelLogEntry

from cms.models import HomePage, LostPlace
from dictionary.models import Entry, LostVoice
from dictionary.voices import add_take
from lessons.models import ExerciseVersion
from media import mastering, services
from media.models import (
    AccessLog,
    Consent,
    ConsentEvidence,
    FileDeletion,
    Recording,
    Rendition,
    Speaker,
    VoiceWithdrawal,
)
from media.withdrawal import preview_withdrawal, withdraw_voice
from tests.making import (
    consenting_speaker,
    make_course,
    make_dictionary,
    make_entry,
    make_lesson,
    make_quiz,
    make_recording,
    make_test,
    make_typed,
    words,
)
from tests.media import sounds
from tests.media.conftest import accepted

pytestmark = pytest.mark.django_db

SOUND = re.compile(r"/audio/[0-9a-f-]{36}\.(?:opus|mp3)")


both_stores = pytest.mark.parametrize("stores", ["local", "s3"], indirect=True)


@pytest.fixture
def quick(monkeypatch):
    """Make renditions without the work: what is in them is not looked at here."""

    def render(file, *, opus, mp3):
        opus.write(sounds.ogg(0.5))
        mp3.write(sounds.mp3(0.5))
        return mastering.Rendered(0.5, [1, 50, 100], 0.0)

    monkeypatch.setattr(mastering, "render", render)


@pytest.fixture
def stores(request, settings, tmp_path, monkeypatch):
    """Keep everything in folders of its own, or in a bucket; return what lies there."""
    settings.MEDIA_ROOT = tmp_path / "files"
    private = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "private"}}
    is_remote = getattr(request, "param", "local") == "s3"
    if is_remote:
        client = request.getfixturevalue("s3")
        default = settings.STORAGES["default"]
        private = {**default, "OPTIONS": {**default["OPTIONS"], "location": "private"}}
    settings.STORAGES = {**settings.STORAGES, "private": private}
    for model in (Recording, ConsentEvidence):
        monkeypatch.setattr(model._meta.get_field("file"), "storage", storages["private"])

    def lying():
        if is_remote:
            return {entry["Key"] for entry in client.list_objects_v2(Bucket="course").get("Contents", [])}
        return {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}

    return lying


class Site:
    """A site on which one voice is heard in every kind of place, and a learner in the middle of a quiz."""

    def __init__(self, person, administrator):
        self.speaker = consenting_speaker("Speaker 7", public_name="Zane", licence="CC-BY-4.0")
        self.desk, self.learner, self.visitor = Client(), Client(), Client()
        self.desk.force_login(administrator)
        self.learner.force_login(person)
        self._evidence()
        self.home = HomePage.objects.get(locale__language_code="lv")
        self.entry, self.kept = (
            make_entry("rml-dis", "dīs", "diena"),
            make_entry("rml-phal", "phal", "brālis", heard=""),
        )
        for entry in (self.entry, self.kept):
            add_take(entry, self._take(entry.text))
        self.other = make_recording("phal", "native", speaker=consenting_speaker("Speaker 8"))
        add_take(self.kept, self.other)
        exercise = make_typed(self.entry, mode="dictation")
        self.quiz = make_quiz(exercise)
        make_dictionary(self.home)
        module = make_course(self.home, lessons=0).get_children().first().specific
        body = [
            words(self.entry, self.kept),
            ("recording", {"recording": self._take("lačho dīs"), "caption": "A greeting"}),
            ("practice", {"heading": "Izmēģiniet", "exercise": exercise}),
        ]
        self.lesson = make_lesson(module, body, slug="labdien")
        make_test(module, self.quiz)
        self.home.hero_romani, self.home.hero_recording = "dīs", self._take("dīs")
        self.home.save_revision().publish()
        self.attempt = str(uuid4())
        begun = self.learner.post(
            f"/api/v1/quizzes/{self.quiz.uuid}/attempts/", {"id": self.attempt}, content_type="application/json"
        )
        assert begun.status_code == 201, begun.content

    def _take(self, text):
        file = ContentFile(sounds.wav(0.5), name="a.wav")
        made = services.create_recording(title=text, transcript=text, kind="native", speaker=self.speaker, file=file)
        return accepted(made)

    def _evidence(self):
        kept = ConsentEvidence(speaker=self.speaker, how="spoken")
        kept.file.save("yes.wav", ContentFile(sounds.wav(1)))
        Consent.objects.filter(speaker=self.speaker).update(evidence=kept)

    def addresses(self):
        """Return what a visitor and the learner may open, with who opens it."""
        takes = Recording.objects.filter(speaker=self.speaker)
        return [
            (self.visitor, self.home.url),
            (self.visitor, self.lesson.url),
            (self.visitor, "/vardnica/rml-dis/"),
            (self.visitor, "/vardnica/rml-phal/"),
            (self.visitor, "/vardnica/?q=dis"),
            (self.visitor, "/api/v1/words/"),
            (self.visitor, "/api/v1/words/rml-dis/"),
            (self.visitor, f"/api/v1/lessons/{self.lesson.translation_key}/"),
            (self.visitor, f"/api/v1/quizzes/{self.quiz.uuid}/"),
            (self.learner, f"/tests/meginajums/{self.attempt}/"),
            (self.learner, f"/api/v1/attempts/{self.attempt}/"),
            *((self.visitor, f"/api/v1/recordings/{uuid}/") for uuid in takes.values_list("uuid", flat=True)),
        ]

    def private_addresses(self):
        takes = Recording.objects.filter(speaker=self.speaker)
        return [
            *(reverse("recording:original", args=[pk]) for pk in takes.values_list("pk", flat=True)),
            *(reverse("speaker:evidence", args=[one.uuid]) for one in self.speaker.evidence.all()),
        ]

    def withdraw(self):
        return self.desk.post(reverse("speaker:withdraw", args=[self.speaker.pk]), {"sure": "yes"}, follow=True)


def heard_on(browser, address):
    page = browser.get(address, follow=True)
    assert page.status_code == 200, (address, page.status_code)
    return set(SOUND.findall(page.content.decode()))


@pytest.fixture
def site(stores, quick, learner, administrator):
    with translation.override("lv"):
        yield Site(learner, administrator)


@both_stores
def test_no_address_serves_the_voice_any_more_and_no_storage_holds_it(site, stores, django_capture_on_commit_callbacks):
    theirs = {one.url for one in Rendition.objects.filter(recording__speaker=site.speaker)}
    pages = site.addresses()
    found = [heard_on(*page) for page in pages]
    assert theirs <= set().union(*found)  # every take is met somewhere
    without = [path for (_browser, path), there in zip(pages, found, strict=True) if not there & theirs]
    assert without == [] or all("quizzes" in path for path in without), without
    tags = {url: site.visitor.get(url).headers["ETag"] for url in theirs}
    private = site.private_addresses()
    assert [site.desk.get(url).status_code for url in private] == [200] * 5
    before = stores()
    assert len(before) >= 3 * 4 + 1

    with django_capture_on_commit_callbacks(execute=True):
        page = site.withdraw()
    assert page.status_code == 200

    for url, tag in tags.items():
        for headers in ({}, {"If-None-Match": tag}, {"If-None-Match": "*"}, {"Range": "bytes=0-9"}):
            assert site.visitor.get(url, headers=headers).status_code == 404, (url, headers)
            assert site.visitor.head(url, headers=headers).status_code == 404
    assert [site.desk.get(url).status_code for url in private] == [404] * 5
    assert stores() == set()
    assert not FileDeletion.objects.exists()
    for browser, address in pages:
        if "/recordings/" in address:
            assert browser.get(address).status_code == 404
        else:
            assert not heard_on(browser, address) & theirs, address


def test_what_is_left_is_the_bare_fact_without_a_name(site, administrator, django_capture_on_commit_callbacks):
    site.desk.post(
        reverse("speaker:edit", args=[site.speaker.pk]),
        {"label": "Speaker 7", "public_name": "Zane", "variety": site.speaker.variety_id, "notes": ""},
    )
    assert ModelLogEntry.objects.filter(label="Speaker 7").exists()
    with django_capture_on_commit_callbacks(execute=True):
        site.withdraw()
    fact = VoiceWithdrawal.objects.get()
    assert (fact.takes, fact.done_by) == (4, administrator)
    assert not Speaker.objects.filter(label="Speaker 7").exists()
    assert not Recording.objects.filter(speaker__label="Speaker 7").exists()
    assert not Consent.objects.filter(speaker__label="Speaker 7").exists()
    assert not ModelLogEntry.objects.filter(label="Speaker 7").exists()
    assert Recording.objects.filter(pk=site.other.pk).exists()
    report = site.desk.get(reverse("access_report")).content.decode()
    assert "Speaker 7" not in report


def test_words_choose_another_voice_and_authors_see_which_have_none(site, author, django_capture_on_commit_callbacks):
    synthetic = Recording.objects.get(kind="synthetic")
    with django_capture_on_commit_callbacks(execute=True):
        site.withdraw()
    assert Entry.objects.get(code="rml-dis").recording == synthetic
    assert Entry.objects.get(code="rml-phal").recording == site.other
    assert [lost.entry.code for lost in LostVoice.objects.still_missing()] == ["rml-dis"]
    desk = Client()
    desk.force_login(author)
    page = desk.get(reverse("wagtailadmin_home"))
    assert 'id="lost-voices' in page.content.decode() or "lost_voice=true" in page.content.decode()
    listed = desk.get(reverse(Entry.snippet_viewset.get_url_name("list")), {"lost_voice": "true"})
    assert [entry.code for entry in listed.context["object_list"]] == ["rml-dis"]
    add_take(site.entry, make_recording("dīs", "native", speaker=consenting_speaker("Speaker 9")))
    assert not LostVoice.objects.still_missing().exists()


def test_pages_that_named_a_take_are_silent_there_and_can_be_edited(site, author, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        site.withdraw()
    assert {lost.page_id for lost in LostPlace.objects.untouched()} == {site.home.pk, site.lesson.pk}
    assert "A greeting" not in site.visitor.get(site.lesson.url).content.decode()
    desk = Client()
    desk.force_login(author)
    with translation.override("lv"):
        gone = Recording.gone(1).title
    for page in (site.lesson, site.home):
        response = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert response.status_code == 200
    editor = desk.get(reverse("wagtailadmin_pages:edit", args=[site.lesson.pk])).content.decode()
    assert gone in editor or gone.encode("unicode_escape").decode() in editor
    lesson = type(site.lesson).objects.get(pk=site.lesson.pk)
    block = lesson.body.stream_block
    assert block.clean(lesson.body) is not None
    lesson.save_revision(user=author).publish()
    assert site.visitor.get(lesson.url).status_code == 200
    assert site.home.pk in {lost.page_id for lost in LostPlace.objects.untouched()}
    assert site.lesson.pk not in {lost.page_id for lost in LostPlace.objects.untouched()}


def test_a_quiz_that_was_begun_goes_on_without_a_dead_player(site, django_capture_on_commit_callbacks):
    version = ExerciseVersion.objects.get()
    assert "sources" in str(version.definition)
    with django_capture_on_commit_callbacks(execute=True):
        site.withdraw()
    name = version.digest
    version.refresh_from_db()
    assert version.digest == name
    assert "sources" not in str(version.definition)
    page = site.learner.get(f"/tests/meginajums/{site.attempt}/")
    assert page.status_code == 200
    assert 'class="hear' not in page.content.decode()
    answer = site.learner.put(
        f"/api/v1/attempts/{site.attempt}/responses/{version.exercise_uuid}/",
        {"answer": {"text": "dīs"}, "id": str(uuid4())},
        content_type="application/json",
    )
    assert answer.status_code == 200, answer.content
    done = site.learner.post(f"/api/v1/attempts/{site.attempt}/submit/", {}, content_type="application/json")
    assert done.json()["passed"] is True


@both_stores
def test_a_storage_that_fails_is_told_honestly_and_asked_again(
    site, stores, monkeypatch, request, django_capture_on_commit_callbacks
):
    theirs = [one.url for one in Rendition.objects.filter(recording__speaker=site.speaker)]
    kind = type(storages["default"]) if "s3" in request.node.name else FileSystemStorage
    with monkeypatch.context() as broken:
        broken.setattr(kind, "delete", lambda *args: (_ for _ in ()).throw(OSError("no answer")))
        with django_capture_on_commit_callbacks(execute=True):
            page = site.withdraw().content.decode()
    assert {site.visitor.get(url).status_code for url in theirs} == {404}
    left = FileDeletion.objects.filter(is_withdrawal=True).count()
    assert left == len(stores()) == 13
    assert "13" in page
    assert "13" in site.desk.get(reverse("access_report")).content.decode()
    FileDeletion.objects.update(due_at=timezone.now())
    from django.core.management import call_command

    call_command("reap_recordings", "--verbosity", "0")
    assert stores() == set()
    assert not FileDeletion.objects.exists()


def test_a_withdrawal_that_fails_in_the_middle_takes_nothing(site, stores, monkeypatch, administrator):
    before = stores()
    monkeypatch.setattr(
        VoiceWithdrawal.objects.__class__, "create", lambda *a, **k: (_ for _ in ()).throw(RuntimeError)
    )
    with pytest.raises(RuntimeError):
        withdraw_voice(speaker=site.speaker, by=administrator)
    assert stores() == before
    assert Recording.objects.filter(speaker=site.speaker).count() == 4
    assert {
        site.visitor.get(one.url).status_code for one in Rendition.objects.filter(recording__speaker=site.speaker)
    } == {200}


def test_the_page_says_exactly_what_goes_and_needs_the_tick(site):
    address = reverse("speaker:withdraw", args=[site.speaker.pk])
    page = site.desk.get(address)
    preview = page.context["preview"]
    assert (preview.takes, preview.heard, preview.files) == (4, 4, 13)
    said = page.content.decode()
    assert [list(loss.names) for loss in preview.losses if loss.language == "rml"] == [["dīs"]]
    assert site.lesson.title in said
    refused = site.desk.post(address)
    assert refused.status_code == 400
    assert Speaker.objects.filter(pk=site.speaker.pk).exists()


def test_a_voice_that_was_never_heard_goes_as_well(administrator, django_capture_on_commit_callbacks):
    speaker = consenting_speaker()
    assert preview_withdrawal(speaker).takes == 0
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_voice(speaker=speaker, by=administrator)
    assert VoiceWithdrawal.objects.get().takes == 0
    assert AccessLog.objects.count() == 0


def test_the_page_takes_as_many_queries_for_many_takes_as_for_few(client, administrator):
    client.force_login(administrator)
    speaker = consenting_speaker()
    address = reverse("speaker:withdraw", args=[speaker.pk])

    def queries():
        with CaptureQueriesContext(connection) as taken:
            client.get(address)
        return len(taken)

    for number in range(2):
        add_take(make_entry(f"rml-{number}", "dīs", "diena"), make_recording("dīs", "native", speaker=speaker))
    queries()
    few = queries()
    for number in range(2, 12):
        add_take(make_entry(f"rml-{number}", "dīs", "diena"), make_recording("dīs", "native", speaker=speaker))
    assert queries() == few


def test_a_second_tab_finds_nothing_left(site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        site.withdraw()
    assert site.withdraw().status_code == 404
    assert VoiceWithdrawal.objects.count() == 1


def test_pressed_twice_the_second_finds_nothing_left(client, administrator, monkeypatch):
    speaker = consenting_speaker()

    def first_wins(**values):
        Speaker.objects.filter(pk=speaker.pk).delete()
        return withdraw_voice(**values)

    monkeypatch.setattr("media.consent_views.withdraw_voice", first_wins)
    client.force_login(administrator)
    answer = client.post(reverse("speaker:withdraw", args=[speaker.pk]), {"sure": "yes"})
    assert answer.status_code == 404


def test_a_take_that_comes_in_late_for_a_voice_taken_back_is_refused(site, django_capture_on_commit_callbacks):
    late = SimpleUploadedFile("a.wav", sounds.wav(1))
    data = {"title": "dīs", "transcript": "dīs", "kind": "native", "language": "rml", "file": late, "licence": ""}
    data |= {"speaker": site.speaker.pk, "variety": site.speaker.variety_id}
    with django_capture_on_commit_callbacks(execute=True):
        site.withdraw()
    response = site.desk.post(reverse("recording:add"), data)
    assert set(response.context["form"].errors) == {"speaker"}

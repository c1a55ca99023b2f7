"""Bringing recordings in, replacing and deleting them."""

import io
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File

from media import consents, encoding, mastering, services
from media.models import Recording, Rendition
from tests.media import sounds
from tests.media.conftest import accepted

pytestmark = pytest.mark.django_db


@pytest.fixture
def new(speaker):
    """Return a function that brings a recording in from outside, as an author does."""

    def make(data: bytes | None = None, **values) -> Recording:
        file = ContentFile(sounds.wav(1) if data is None else data, name="a.wav")
        given = {"title": "dīs", "transcript": "dīs", "kind": "native", "speaker": speaker, "file": file}
        return services.create_recording(**given | values)

    return make


def test_a_new_recording_can_soon_be_heard(new, author):
    recording = new(uploaded_by=author)
    assert recording.status == Recording.Status.READY
    assert recording.sources == []  # not before somebody else has listened to it
    recording = accepted(recording)
    assert recording.duration_seconds == pytest.approx(1, abs=0.05)
    assert len(recording.peaks) == encoding.PEAKS
    assert recording.uploaded_by == author
    assert [source["type"] for source in recording.sources] == ["audio/ogg; codecs=opus", "audio/mpeg"]
    assert all(source["bytes"] > 0 and source["url"].startswith("/audio/") for source in recording.sources)


def test_licence_and_variety_come_from_the_speaker(new, speaker):
    recording = new()
    assert (recording.licence, recording.variety) == ("CC-BY-4.0", speaker.variety)


def test_a_synthetic_voice_is_ours_to_give_away(new, latvian):
    assert new(kind="synthetic", speaker=None, variety=latvian).licence == "CC-BY-4.0"


def test_latvian_needs_no_variety(new, speaker):
    assert new(language="lv").variety is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"speaker": None}, "speaker"),
        ({"kind": "synthetic"}, "speaker"),
        ({"kind": "synthetic", "speaker": None}, "variety"),
        ({"kind": "sung"}, "kind"),
        ({"title": ""}, "title"),
        ({"transcript": ""}, "transcript"),
        ({"language": "not a tag"}, "language"),
        ({"licence": "all mine"}, "licence"),
        ({"data": sounds.TEXT}, "file"),
        ({"data": b""}, "file"),
    ],
)
def test_a_wrong_recording_names_its_field_and_is_not_kept(new, values, field):
    with pytest.raises(ValidationError) as caught:
        new(**values)
    assert set(caught.value.message_dict) == {field}
    assert not Recording.objects.exists()


def test_a_voice_without_consent_does_not_get_in(new, speaker):
    speaker.consents.all().delete()
    with pytest.raises(ValidationError, match="consent"):
        new()


def test_nobody_gives_away_more_than_the_speaker_allows(new, speaker):
    consents.end_consent(speaker.consents.get(purpose="download"))
    speaker.refresh_from_db()
    with pytest.raises(ValidationError, match="open download"):
        new(licence="CC-BY-4.0")
    assert new().licence == "course-only"


class HugeFile(File):
    def __init__(self):
        super().__init__(io.BytesIO(b"RIFF"), name="long.wav")
        self.size = 300 * 1024 * 1024

    def read(self, *args):
        pytest.fail("read")


def test_three_hundred_megabytes_are_refused_unread():
    with pytest.raises(ValidationError, match="50 MB"):
        services.check_audio(HugeFile())


def test_replacing_the_file_replaces_everything_made_from_it(new, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        recording = new()
    before = Rendition.objects.get(recording=recording, format="opus")
    old_original, private = recording.file.name, recording.file.storage
    recording.file = ContentFile(sounds.mp3(2), name="b.mp3")
    with django_capture_on_commit_callbacks(execute=True):
        recording = services.save_recording(recording, has_new_file=True)
    after = Rendition.objects.get(recording=recording, format="opus")
    assert recording.is_ready
    assert recording.duration_seconds == pytest.approx(2, abs=0.1)
    assert after.uuid != before.uuid
    assert not before.file.storage.exists(before.file.name)
    assert after.file.storage.exists(after.file.name)
    assert not private.exists(old_original)
    assert private.exists(recording.file.name)


def test_deleting_a_recording_deletes_its_files(new, django_capture_on_commit_callbacks):
    recording = new()
    files = [recording.file, *(rendition.file for rendition in recording.renditions.all())]
    files = [(file.storage, file.name) for file in files]
    assert all(storage.exists(name) for storage, name in files)
    with django_capture_on_commit_callbacks(execute=True):
        recording.delete()
    assert len(files) == 3
    assert not any(storage.exists(name) for storage, name in files)


def test_originals_lie_where_no_address_leads(new, settings):
    recording = new(file=ContentFile(sounds.wav(1), name="Zane Bērziņa.wav"))
    assert str(settings.MEDIA_ROOT) not in recording.file.path
    assert recording.file.name.startswith(f"recordings/{recording.uuid}/")
    assert "Zane" not in recording.file.name


def test_shipped_recordings_are_heard_at_once_and_nothing_is_rendered(shipped, monkeypatch):
    monkeypatch.setattr(mastering, "render", lambda *args, **kwargs: pytest.fail("rendered"))
    recording = shipped()
    assert recording.is_ready
    assert recording.kind == "synthetic"
    assert len(recording.sources) == 2
    assert recording.peaks == [1, 50, 100]


def test_shipping_twice_keeps_one_recording_and_its_files(shipped):
    uuid = uuid4()
    first = shipped(uuid=uuid)
    names = set(first.renditions.values_list("pk", "file"))
    second = shipped(uuid=uuid, transcript="dīs")
    assert second.pk == first.pk
    assert second.transcript == "dīs"
    assert set(second.renditions.values_list("pk", "file")) == names
    assert Recording.objects.count() == 1


def test_shipping_again_leaves_an_authors_upload_alone(shipped, speaker, django_capture_on_commit_callbacks):
    recording = shipped(uuid=uuid4())
    recording.file = ContentFile(sounds.wav(2), name="zane.wav")
    recording.kind, recording.speaker, recording.licence = "native", speaker, ""
    services.fill_in(recording)
    services.save_recording(recording, has_new_file=True)
    again = shipped(uuid=recording.uuid)
    assert again.kind == "native"
    assert again.duration_seconds == pytest.approx(2, abs=0.1)


def test_shipping_reads_files_too(shipped, tmp_path):
    for name, data in (("a.opus", sounds.ogg(0.5)), ("a.mp3", sounds.mp3(0.5))):
        (tmp_path / name).write_bytes(data)
    assert shipped(opus=tmp_path / "a.opus", mp3=tmp_path / "a.mp3").is_ready


def test_a_speaker_with_recordings_cannot_be_deleted(new, speaker):
    from django.db.models import ProtectedError

    new()
    with pytest.raises(ProtectedError):
        speaker.delete()


def test_sources_of_many_recordings_take_a_fixed_number_of_queries(shipped, django_assert_num_queries):
    for number in range(3):
        shipped(title=str(number))
    with django_assert_num_queries(2):
        assert all(len(one.sources) == 2 and one.variety for one in Recording.objects.with_audio())

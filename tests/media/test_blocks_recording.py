"""Recordings in the body of a page."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlock

from media.blocks import RecordingChooserBlock
from media.models import Recording

pytestmark = pytest.mark.django_db


class Body(StreamBlock):
    recording = RecordingChooserBlock()


def stream(*recordings: Recording | None):
    rows = [{"type": "recording", "value": recording.pk if recording else 4711} for recording in recordings]
    return Body().to_python(rows)


def test_a_block_plays_and_shows_what_is_said(shipped):
    recording = shipped(transcript="dīs")
    html = stream(recording)[0].render()
    assert recording.sources[1]["url"] in html
    assert '<p lang="rml">dīs</p>' in html
    assert "style=" not in html


def test_many_recordings_take_two_queries(shipped, django_assert_num_queries):
    recordings = [shipped(title=str(number)) for number in range(4)]
    body = stream(*recordings, recordings[0])
    with django_assert_num_queries(2):
        html = "".join(block.render() for block in body)
    assert html.count("<sound-player") == 5


def test_a_deleted_or_unready_recording_leaves_the_page_whole(shipped):
    recording = shipped()
    Recording.objects.filter(pk=recording.pk).update(status="pending")
    assert [block.render().strip() for block in stream(recording, None)] == ["", ""]


def test_the_block_takes_only_recordings(shipped):
    block = RecordingChooserBlock()
    recording = shipped()
    assert block.clean(recording) == recording
    assert block.get_prep_value(recording) == recording.pk
    assert list(block.extract_references(recording)) == [(Recording, str(recording.pk), "", "")]
    with pytest.raises(ValidationError):
        block.clean(None)


def test_the_editor_knows_which_recording_is_chosen(shipped):
    recording = shipped(title="najis-ta")
    state = RecordingChooserBlock().get_form_state(recording)
    assert (state["id"], state["title"]) == (recording.pk, "najis-ta")


def test_a_recording_that_is_gone_keeps_its_place_says_so_to_authors_and_stops_nobody(shipped):
    block = RecordingChooserBlock()
    pk = shipped().pk
    Recording.objects.all().delete()
    gone = block.to_python(pk)
    assert (gone.is_gone, gone.is_heard, gone.sources) == (True, False, [])
    assert block.bulk_to_python([pk, None])[0].is_gone
    state = block.get_form_state(gone)
    assert "taken back" in state["title"]
    assert not state["edit_url"]
    sent = block.value_from_form(str(pk))
    assert block.get_prep_value(block.clean(sent)) == pk
    assert list(block.extract_references(gone)) == []
    assert "audio" not in block.render(gone)

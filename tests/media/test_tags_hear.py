"""The ring that plays a sound."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from media.models import Recording

pytestmark = pytest.mark.django_db


def rendered(source: str, **context) -> str:
    with translation.override("en"):
        return Template("{% load media_tags %}" + source).render(Context(context))


def test_hear_is_a_link_that_plays_without_a_script(shipped):
    recording = shipped()
    opus, mp3 = (source["url"] for source in recording.sources)
    html = rendered('{% hear recording "najis-ta" size="large" %}', recording=recording)
    assert f'<a class="hear large" href="{mp3}" data-voice="synthetic" data-variety="latvian">' in html
    # The script takes the smaller file from the same address with the other ending.
    assert opus == mp3.replace(".mp3", ".opus")
    assert '<use href="#i-play"/>' in html
    assert '<span class="vh">Listen: <span lang="rml">najis-ta</span> (synthetic voice)</span>' in html


def test_a_native_voice_is_not_called_synthetic(shipped, speaker):
    html = rendered("{% hear recording %}", recording=shipped(kind="native", speaker=speaker))
    assert 'class="hear"' in html
    assert 'data-voice="native"' in html
    assert "synthetic" not in html


def test_hear_says_the_transcript_unless_told_otherwise(shipped):
    assert '<span lang="rml">dīs</span>' in rendered("{% hear recording %}", recording=shipped(transcript="dīs"))


def test_latvian_is_marked_as_latvian(shipped):
    recording = shipped(language="lv", variety=None, transcript="Bērns sāk skolu.")
    assert '<span lang="lv">Bērns sāk skolu.</span>' in rendered("{% hear recording %}", recording=recording)


def test_what_is_heard_cannot_break_the_page(shipped):
    html = rendered("{% hear recording text %}", recording=shipped(), text='"><script>{0}')
    assert "<script>" not in html
    assert "&lt;script&gt;{0}" in html


def test_where_there_is_no_sound_there_is_no_ring(shipped):
    recording = shipped()
    Recording.objects.filter(pk=recording.pk).update(status="failed")
    recording.refresh_from_db()
    assert rendered("{% hear recording %}{% hear nothing %}", recording=recording, nothing=None) == ""


def test_a_size_that_does_not_exist_is_a_mistake_of_the_template(shipped):
    with pytest.raises(TemplateSyntaxError, match="huge"):
        rendered('{% hear recording size="huge" %}', recording=shipped())


def test_voice_note_says_whose_voice_it_is(shipped, speaker):
    assert "Synthetic voice" in rendered("{% voice_note recording %}", recording=shipped())
    assert "Zane" in rendered("{% voice_note recording %}", recording=shipped(kind="native", speaker=speaker))
    speaker.public_name = ""
    speaker.save()
    assert rendered("{% voice_note recording %}", recording=shipped(kind="native", speaker=speaker)) == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, ""), (0.3, "1 second"), (1.4, "1 second"), (2, "2 seconds"), (89.4, "89 seconds"), (120, "2 minutes")],
)
def test_spoken_length(seconds, words):
    assert rendered("{{ seconds|spoken_length }}", seconds=seconds) == words

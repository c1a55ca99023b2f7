"""What is made from a file: two formats, one loudness, a drawing, and nothing of its tags."""

import io

import av
import pytest

from media import audio, encoding, mastering
from media.loudness import measured
from tests.media import sounds


def rendered(sound: bytes):
    opus, mp3 = io.BytesIO(), io.BytesIO()
    return mastering.render(io.BytesIO(sound), opus=opus, mp3=mp3), opus, mp3


def level(file: io.BytesIO):
    file.seek(0)
    with av.open(file) as container:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=48_000)
        return measured((part for frame in container.decode(audio=0) for part in resampler.resample(frame)), 48_000)


@pytest.mark.parametrize("loud", [0.02, 0.3, 0.98])
def test_render_brings_quiet_and_loud_to_one_loudness(loud):
    _result, opus, mp3 = rendered(sounds.wav(3, loud=loud, hertz=440))
    assert level(opus).lufs == pytest.approx(mastering.TARGET_LUFS, abs=1)
    assert level(mp3).lufs == pytest.approx(mastering.TARGET_LUFS, abs=1)


def test_render_keeps_the_length_and_says_it():
    result, opus, mp3 = rendered(sounds.m4a(2.5))
    assert result.seconds == pytest.approx(2.5, abs=0.05)
    assert audio.probe(opus).seconds == pytest.approx(2.5, abs=0.05)
    assert audio.probe(mp3).seconds == pytest.approx(2.5, abs=0.1)


def test_render_writes_opus_in_ogg_and_mp3():
    _result, opus, mp3 = rendered(sounds.wav(1))
    assert (audio.probe(opus).container, audio.probe(opus).codec) == ("ogg", "opus")
    assert audio.probe(mp3).container == "mp3"


def test_render_holds_peaks_under_the_limit():
    # Quiet with one loud moment: raised by its loudness alone it would clip.
    sound = sounds.wav(4, loud=0.02)
    loud_moment = sounds.wav(0.02, loud=0.95)[44:]
    middle = 44 + (len(sound) - 44) // 4 * 2
    sound = sound[:middle] + loud_moment + sound[middle + len(loud_moment) :]
    result, opus, mp3 = rendered(sound)
    assert result.seconds == pytest.approx(4, abs=0.01)
    assert max(level(opus).peak_db, level(mp3).peak_db) <= mastering.PEAK_LIMIT_DB


def test_peaks_draw_the_sound():
    quiet_then_loud = sounds.wav(2, loud=0.05) + sounds.wav(2, loud=0.6)[44:]
    result, _opus, _mp3 = rendered(with_length(quiet_then_loud))
    assert len(result.peaks) == encoding.PEAKS
    assert all(0 <= height <= 100 for height in result.peaks)
    assert 0 < max(result.peaks[5:90]) < min(result.peaks[110:190]) / 4


def with_length(sound: bytes) -> bytes:
    """Write into the head of a joined WAV how long it has become."""
    size = len(sound) - 44
    return sound[:4] + (size + 36).to_bytes(4, "little") + sound[8:40] + size.to_bytes(4, "little") + sound[44:]


def test_equal_files_give_equal_bytes():
    first, second = rendered(sounds.wav(1)), rendered(sounds.wav(1))
    assert first[0] == second[0]
    assert first[1].getvalue() == second[1].getvalue()
    assert first[2].getvalue() == second[2].getvalue()


def test_tags_of_the_original_are_left_behind():
    tagged = sounds.mp3(1, tags={"title": "<script>alert(1)</script>", "comment": "56.95,24.11"})
    assert b"<script>" in tagged
    _result, opus, mp3 = rendered(tagged)
    for file in (opus, mp3):
        assert b"<script>" not in file.getvalue()
        assert b"56.95" not in file.getvalue()


@pytest.mark.parametrize(("sound", "error"), [(sounds.silence(), audio.SilentAudio), (sounds.TEXT, audio.NotAudio)])
def test_render_refuses_what_probe_refuses(sound, error):
    with pytest.raises(error):
        rendered(sound)


def test_stereo_becomes_one_channel():
    _result, opus, _mp3 = rendered(sounds.wav(1, channels=2))
    assert audio.probe(opus).channels == 1

"""What is made from a file: two formats, one loudness, a drawing, and nothing of its tags."""

import io

import av
import pytest

from media import audio
from media.loudness import LoudnessMeter
from tests.media import sounds


def rendered(sound: bytes):
    opus, mp3 = io.BytesIO(), io.BytesIO()
    return audio.render(io.BytesIO(sound), opus=opus, mp3=mp3), opus, mp3


def loudness(file: io.BytesIO) -> float:
    file.seek(0)
    meter = LoudnessMeter(48_000)
    with av.open(file) as container:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=48_000)
        for frame in container.decode(audio=0):
            for part in resampler.resample(frame):
                meter.add(part)
    return meter.integrated()


@pytest.mark.parametrize("loud", [0.02, 0.3, 0.98])
def test_render_brings_quiet_and_loud_to_one_loudness(loud):
    _result, opus, mp3 = rendered(sounds.wav(3, loud=loud, hertz=440))
    assert loudness(opus) == pytest.approx(audio.TARGET_LUFS, abs=1)
    assert loudness(mp3) == pytest.approx(audio.TARGET_LUFS, abs=1)


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
    _result, opus, _mp3 = rendered(sound)
    assert audio.probe(opus).peak <= 0.9


def test_a_word_too_short_to_have_a_loudness_is_raised_by_its_peak():
    result, opus, _mp3 = rendered(sounds.wav(0.25, loud=0.1))
    assert result.gain_db == pytest.approx(16, abs=0.5)
    assert audio.probe(opus).peak == pytest.approx(10 ** (audio.TARGET_PEAK_DB / 20), abs=0.06)


def test_peaks_draw_the_sound():
    half = sounds.wav(2, loud=0.6)
    sound = half[:44] + bytes(len(half) - 44)
    silent_then_loud = sounds.wav(4, loud=0.0)[:44] + sound[44:] + half[44:]
    result, _opus, _mp3 = rendered(silent_then_loud)
    assert len(result.peaks) == audio.PEAKS
    assert all(0 <= height <= 100 for height in result.peaks)
    assert max(result.peaks[:90]) == 0
    assert min(result.peaks[110:]) > 5


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

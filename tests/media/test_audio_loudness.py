"""What learners hear, measured by a program that is none of ours: FFmpeg's own meter, as Debian ships it."""

import io
import os
import re
import shutil
import subprocess
from functools import cache

import pytest

from media import audio, mastering, trimming
from tests.media import sounds

needs_ffmpeg = pytest.mark.skipif(
    not shutil.which("ffmpeg") and not os.environ.get("CI"), reason="FFmpeg's program is not installed here"
)

SPOKEN = {
    "quiet": {"seconds": 4, "loud": 0.03},
    "loud and clipped": {"seconds": 3, "loud": 3.0},
    "a word of 0.3 s": {"seconds": 0.3, "silence": 0.5},
    "a word of 0.4 s": {"seconds": 0.4, "silence": 0.6, "noise": 0.0005},
    "a word of 0.8 s": {"seconds": 0.8, "silence": 0.6, "noise": 0.001},
    "a word cut out tightly": {"seconds": 0.45},
    "long": {"seconds": 20},
    "rumble": {"seconds": 4, "loud": 0.1, "rumble": 0.3},
    "silence at the ends": {"seconds": 3, "silence": 2, "noise": 0.0005},
    "8 bits": {"seconds": 3, "bits": 8},
    "96 kHz in stereo": {"seconds": 2, "rate": 96_000, "channels": 2},
}


@cache
def rendered(name: str) -> tuple[mastering.Rendered, bytes, bytes]:
    opus, mp3 = io.BytesIO(), io.BytesIO()
    result = mastering.render(io.BytesIO(sounds.speech(**SPOKEN[name])), opus=opus, mp3=mp3)
    return result, opus.getvalue(), mp3.getvalue()


def ffmpeg(sound: bytes, filters: str) -> str:
    """Return what the program says about the sound after the filters."""
    command = ["ffmpeg", "-hide_banner", "-nostats", "-i", "pipe:0", "-af", filters, "-f", "null", "-"]
    return subprocess.run(command, input=sound, capture_output=True, check=True).stderr.decode()


def measured(sound: bytes, *before: str) -> tuple[float, float]:
    """Return loudness in LUFS and true peak in dBTP (FFmpeg takes four times as many samples for it)."""
    report = ffmpeg(sound, ",".join([*before, "ebur128=peak=true:framelog=verbose"]))
    summary = report[report.rindex("Summary:") :]
    loudness, peak = re.search(r"I:\s+(\S+) LUFS", summary), re.search(r"Peak:\s+(\S+) dBFS", summary)
    return float(loudness[1]), float(peak[1])


@needs_ffmpeg
@pytest.mark.parametrize("kind", [1, 2], ids=["opus", "mp3"])
@pytest.mark.parametrize("name", SPOKEN)
def test_ffmpeg_finds_one_loudness_and_no_peak_above_the_limit(name, kind):
    loudness, peak = measured(rendered(name)[kind])
    assert loudness == pytest.approx(-16, abs=1)
    assert peak <= -1.5


@needs_ffmpeg
@pytest.mark.parametrize("kind", [1, 2], ids=["opus", "mp3"])
def test_a_word_too_short_for_a_meter_has_the_loudness_when_repeated(kind):
    opus, mp3 = io.BytesIO(), io.BytesIO()
    mastering.render(io.BytesIO(sounds.speech(0.2, loud=0.1)), opus=opus, mp3=mp3)
    sound = (opus, mp3)[kind - 1].getvalue()
    assert measured(sound)[0] == -70  # nothing to be measured
    loudness, peak = measured(sound, "aresample=48000", "aloop=loop=19:size=9600")
    assert loudness == pytest.approx(-16, abs=1)
    assert peak <= -1.5


@needs_ffmpeg
def test_rumble_is_taken_out_and_the_voice_stays():
    """Below 55 Hz there is at least 15 dB less beside the voice than there was."""

    def below(sound: bytes) -> float:
        deep = measured(sound, "lowpass=f=50:p=2", "lowpass=f=50:p=2", "volume=20dB")[0]
        return deep - measured(sound, "highpass=f=120:p=2")[0]

    spoken = sounds.speech(**SPOKEN["rumble"])
    assert below(spoken) - below(rendered("rumble")[1]) > 15


def test_silence_at_the_ends_goes_but_for_a_breath():
    seconds = rendered("silence at the ends")[0].seconds
    assert seconds == pytest.approx(0.1 + 3 + 0.25, abs=0.06)


def test_what_has_no_silence_keeps_its_length():
    assert rendered("8 bits")[0].seconds == pytest.approx(3, abs=0.01)


def finder(*parts: bytes) -> trimming.Bounds:
    found = trimming.SoundFinder(22_050)
    for part in parts:
        with audio.opened(io.BytesIO(part)) as (container, stream):
            for frame in audio.mono(container, stream, 22_050):
                found.add(audio.values_of(frame))
    return found.bounds()


def test_a_knock_on_the_microphone_does_not_make_a_quiet_voice_silence():
    knock, quiet = sounds.wav(0.04, loud=0.95), sounds.wav(3, loud=0.02)
    bounds = finder(quiet, knock, quiet)
    assert (bounds.start, bounds.end) == (0, 22_050 * 6 + 882)


def test_a_pause_in_the_middle_stays():
    bounds = finder(sounds.silence(1), sounds.wav(0.5), sounds.silence(2), sounds.wav(0.5), sounds.silence(1))
    assert bounds.start == pytest.approx(0.9 * 22_050, abs=300)
    assert bounds.end == pytest.approx(4.25 * 22_050, abs=300)


def test_where_nothing_stands_out_all_is_kept():
    assert finder(sounds.silence(2)) == trimming.Bounds(0, 44_100)


def test_equal_files_give_equal_bytes_and_the_original_is_only_read():
    spoken = sounds.speech(**SPOKEN["a word of 0.4 s"])
    file, opus, mp3 = io.BytesIO(spoken), io.BytesIO(b"longer than what comes" * 9000), io.BytesIO()
    mastering.render(file, opus=opus, mp3=mp3)
    assert (opus.getvalue(), mp3.getvalue()) == rendered("a word of 0.4 s")[1:]
    assert file.getvalue() == spoken

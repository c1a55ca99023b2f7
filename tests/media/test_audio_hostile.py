"""A sound file with a harmful picture or tags is a sound: the rest of it is neither unfolded nor kept."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from media import audio, mastering
from tests.media import hostile, sounds

COVERS = {"mp3": hostile.mp3_with_cover, "flac": hostile.flac_with_cover, "m4a": hostile.m4a_with_cover}
MEASURE = """
import io, re, sys
from media import audio, mastering
def peak():  # of this process alone; what getrusage says begins with that of whoever started it
    return int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read()).group(1))
before = peak()
facts = audio.probe(io.BytesIO(open(sys.argv[1], "rb").read()))
mastering.render(open(sys.argv[1], "rb"), opus=io.BytesIO(), mp3=io.BytesIO())
print(facts.seconds, (peak() - before) // 1024)
"""


@pytest.fixture(scope="module")
def bomb():
    return hostile.png(14_000)


@pytest.mark.parametrize("kind", COVERS)
def test_a_cover_that_unfolds_to_hundreds_of_megabytes_is_not_unfolded(kind, bomb, tmp_path):
    """Looked at in a process of its own, whose memory nothing else has raised before."""
    path = tmp_path / f"sound.{kind}"
    path.write_bytes(COVERS[kind](bomb))
    command = [sys.executable, "-c", MEASURE, str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(settings.BASE_DIR)).stdout
    seconds, megabytes = said.split()
    assert float(seconds) == pytest.approx(1, abs=0.1)
    assert int(megabytes) < 80


@pytest.mark.parametrize("kind", COVERS)
def test_an_ordinary_cover_does_not_make_a_film(kind):
    assert audio.probe(io.BytesIO(COVERS[kind](hostile.png(64)))).seconds == pytest.approx(1, abs=0.1)


def test_tags_are_not_kept_in_what_learners_hear():
    opus, mp3 = io.BytesIO(), io.BytesIO()
    mastering.render(io.BytesIO(hostile.tagged()), opus=opus, mp3=mp3)
    for made in (opus, mp3):
        assert b"script" not in made.getvalue()
        assert len(made.getvalue()) < 50_000


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (hostile.png(300), "not_audio"),
        (hostile.zipped(), "not_audio"),
        (sounds.TEXT, "not_audio"),
        (b"RIFF" + bytes(4) + b"WAVE", "damaged"),
        (b"ID3\x03\0\0\x7f\x7f\x7f\x7f", "damaged"),
        (b"OggS" + bytes(60), "damaged"),
        (b"fLaC" + bytes(60), "damaged"),
        (b"\x1a\x45\xdf\xa3" + bytes(60), "damaged"),
        (bytes(4) + b"ftypM4A " + bytes(60), "damaged"),
        (b"\0", "not_audio"),
    ],
)
def test_what_is_no_sound_is_told_apart(data, code):
    with pytest.raises(audio.AudioError) as caught:
        audio.probe(io.BytesIO(data))
    assert caught.value.code == code


@pytest.mark.parametrize("make", [sounds.wav, sounds.mp3, sounds.m4a, sounds.ogg, sounds.webm, sounds.flac])
def test_a_file_with_changed_bytes_never_ends_in_anything_but_its_error(make):
    """Whatever a copy did to it: it is heard, or one of the errors that have words."""
    whole = make(0.3)
    for seed in range(24):
        data = bytearray(whole)
        for number in range(1, 12):
            data[(seed * 7919 + number * number * 104729) % len(data)] ^= (seed * 31 + number * 17) % 255 + 1
        try:
            audio.probe(io.BytesIO(bytes(data[: len(data) - seed * 20])))
        except audio.AudioError:
            continue

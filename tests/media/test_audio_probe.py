"""What a file is judged to be, by its bytes."""

import io

import pytest

from media import audio
from tests.media import sounds


@pytest.mark.parametrize(
    ("make", "container", "codec"),
    [
        (sounds.wav, "wav", "pcm_s16le"),
        (sounds.mp3, "mp3", "mp3float"),
        (sounds.m4a, "mov,mp4,m4a,3gp,3g2,mj2", "aac"),
        (sounds.ogg, "ogg", "opus"),
        (sounds.webm, "matroska,webm", "opus"),
        (sounds.flac, "flac", "flac"),
    ],
)
def test_probe_tells_format_and_counts_seconds(make, container, codec):
    facts = audio.probe(io.BytesIO(make(2)))
    assert (facts.container, facts.codec) == (container, codec)
    assert facts.seconds == pytest.approx(2, abs=0.06)
    assert facts.channels == 1
    assert facts.peak == pytest.approx(0.3, abs=0.03)


def test_probe_never_looks_at_the_name():
    file = io.BytesIO(sounds.wav(1))
    file.name = "notes.txt"
    assert audio.probe(file).container == "wav"
    text = io.BytesIO(sounds.TEXT)
    text.name = "song.mp3"
    with pytest.raises(audio.NotAudio):
        audio.probe(text)


BAD = {
    "text": (sounds.TEXT, audio.NotAudio),
    "empty": (b"", audio.EmptyFile),
    "a playlist that names another file": (sounds.PLAYLIST, audio.NotAudio),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(400), audio.NotAudio),
    "garbage after a true beginning": (b"RIFF\x00\x10\x00\x00WAVE" + bytes(range(256)) * 8, audio.AudioError),
    "silence": (sounds.silence(), audio.SilentAudio),
    "a click": (sounds.wav(0.02), audio.TooShort),
    "a sound file without sound": (sounds.wav(0), audio.AudioError),
}


@pytest.mark.parametrize("case", BAD)
def test_probe_refuses(case):
    data, error = BAD[case]
    with pytest.raises(error):
        audio.probe(io.BytesIO(data))


def test_probe_refuses_a_video_even_with_sound():
    with pytest.raises(audio.HasVideo):
        audio.probe(io.BytesIO(sounds.video_with_sound()))


@pytest.mark.parametrize("make", [sounds.wav, sounds.mp3, sounds.flac, sounds.ogg])
def test_probe_notices_that_the_end_is_missing(make):
    with pytest.raises(audio.CutOff):
        audio.probe(io.BytesIO(sounds.cut(make(4))))


def test_probe_calls_an_m4a_without_its_index_damaged_and_not_something_else():
    with pytest.raises(audio.DamagedAudio):
        audio.probe(io.BytesIO(sounds.cut(sounds.m4a(4))))


def test_an_mp3_with_a_long_tag_and_without_a_length_is_not_taken_for_cut_off():
    tag = b"ID3\x04\x00\x00\x00\x00\x40\x00" + bytes(0x40 << 7)
    sound = sounds.mp3(3, options={"write_xing": "0", "id3v2_version": "0"})
    assert audio.probe(io.BytesIO(tag + sound)).seconds == pytest.approx(3, abs=0.1)


def test_three_hours_are_refused_without_decoding_them(monkeypatch):
    monkeypatch.setattr(audio, "mono", lambda *args: pytest.fail("decoded"))
    with pytest.raises(audio.TooLong):
        audio.probe(io.BytesIO(sounds.three_hours()))


def test_a_file_that_hides_its_length_is_refused_when_the_limit_is_passed():
    with pytest.raises(audio.TooLong):
        audio.probe(io.BytesIO(sounds.webm(8)), max_seconds=4)


class HugeFile(io.RawIOBase):
    """Three hundred megabytes that nobody may read."""

    def seek(self, offset, whence=0):
        return 300 * 1024 * 1024 if whence == 2 else offset

    def read(self, size=-1):
        pytest.fail("read")


def test_a_huge_file_is_refused_before_it_is_read():
    with pytest.raises(audio.FileTooBig):
        audio.probe(HugeFile())


def test_the_cover_of_a_record_is_not_a_video():
    import av

    file = io.BytesIO()
    with av.open(file, "w", format="mp3") as out, av.open(io.BytesIO(sounds.wav(1))) as source:
        stream = out.add_stream("libmp3lame", rate=44_100, layout="mono")
        cover = out.add_stream("png", rate=1)
        cover.width, cover.height, cover.pix_fmt = 16, 16, "rgb24"
        cover.disposition = av.stream.Disposition.attached_pic
        out.mux(cover.encode(av.VideoFrame(16, 16, "rgb24")))
        out.mux(cover.encode(None))
        for frame in source.decode(audio=0):
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    assert audio.probe(file).codec == "mp3float"

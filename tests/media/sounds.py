"""Sounds for tests, made on the spot: no binary files in the repository."""

import io
import math
import random
import wave
from array import array
from functools import cache
from typing import Any

import av


@cache
def wav(
    seconds: float = 1.0, *, rate: int = 22_050, loud: float = 0.3, hertz: float = 220.0, channels: int = 1
) -> bytes:
    """Return a WAV file with a plain tone; `loud` is its height from 0 to 1."""
    one = [int(loud * 32_767 * math.sin(2 * math.pi * hertz * n / rate)) for n in range(int(seconds * rate))]
    samples = array("h", [value for value in one for _ in range(channels)])
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(samples.tobytes())
    return file.getvalue()


def encoded(
    sound: bytes,
    container: str,
    codec: str,
    *,
    rate: int = 48_000,
    bit_rate: int = 0,
    options: dict[str, str] | None = None,
    tags: dict[str, str] | None = None,
) -> bytes:
    """Return the sound in another format."""
    file = io.BytesIO()
    with av.open(io.BytesIO(sound)) as source, av.open(file, "w", format=container, options=options or {}) as out:
        out.metadata.update(tags or {})
        stream: Any = out.add_stream(codec, rate=rate, layout="mono")
        if bit_rate:
            stream.bit_rate = bit_rate
        for frame in source.decode(audio=0):
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return file.getvalue()


def mp3(seconds: float = 1.0, **kwargs: Any) -> bytes:
    return encoded(wav(seconds), "mp3", "libmp3lame", rate=44_100, **kwargs)


def m4a(seconds: float = 1.0, **kwargs: Any) -> bytes:
    return encoded(wav(seconds), "ipod", "aac", rate=44_100, **kwargs)


def ogg(seconds: float = 1.0, **kwargs: Any) -> bytes:
    return encoded(wav(seconds), "ogg", "libopus", **kwargs)


def webm(seconds: float = 1.0, **kwargs: Any) -> bytes:
    """Return what a browser's recorder makes: WebM that does not say how long it is."""
    return encoded(wav(seconds), "webm", "libopus", options={"live": "1"}, **kwargs)


def flac(seconds: float = 1.0, **kwargs: Any) -> bytes:
    return encoded(wav(seconds), "flac", "flac", **kwargs)


def silence(seconds: float = 1.0) -> bytes:
    return wav(seconds, loud=0.0)


def three_hours() -> bytes:
    """Return a small file that is long: three hours at a thousand samples a second."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(1)
        out.setframerate(1000)
        out.writeframes(bytes([100, 150]) * (3 * 3600 * 500))
    return file.getvalue()


def video_with_sound() -> bytes:
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as out, av.open(io.BytesIO(wav(1))) as source:
        pictures: Any = out.add_stream("mpeg4", rate=10)
        pictures.width, pictures.height, pictures.pix_fmt = 64, 64, "yuv420p"
        sound: Any = out.add_stream("aac", rate=44_100, layout="mono")
        for _ in range(10):
            out.mux(pictures.encode(av.VideoFrame(64, 64, "yuv420p")))
        out.mux(pictures.encode(None))
        for frame in source.decode(audio=0):
            out.mux(sound.encode(frame))
        out.mux(sound.encode(None))
    return file.getvalue()


def cut(sound: bytes, share: float = 0.6) -> bytes:
    """Return the beginning of a file, as after a broken copy."""
    return sound[: int(len(sound) * share)]


TEXT = b"This is a list of words, and somebody called it a recording.\n" * 100
PLAYLIST = b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"


def _pcm(samples: array, rate: int, *, channels: int = 1, bits: int = 16) -> bytes:
    """Return samples from -1 to 1 as a WAV file."""
    top = 2 ** (bits - 1) - 1
    whole = [max(-top, min(top, round(value * top))) for value in samples for _ in range(channels)]
    packed = bytes(value + 128 for value in whole) if bits == 8 else array("h", whole).tobytes()
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(bits // 8)
        out.setframerate(rate)
        out.writeframes(packed)
    return file.getvalue()


@cache
def speech(
    seconds: float,
    *,
    loud: float = 0.3,
    rate: int = 22_050,
    silence: float = 0.0,
    rumble: float = 0.0,
    noise: float = 0.0,
    channels: int = 1,
    bits: int = 16,
) -> bytes:
    """Return a WAV file with what is like a voice: syllables of a pitch with overtones, hissing between them.

    Silence stands at both ends; `rumble` (at 40 Hz) and `noise` go through all of it. More than 1 is clipped.
    """
    chance = random.Random(7)
    total, before = int((seconds + 2 * silence) * rate), int(silence * rate)
    samples = array("d")
    for number in range(total):
        moment, inside = (number - before) / rate, 0 <= number - before < seconds * rate
        value = rumble * math.sin(2 * math.pi * 40 * number / rate) + noise * chance.uniform(-1, 1)
        if inside:
            syllable = max(0.0, math.sin(2 * math.pi * moment / 0.36)) ** 0.6  # 0.18 s of voice, as long a consonant
            pitch = 2 * math.pi * 130 * moment
            voice = sum(math.sin(pitch * tone) / tone for tone in range(1, 7))
            value += loud * (syllable * voice * 0.6 + (0.12 if not syllable else 0.02) * chance.uniform(-1, 1))
        samples.append(max(-1.0, min(1.0, value)))
    return _pcm(samples, rate, channels=channels, bits=bits)

"""Open an audio file and judge it by what is in it. Pure: no Django, no database.

`media.mastering` makes from it what learners hear. Decoding is PyAV (FFmpeg's libraries in a wheel).
Only containers that hold sound in themselves are allowed: a playlist, which could name other files or
addresses, is never followed.
"""

from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

import av
from av.audio.resampler import AudioResampler
from av.error import FFmpegError
from av.stream import Disposition

from media.containers import is_cut_off, looks_like_audio, promises_length

MAX_BYTES = 50 * 1024 * 1024
MAX_SECONDS = 15 * 60
MIN_SECONDS = 0.1
MAX_CHANNELS = 8
SILENCE = 10 ** (-60 / 20)

PROBE_RATE = 16_000  # enough to find silence, three times quicker

# FFmpeg looks at the picture of a cover to learn its kind: one that unfolds to gigabytes must not be unfolded.
DEMUXERS = "wav,w64,aiff,flac,mp3,ogg,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,aac,amr,caf"
OPENING = {"format_whitelist": DEMUXERS, "max_pixels": "1"}


class AudioError(Exception):
    """A file that cannot become a recording. `code` names the reason; `media.faults` has the words."""

    code = "damaged"


class EmptyFile(AudioError):
    code = "empty"


class FileTooBig(AudioError):
    code = "too_big"


class NotAudio(AudioError):
    code = "not_audio"


class HasVideo(AudioError):
    code = "video"


class NotSupported(AudioError):
    code = "not_supported"


class DamagedAudio(AudioError):
    code = "damaged"


class CutOff(AudioError):
    code = "cut_off"


class TooLong(AudioError):
    code = "too_long"


class TooShort(AudioError):
    code = "too_short"


class SilentAudio(AudioError):
    code = "silent"


@dataclass(frozen=True, slots=True)
class AudioFacts:
    """What a file was found to be. `seconds` was counted by decoding; `peak` is 0 to 1."""

    container: str
    codec: str
    seconds: float
    channels: int
    sample_rate: int
    peak: float


class _Nameless:
    """Show FFmpeg the bytes of a file and nothing else: a name would take part in guessing what it is."""

    def __init__(self, file: BinaryIO) -> None:
        self.read, self.seek, self.tell = file.read, file.seek, file.tell


def probe(
    file: BinaryIO,
    *,
    max_seconds: float = MAX_SECONDS,
    max_bytes: int = MAX_BYTES,
    hear: Callable[[array], None] | None = None,
) -> AudioFacts:
    """Return what `file` is, having decoded it once; `hear` gets the samples as they pass, `PROBE_RATE` a second.

    Raises one of `AudioError`'s kinds. Size is judged before anything is read; a file that says
    it is too long is refused without decoding, one that hides it as soon as the limit is passed.
    """
    size = file.seek(0, 2)
    if not size:
        raise EmptyFile
    if size > max_bytes:
        raise FileTooBig
    promised = promises_length(file)
    with opened(file) as (container, stream):
        claimed = _claimed_seconds(container, stream)
        if promised and claimed and claimed > max_seconds + 1:
            raise TooLong
        codec = stream.codec_context
        facts = (container.format.name, codec.name, codec.channels, codec.sample_rate)
        seconds, peak = _listen(container, stream, max_seconds, hear)
    if is_cut_off(file) or (promised and claimed and claimed - seconds > max(0.5, claimed * 0.05)):
        raise CutOff
    if seconds < MIN_SECONDS:
        raise TooShort
    if peak < SILENCE:
        raise SilentAudio
    return AudioFacts(facts[0], facts[1], round(seconds, 3), facts[2], facts[3], round(peak, 4))


@contextmanager
def opened(file: BinaryIO) -> Iterator[tuple[Any, Any]]:
    """Yield the container and its audio stream; turn FFmpeg's errors into ours."""
    file.seek(0)
    try:
        container = av.open(_Nameless(file), options=OPENING)
    except (FFmpegError, ValueError, MemoryError, OverflowError) as error:
        raise (DamagedAudio if looks_like_audio(file) else NotAudio) from error
    try:
        with container:
            yield container, _audio_stream(container)
    except (FFmpegError, ValueError, MemoryError, OverflowError) as error:
        raise DamagedAudio from error


def _audio_stream(container: Any) -> Any:
    # The cover of an album is a picture, not a film.
    if any(not video.disposition & Disposition.attached_pic for video in container.streams.video):
        raise HasVideo
    if not container.streams.audio:
        raise NotAudio
    stream = container.streams.audio[0]
    if stream.codec_context is None or not 0 < stream.codec_context.channels <= MAX_CHANNELS:
        raise NotSupported
    return stream


def _claimed_seconds(container: Any, stream: Any) -> float | None:
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / av.time_base if container.duration else None


def mono(container: Any, stream: Any, rate: int) -> Iterator[Any]:
    """Yield the sound as frames of float samples, one channel. A few broken packets are passed over."""
    resampler = AudioResampler(format="flt", layout="mono", rate=rate)
    packets = broken = 0
    for packet in container.demux(stream):
        packets += 1
        try:
            frames = packet.decode()
        except FFmpegError:
            broken += 1
            continue
        for frame in frames:
            yield from resampler.resample(frame)
    yield from resampler.resample(None)
    if broken > 2 + packets * 0.02:
        raise DamagedAudio


def _listen(
    container: Any, stream: Any, max_seconds: float, hear: Callable[[array], None] | None
) -> tuple[float, float]:
    """Return length and loudest sample. Raises `TooLong` as soon as the limit is passed."""
    samples, peak = 0, 0.0
    for frame in mono(container, stream, PROBE_RATE):
        values = values_of(frame)
        samples, peak = samples + len(values), max(peak, height_of(values))
        if hear is not None:
            hear(values)
        if samples > (max_seconds + 1) * PROBE_RATE:
            raise TooLong
    return samples / PROBE_RATE, peak


def values_of(frame: Any) -> array:
    """Return the samples of a mono frame of floats."""
    # The plane may be longer than the sound in it.
    return array("f", bytes(frame.planes[0])[: frame.samples * 4])


def height_of(values: array) -> float:
    """Return how far the farthest sample is from silence."""
    return max(max(values), -min(values)) if values else 0.0

"""Judge an audio file by what is in it, and make from it what learners hear. Pure: no Django, no database.

Decoding is PyAV (FFmpeg's libraries in a wheel). Only containers that hold sound in themselves are
allowed: a playlist, which could name other files or addresses, is never followed.
"""

import math
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

import av
from av.audio.resampler import AudioResampler
from av.error import FFmpegError
from av.filter import Graph
from av.stream import Disposition

from media.containers import is_cut_off, looks_like_audio, promises_length
from media.loudness import LoudnessMeter

MAX_BYTES = 50 * 1024 * 1024
MAX_SECONDS = 15 * 60
MIN_SECONDS = 0.1
MAX_CHANNELS = 8
SILENCE = 10 ** (-60 / 20)

TARGET_LUFS = -16.0
TARGET_PEAK_DB = -4.0  # for clips too short to have a loudness
MAX_GAIN_DB = 30.0  # more would only lift the noise of the room
PEAK_LIMIT = 0.84  # about -1.5 dBFS
PEAKS = 200
RATE = 48_000
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


@dataclass(frozen=True, slots=True)
class Rendered:
    """What was made: length in seconds, `PEAKS` heights from 0 to 100, and by how much the sound was raised."""

    seconds: float
    peaks: list[int]
    gain_db: float


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
    with _opened(file) as (container, stream):
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


def render(file: BinaryIO, *, opus: BinaryIO, mp3: BinaryIO) -> Rendered:
    """Write `file` into `opus` (Ogg, 32 kbit/s) and `mp3` (64 kbit/s), at one loudness, without its tags.

    Reads the file twice, frame by frame, so memory does not grow with its length. Equal files give
    equal bytes. Raises `AudioError`.
    """
    meter, peak, samples = LoudnessMeter(RATE), 0.0, 0
    with _opened(file) as (container, stream):
        for frame in _mono(container, stream, RATE):
            meter.add(frame)
            values = _values(frame)
            peak, samples = max(peak, _height(values)), samples + len(values)
            if samples > (MAX_SECONDS + 1) * RATE:
                raise TooLong
    if samples < MIN_SECONDS * RATE:
        raise TooShort
    if peak < SILENCE:
        raise SilentAudio
    gain = _gain_db(meter.integrated(), peak)
    drawing = _Drawing(samples)
    with (
        _opened(file) as (container, stream),
        _Encoder(opus, "ogg", "libopus", RATE, 32_000) as to_opus,
        _Encoder(mp3, "mp3", "libmp3lame", 44_100, 64_000) as to_mp3,
    ):
        for frame in _leveled(_mono(container, stream, RATE), gain):
            drawing.add(_values(frame))
            to_opus.add(frame)
            to_mp3.add(frame)
    return Rendered(round(drawing.seen / RATE, 3), drawing.heights(), round(gain, 1))


@contextmanager
def _opened(file: BinaryIO) -> Iterator[tuple[Any, Any]]:
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


def _mono(container: Any, stream: Any, rate: int) -> Iterator[Any]:
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
    for frame in _mono(container, stream, PROBE_RATE):
        values = _values(frame)
        samples, peak = samples + len(values), max(peak, _height(values))
        if hear is not None:
            hear(values)
        if samples > (max_seconds + 1) * PROBE_RATE:
            raise TooLong
    return samples / PROBE_RATE, peak


def _values(frame: Any) -> array:
    # The plane may be longer than the sound in it.
    return array("f", bytes(frame.planes[0])[: frame.samples * 4])


def _height(values: array) -> float:
    return max(max(values), -min(values)) if values else 0.0


def _gain_db(loudness: float, peak: float) -> float:
    wanted = TARGET_LUFS - loudness if math.isfinite(loudness) else TARGET_PEAK_DB - 20 * math.log10(peak)
    return min(wanted, MAX_GAIN_DB)


def _leveled(frames: Iterator[Any], gain: float) -> Iterator[Any]:
    """Raise or lower the sound and hold its peaks under the limit. All in floats: 16 bits would clip in between."""
    graph = Graph()
    graph.link_nodes(
        graph.add_abuffer(format="flt", sample_rate=RATE, layout="mono", time_base=None),
        graph.add("aformat", "sample_fmts=fltp"),
        graph.add("volume", f"{gain:.2f}dB:precision=float"),
        graph.add("alimiter", f"level=false:limit={PEAK_LIMIT}:latency=true"),
        graph.add("aformat", f"sample_fmts=flt:sample_rates={RATE}:channel_layouts=mono"),
        graph.add("abuffersink"),
    ).configure()
    for frame in frames:
        graph.push(frame)
        yield from _pulled(graph)
    graph.push(None)
    yield from _pulled(graph)


def _pulled(graph: Graph) -> Iterator[Any]:
    while True:
        try:
            yield graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return


class _Encoder:
    """Write frames into a file in one format. Nothing of the original but its sound gets in."""

    def __init__(self, file: BinaryIO, container: str, codec: str, rate: int, bit_rate: int) -> None:
        self.output = av.open(file, "w", format=container, options={"fflags": "+bitexact"})
        stream: Any = self.output.add_stream(codec, rate=rate, layout="mono")
        stream.bit_rate = bit_rate
        self.stream = stream

    def __enter__(self) -> "_Encoder":
        return self

    def add(self, frame: Any) -> None:
        self.output.mux(self.stream.encode(frame))

    def __exit__(self, kind: object, *rest: object) -> None:
        if kind is None:
            self.output.mux(self.stream.encode(None))
        self.output.close()


class _Drawing:
    """The waveform as a fixed number of heights, collected while the sound passes."""

    def __init__(self, samples: int) -> None:
        self.width = max(1, math.ceil(samples / PEAKS))
        self.tops = [0.0] * PEAKS
        self.seen = 0

    def add(self, values: array) -> None:
        start = 0
        while start < len(values):
            column = min(self.seen // self.width, PEAKS - 1)
            room = (column + 1) * self.width - self.seen if column < PEAKS - 1 else len(values)
            part = values[start : start + room]
            self.tops[column] = max(self.tops[column], _height(part))
            start, self.seen = start + len(part), self.seen + len(part)

    def heights(self) -> list[int]:
        return [min(100, round(top * 100)) for top in self.tops]

"""Make from a recording what learners hear. Pure: no Django, no database; decision 0020 has the reasons.

The original is only read. From it comes one channel without rumble and without the silence at its ends, which waits
in a temporary file on the disk, so that memory does not grow with the length; it is brought to the course's loudness,
held under a true peak, encoded, and what a player will make of it is measured again.
"""

import math
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO

import av
from av.filter import Graph

from media import audio, encoding
from media.loudness import Level, measured
from media.trimming import SoundFinder

TARGET_LUFS = -16.0
PEAK_LIMIT_DB = -1.5  # true peak of what is heard, after encoding
INNER_PEAK_DB = PEAK_LIMIT_DB - 0.3  # other players decode and measure a little differently
MAX_GAIN_DB = 40.0  # more would only lift the noise of the room
RUMBLE_HERTZ = 70
RATE = 48_000
SHORT_SECONDS = 3.0  # below this the loudness depends on how it is measured

CLOSE_ENOUGH_DB = 0.2
FIRST_CEILING_DB = -2.5  # what encoders add to a peak is mostly less than the difference
ROUNDS = 4
PORTION = 48_000  # samples at once


@dataclass(frozen=True, slots=True)
class Rendered:
    """What was made: length in seconds, `PEAKS` heights from 0 to 100, and by how much the sound was raised."""

    seconds: float
    peaks: list[int]
    gain_db: float


def render(file: BinaryIO, *, opus: BinaryIO, mp3: BinaryIO) -> Rendered:
    """Write `file` into `opus` (Ogg, 32 kbit/s) and `mp3` (64 kbit/s), as learners should hear it, without its tags.

    Equal files give equal bytes. Memory does not grow with the length. Raises `AudioError`.
    """
    with TemporaryFile() as store:
        sound = _Sound.cut_out(file, store)
        gain = min(MAX_GAIN_DB, TARGET_LUFS - _level(sound.frames).lufs)
        ceiling, before = FIRST_CEILING_DB, None
        for _round in range(ROUNDS):
            drawing = _encode(sound, gain, ceiling, opus, mp3)
            heard = [_level(partial(_played, made)) for made in (opus, mp3)]
            lufs = sum(one.lufs for one in heard) / len(heard)
            above = max(one.peak_db for one in heard) - INNER_PEAK_DB
            if (abs(TARGET_LUFS - lufs) <= CLOSE_ENOUGH_DB or gain == MAX_GAIN_DB) and above <= 0:
                break
            # The limiter took from the loudness, or an encoder threw a peak higher than the limiter had left it.
            before, gain = (gain, lufs), min(MAX_GAIN_DB, gain + (TARGET_LUFS - lufs) / _yield(before, gain, lufs))
            ceiling -= above + 0.1 if above > 0 else 0
    return Rendered(round(drawing.seen / RATE, 3), drawing.heights(), round(gain, 1))


def _yield(before: tuple[float, float] | None, gain: float, lufs: float) -> float:
    """Return how much louder the last decibel of gain made it: less than one where the limiter takes it back."""
    if before is None or abs(gain - before[0]) < 0.05:
        return 1.0
    return max(0.25, min(1.0, (lufs - before[1]) / (gain - before[0])))


class _Sound:
    """The part of a recording that is kept: mono samples in a file, read as often as needed."""

    def __init__(self, store: IO[bytes], start: int, end: int) -> None:
        self._store, self._start, self._end = store, start, end
        self.samples = end - start

    @classmethod
    def cut_out(cls, file: BinaryIO, store: IO[bytes]) -> "_Sound":
        """Decode `file` into `store` without its rumble, and keep what lies between the silences."""
        finder, peak, samples = SoundFinder(RATE), 0.0, 0
        with audio.opened(file) as (container, stream):
            for frame in _filtered(audio.mono(container, stream, RATE), *_without_rumble()):
                values = audio.values_of(frame)
                store.write(values.tobytes())
                finder.add(values)
                peak, samples = max(peak, audio.height_of(values)), samples + len(values)
                if samples > (audio.MAX_SECONDS + 1) * RATE:
                    raise audio.TooLong
        if samples < audio.MIN_SECONDS * RATE:
            raise audio.TooShort
        if peak < audio.SILENCE:
            raise audio.SilentAudio
        bounds = finder.bounds()
        return cls(store, bounds.start, bounds.end)

    def frames(self) -> Iterator[Any]:
        place = self._start
        while place < self._end:
            self._store.seek(place * 4)
            values = array("f", self._store.read(min(PORTION, self._end - place) * 4))
            yield _frame(values)
            place += len(values)


def _level(sound: Callable[[], Iterator[Any]]) -> Level:
    """Return the level of the frames that `sound()` yields.

    A single word is hardly longer than one block of R 128, so a meter that hears it once and one that hears it again
    and again differ by up to two units. The middle between them is less than one from both.
    """
    short = _all_if_short(sound())
    if short is None:
        return measured(sound(), RATE)
    once = measured([_frame(short)], RATE)
    times = math.ceil(SHORT_SECONDS * RATE / len(short)) + 1
    repeated = measured((_frame(short) for _time in range(times)), RATE)
    lufs = (2 * once.lufs + repeated.lufs) / 3 if math.isfinite(once.lufs) else repeated.lufs
    return Level(lufs, max(once.peak_db, repeated.peak_db))


def _all_if_short(frames: Iterator[Any]) -> array | None:
    values = array("f")
    for frame in frames:
        values += audio.values_of(frame)
        if len(values) > SHORT_SECONDS * RATE:
            return None
    return values


def _encode(sound: _Sound, gain: float, ceiling: float, opus: BinaryIO, mp3: BinaryIO) -> encoding.Drawing:
    drawing = encoding.Drawing(sound.samples)
    with encoding.to_opus(opus) as for_opus, encoding.to_mp3(mp3) as for_mp3:
        for frame in _leveled(sound, gain, ceiling):
            drawing.add(audio.values_of(frame))
            for_opus.add(frame)
            for_mp3.add(frame)
    return drawing


def _played(made: BinaryIO) -> Iterator[Any]:
    """Yield what a player makes of a rendition."""
    with audio.opened(made) as (container, stream):
        yield from audio.mono(container, stream, RATE)


def _without_rumble() -> list[tuple[str, str]]:
    # Two in a row, with the sharpness of a Butterworth filter of the fourth order: 24 dB for each octave below.
    return [("highpass", f"f={RUMBLE_HERTZ}:width_type=q:width={width}") for width in (0.5412, 1.3066)]


def _leveled(sound: _Sound, gain: float, ceiling: float) -> Iterator[Any]:
    """Raise or lower the sound and hold its peaks. All in floats: 16 bits would clip in between.

    The limiter works on four times as many samples, so that it sees what lies between those of the file.
    """
    return _filtered(
        sound.frames(),
        ("volume", f"{gain:.2f}dB:precision=float"),
        ("aresample", str(4 * RATE)),
        ("alimiter", f"level=false:limit={10 ** (ceiling / 20):.4f}:latency=true"),
        ("aresample", str(RATE)),
    )


def _filtered(frames: Iterator[Any], *filters: tuple[str, str]) -> Iterator[Any]:
    graph = Graph()
    graph.link_nodes(
        graph.add_abuffer(format="flt", sample_rate=RATE, layout="mono", time_base=None),
        *(graph.add(name, options) for name, options in filters),
        graph.add("aformat", f"sample_fmts=flt:sample_rates={RATE}:channel_layouts=mono"),
        graph.add("abuffersink"),
    ).configure()
    for frame in frames:
        frame.pts = None
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


def _frame(values: array) -> Any:
    frame: Any = av.AudioFrame(format="flt", layout="mono", samples=len(values))
    frame.planes[0].update(values.tobytes())
    frame.sample_rate = RATE
    return frame

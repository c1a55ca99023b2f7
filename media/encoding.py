"""Write sound into the formats that learners get, and draw it. Pure."""

import math
from array import array
from typing import Any, BinaryIO

import av

from media.audio import height_of

PEAKS = 200


class Encoder:
    """Write frames into a file in one format. Nothing of the original but its sound gets in."""

    def __init__(self, file: BinaryIO, container: str, codec: str, rate: int, bit_rate: int) -> None:
        file.seek(0)
        file.truncate()
        self.output = av.open(file, "w", format=container, options={"fflags": "+bitexact"})
        stream: Any = self.output.add_stream(codec, rate=rate, layout="mono")
        stream.bit_rate = bit_rate
        self.stream = stream

    def __enter__(self) -> "Encoder":
        return self

    def add(self, frame: Any) -> None:
        self.output.mux(self.stream.encode(frame))

    def __exit__(self, kind: object, *rest: object) -> None:
        if kind is None:
            self.output.mux(self.stream.encode(None))
        self.output.close()


def to_opus(file: BinaryIO) -> Encoder:
    """Return an encoder for Opus in Ogg, 32 kbit/s: small and good."""
    return Encoder(file, "ogg", "libopus", 48_000, 32_000)


def to_mp3(file: BinaryIO) -> Encoder:
    """Return an encoder for MP3, 64 kbit/s: what every device plays."""
    return Encoder(file, "mp3", "libmp3lame", 44_100, 64_000)


class Drawing:
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
            self.tops[column] = max(self.tops[column], height_of(part))
            start, self.seen = start + len(part), self.seen + len(part)

    def heights(self) -> list[int]:
        return [min(100, round(top * 100)) for top in self.tops]

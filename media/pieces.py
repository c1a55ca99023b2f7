"""Cut a long recording into files of its pieces, in one pass. Pure: files in, files out, no database."""

from array import array
from collections.abc import Iterator, Sequence
from tempfile import TemporaryFile
from typing import Any, BinaryIO

import av
from av.audio.resampler import AudioResampler
from av.error import FFmpegError

from media.audio import DamagedAudio, opened
from media.mastering import RATE


def cut_into_files(file: BinaryIO, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, BinaryIO]]:
    """Yield (number of the span, FLAC file) for each span of milliseconds; the file is gone at the next step.

    The spans are in order and do not overlap. The sound is decoded once and only the piece at hand is kept, so memory
    grows neither with the length nor with the number of pieces. Equal sound gives equal bytes. A span behind the end
    gives nothing. Raises `AudioError`.
    """
    waiting = [(number, start * RATE // 1000, end * RATE // 1000) for number, (start, end) in enumerate(spans)]
    piece: _Piece | None = None
    try:
        for begins, values in _samples(file):
            ends = begins + len(values)
            while waiting and waiting[0][1] < ends:
                number, start, end = waiting[0]
                piece = piece or _Piece()
                piece.add(values[max(0, start - begins) : end - begins])
                if end > ends:
                    break
                yield number, piece.finished()
                piece.close()
                piece = None
                waiting.pop(0)
        if piece is not None:
            yield waiting[0][0], piece.finished()
    finally:
        if piece is not None:
            piece.close()


def _samples(file: BinaryIO) -> Iterator[tuple[int, array]]:
    """Yield (number of the first sample, samples), one channel."""
    position = packets = broken = 0
    with opened(file) as (container, stream):
        resampler = AudioResampler(format="s16", layout="mono", rate=RATE)
        for packet in container.demux(stream):
            packets += 1
            try:
                frames = packet.decode()
            except FFmpegError:
                broken += 1
                continue
            for frame in frames:
                for part in resampler.resample(frame):
                    yield position, _values(part)
                    position += part.samples
        for part in resampler.resample(None):
            yield position, _values(part)
            position += part.samples
        if broken > 2 + packets * 0.02:
            raise DamagedAudio


def _values(frame: Any) -> array:
    # The plane may be longer than the sound in it.
    return array("h", bytes(frame.planes[0])[: frame.samples * 2])


class _Piece:
    """One piece on its way into a FLAC file on this machine."""

    BLOCK = 4096

    def __init__(self) -> None:
        self.file: Any = TemporaryFile()  # noqa: SIM115  closed by `close`, after the caller has read it
        self.output = av.open(self.file, "w", format="flac", options={"fflags": "+bitexact"})
        self.stream: Any = self.output.add_stream("flac", rate=RATE, layout="mono", format="s16")
        self.left, self.written = array("h"), 0

    def add(self, values: array) -> None:
        self.left.extend(values)
        whole = len(self.left) // self.BLOCK * self.BLOCK
        for start in range(0, whole, self.BLOCK):
            self._encode(self.left[start : start + self.BLOCK])
        self.left = self.left[whole:]

    def finished(self) -> BinaryIO:
        if self.left:
            self._encode(self.left)
        self.output.mux(self.stream.encode(None))
        self.output.close()
        self.file.seek(0)
        return self.file

    def _encode(self, values: array) -> None:
        frame = av.AudioFrame(format="s16", layout="mono", samples=len(values))
        frame.sample_rate, frame.pts = RATE, self.written
        sound = values.tobytes()
        frame.planes[0].update(sound + bytes(frame.planes[0].buffer_size - len(sound)))
        self.written += len(values)
        self.output.mux(self.stream.encode(frame))

    def close(self) -> None:
        self.file.close()

"""Loudness and true peak by EBU R 128, measured with FFmpeg's own filter. Pure."""

import gc
import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import av.logging
from av.filter import Graph

# FFmpeg reports the result only to its log, whose level and callback belong to the whole process.
_log_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Level:
    """How loud a sound is: `lufs` integrated, minus infinity without one; `peak_db` its true peak, in dBTP."""

    lufs: float
    peak_db: float


def measured(frames: Iterable[Any], rate: int) -> Level:
    """Return the level of mono float frames."""
    meter = LoudnessMeter(rate)
    for frame in frames:
        meter.add(frame)
    return meter.level()


class LoudnessMeter:
    """Takes mono float frames; then says how loud they were together."""

    def __init__(self, rate: int) -> None:
        graph = Graph()
        graph.link_nodes(
            graph.add_abuffer(format="flt", sample_rate=rate, layout="mono", time_base=None),
            graph.add("loudnorm", "I=-16:TP=-1.5:LRA=11:print_format=json"),
            graph.add("abuffersink"),
        ).configure()
        self._graph: Any = graph

    def add(self, frame: Any) -> None:
        self._graph.push(frame)
        self._drain()

    def level(self) -> Level:
        """Return the level. Only once. There is no loudness in silence, nor in less than 0.4 seconds.

        The filter works at 192 kHz, so its peak is that between the samples too.
        """
        self._graph.push(None)
        self._drain()
        with _log_lock:
            level, repeats = av.logging.get_level(), av.logging.get_skip_repeated()
            av.logging.set_level(av.logging.INFO)
            av.logging.set_skip_repeated(False)  # the second of two equal clips has a report too
            try:
                with av.logging.Capture() as messages:
                    # The filter speaks when it is freed.
                    self._graph = None
                    gc.collect()
            finally:
                av.logging.set_level(level)
                av.logging.set_skip_repeated(repeats)
        return _reading("".join(message for _, name, message in messages if "loudnorm" in name))

    def _drain(self) -> None:
        while True:
            try:
                self._graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return


def _reading(report: str) -> Level:
    start, end = report.find("{"), report.rfind("}")
    if start < 0 or end < start:
        raise RuntimeError(f"FFmpeg gave no loudness report: {report[:200]!r}")
    told = json.loads(report[start : end + 1])
    return Level(float(told["input_i"]), float(told["input_tp"]))

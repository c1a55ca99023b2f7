"""Where a long recording is cut: at its silences. Pure: levels in, pieces out.

A level is one byte for `STEP_MS` of sound: 0 is -90 dB and below, 255 full height; so an hour takes 180 KB.
"""

import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

STEP_MS = 20
FLOOR_DB = -90.0
SHARE = 0.35
"""How far from the noise of the room to the voice the threshold lies."""
LEAST_CONTRAST = round(12 / -FLOOR_DB * 255)
"""Twelve decibels: where voice and room are closer, nothing tells them apart and nothing is cut."""
PAUSES_MS = (250, 350, 500, 700, 1000, 1500)
DEFAULT_PAUSE_MS = 500
MIN_PIECE_MS = 120
PADDING_MS = 140
MOST_PIECES = 1000


@dataclass(frozen=True, slots=True)
class Span:
    """A piece, from one millisecond to another."""

    start: int
    end: int


class LevelMeter:
    """Turns samples, as they pass in blocks of any size, into levels."""

    def __init__(self, rate: int) -> None:
        self.step = rate * STEP_MS // 1000
        self.levels = bytearray()
        self._left = array("f")

    def add(self, values: array) -> None:
        if self._left:
            values = self._left + values
        whole = len(values) // self.step * self.step
        self.levels.extend(
            level(max(max(part), -min(part)))
            for part in (values[n : n + self.step] for n in range(0, whole, self.step))
        )
        self._left = values[whole:]

    def finish(self) -> bytes:
        """Return all levels, the last one of what was left over."""
        if self._left:
            self.levels.append(level(max(max(self._left), -min(self._left))))
            self._left = array("f")
        return bytes(self.levels)


def level(height: float) -> int:
    """Return the level of a height from 0 to 1."""
    if height <= 0:
        return 0
    return max(0, min(255, round((20 * math.log10(height) - FLOOR_DB) / -FLOOR_DB * 255)))


def threshold(levels: bytes) -> int | None:
    """Return the level from which somebody speaks; None where the whole recording is of one loudness.

    It follows the recording: the quietest tenth is the room; what stands clear of it is the voice, however seldom.
    """
    counts = [levels.count(value) for value in range(256)]
    room = _percentile(counts, 0.10)
    clear = room + LEAST_CONTRAST // 2
    voice = _percentile([0] * clear + counts[clear:], 0.75)
    if not any(counts[clear:]) or voice - room < LEAST_CONTRAST:
        return None
    # In a digital silence the room is bottomless: then the voice alone says what is loud.
    room = max(room, voice - round(60 / -FLOOR_DB * 255))
    return room + max(1, round((voice - room) * SHARE))


def _percentile(counts: Sequence[int], share: float) -> int:
    wanted, seen = sum(counts) * share, 0
    for value, count in enumerate(counts):
        seen += count
        if count and seen >= wanted:
            return value
    return len(counts) - 1


def cut(
    levels: bytes,
    *,
    pause_ms: int = DEFAULT_PAUSE_MS,
    min_piece_ms: int = MIN_PIECE_MS,
    padding_ms: int = PADDING_MS,
    loud: int | None = None,
) -> list[Span]:
    """Return the pieces between silences of at least `pause_ms`, in order; they never overlap.

    What is shorter than `min_piece_ms` is a click, not a word. Each piece keeps a little of the silence around it. A
    recording without any silence is one piece; one without sound has none.
    """
    length = len(levels) * STEP_MS
    loud = threshold(levels) if loud is None else loud
    if loud is None:
        return [Span(0, length)] if levels and max(levels) > 0 else []
    found = [span for span in _spoken(levels, loud, pause_ms) if span.end - span.start >= min_piece_ms]
    return _padded(found, padding_ms, length)


def best_cut(levels: bytes, wanted: int) -> tuple[int, list[Span]]:
    """Return (pause, pieces) of the pause that comes nearest to the wanted number of pieces."""
    loud = threshold(levels)
    tries = {pause: cut(levels, pause_ms=pause, loud=loud) for pause in PAUSES_MS}
    best = min(PAUSES_MS, key=lambda pause: (abs(len(tries[pause]) - wanted), abs(pause - DEFAULT_PAUSE_MS)))
    return best, tries[best]


def _spoken(levels: bytes, loud: int, pause_ms: int) -> Iterator[Span]:
    """Yield runs of loud steps; a gap shorter than the pause belongs to the run."""
    start = last = -1
    for step, value in enumerate(levels):
        if value < loud:
            continue
        if last >= 0 and (step - last - 1) * STEP_MS >= pause_ms:
            yield Span(start * STEP_MS, (last + 1) * STEP_MS)
            start = step
        elif last < 0:
            start = step
        last = step
    if last >= 0:
        yield Span(start * STEP_MS, (last + 1) * STEP_MS)


def _padded(spans: list[Span], padding: int, length: int) -> list[Span]:
    found = []
    for place, span in enumerate(spans):
        before = spans[place - 1].end if place else None
        after = spans[place + 1].start if place + 1 < len(spans) else None
        # Two neighbours share the silence between them.
        start = (
            max(0, span.start - padding)
            if before is None
            else max((before + span.start + 1) // 2, span.start - padding)
        )
        end = min(length, span.end + padding) if after is None else min((span.end + after) // 2, span.end + padding)
        found.append(Span(start, end))
    return found


def assign(skips: Iterable[tuple[bool, int]], entries: Sequence[int]) -> list[int | None]:
    """Return the entry of each piece, in order.

    `skips` says of each piece whether it is kept, and how many words of the list were left out before it; -1 is the
    same word said again. A dropped piece has no entry, nor has one for which the list is too short.
    """
    found: list[int | None] = []
    place = -1
    for is_kept, skip in skips:
        if not is_kept:
            found.append(None)
            continue
        place = max(0, place + 1 + skip)
        found.append(entries[place] if place < len(entries) else None)
    return found

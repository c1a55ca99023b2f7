"""Find where the sound begins and ends in a recording that starts and stops with silence. Pure."""

import math
from array import array
from dataclasses import dataclass
from operator import mul

BEFORE_SECONDS = 0.1  # a soft consonant may begin below what counts as sound
AFTER_SECONDS = 0.25  # and a word dies away
WINDOWS_PER_SECOND = 100

FLOOR_DB = -60.0
ABOVE_ROOM_DB = 10.0
MOST_BELOW_LOUDEST_DB = 50.0
LEAST_BELOW_LOUDEST_DB = 30.0  # speech without a pause has no room to compare with; its soft ends stay


@dataclass(frozen=True, slots=True)
class Bounds:
    """The part to keep, in samples: from `start` up to, but without, `end`."""

    start: int
    end: int


class SoundFinder:
    """Takes samples in any portions; then says which part of them to keep.

    Keeps one number for each hundredth of a second, so memory hardly grows with the length.
    """

    def __init__(self, rate: int) -> None:
        self._rate, self._width = rate, rate // WINDOWS_PER_SECOND
        self._energies, self._rest, self._seen = array("f"), array("f"), 0

    def add(self, values: array) -> None:
        self._seen += len(values)
        values, start = self._rest + values, 0
        for start in range(0, len(values) - self._width + 1, self._width):
            part = values[start : start + self._width]
            self._energies.append(sum(map(mul, part, part)) / self._width)
        self._rest = values[len(values) // self._width * self._width :]

    def bounds(self) -> Bounds:
        """Return the part with the sound and a little air around it; all of it if nothing stands out."""
        levels = [10 * math.log10(energy) if energy > 1e-12 else -120.0 for energy in self._energies]
        if not levels:
            return Bounds(0, self._seen)
        threshold = _threshold(levels)
        loud = [place for place, level in enumerate(levels) if level > threshold]
        if not loud:
            return Bounds(0, self._seen)
        start = loud[0] * self._width - round(BEFORE_SECONDS * self._rate)
        end = (loud[-1] + 1) * self._width + round(AFTER_SECONDS * self._rate)
        return Bounds(max(0, start), min(self._seen, end))


def _threshold(levels: list[float]) -> float:
    """Return from which level on a moment counts as sound: well above the room, well below the voice."""
    ordered = sorted(levels)
    # What lasts less than a tenth of a second is a knock on the microphone, not the voice.
    room, loudest = ordered[len(ordered) // 10], ordered[-min(len(ordered), WINDOWS_PER_SECOND // 10)]
    above_room = min(room + ABOVE_ROOM_DB, loudest - LEAST_BELOW_LOUDEST_DB)
    return max(FLOOR_DB, loudest - MOST_BELOW_LOUDEST_DB, above_room)

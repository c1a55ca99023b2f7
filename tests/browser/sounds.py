"""Sound files made on the spot."""

import math
import struct
import wave
from pathlib import Path


def tone(path: Path, seconds: float = 1.2) -> Path:
    """Write a WAV of one soft tone that swells and fades, so that it is no silence to the loudness meter."""
    rate = 22_050
    count = int(rate * seconds)
    samples = (
        int(9000 * math.sin(2 * math.pi * 330 * at / rate) * math.sin(math.pi * at / count)) for at in range(count)
    )
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return path

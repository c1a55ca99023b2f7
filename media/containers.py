"""What can be told from the bytes of an audio file without decoding it. Pure."""

import struct
from typing import BinaryIO

SIGNATURES = (b"RIFF", b"OggS", b"fLaC", b"\x1a\x45\xdf\xa3", b"ID3", b"\xff\xfb", b"\xff\xf3", b"FORM", b"caff")
UNKNOWN_LENGTHS = (0, 0xFFFFFFFF)
OGG_PAGE_MAX = 27 + 255 + 255 * 255


def looks_like_audio(file: BinaryIO) -> bool:
    """Say whether the file begins as an audio file does, even if the rest of it cannot be read."""
    file.seek(0)
    head = file.read(12)
    return head.startswith(SIGNATURES) or head[4:8] == b"ftyp"


def is_cut_off(file: BinaryIO) -> bool:
    """Say whether the file ends before its own structure does. Knows WAV and Ogg; others tell their length."""
    file.seek(0)
    head = file.read(12)
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return _wav_is_cut_off(file)
    return head[:4] == b"OggS" and _ogg_is_cut_off(file)


def promises_length(file: BinaryIO) -> bool:
    """Say whether the length in the header was written by whoever made the file, not estimated from its size."""
    file.seek(0)
    head = file.read(10)
    if head[:3] == b"ID3" and len(head) == 10:
        tag = (head[6] & 127) << 21 | (head[7] & 127) << 14 | (head[8] & 127) << 7 | (head[9] & 127)
        file.seek(10 + tag)
    elif head[:1] != b"\xff":
        return True  # neither MP3 nor AAC without a container
    else:
        file.seek(0)
    frame = file.read(1024)
    return b"Xing" in frame or b"Info" in frame


def _wav_is_cut_off(file: BinaryIO) -> bool:
    size = file.seek(0, 2)
    position = 12
    while position + 8 <= size:
        file.seek(position)
        name, length = struct.unpack("<4sI", file.read(8))
        if name == b"data":
            # A recorder that cannot seek writes no length; then there is nothing to compare.
            return length not in UNKNOWN_LENGTHS and position + 8 + length > size
        position += 8 + length + length % 2
    return True  # no sound in it at all


def _ogg_is_cut_off(file: BinaryIO) -> bool:
    size = file.seek(0, 2)
    file.seek(max(0, size - OGG_PAGE_MAX))
    tail = file.read()
    start = tail.rfind(b"OggS")
    page = tail[start:] if start >= 0 else b""
    if len(page) < 27 or len(page) < 27 + page[26]:
        return True
    return len(page) < 27 + page[26] + sum(page[27 : 27 + page[26]])

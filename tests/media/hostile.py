"""Files that mean harm: pictures that unfold to gigabytes, tags without end, things that are not what they say."""

import io
import struct
import zipfile
import zlib

from tests.media import sounds


def png(side: int) -> bytes:
    """Return a grey picture of so many pixels squared; a few hundred kilobytes, however large it unfolds."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(1)
    row = bytes(side + 1)
    packed = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def id3(*frames: tuple[bytes, bytes]) -> bytes:
    """Return an ID3 tag of these frames."""
    body = b"".join(name + struct.pack(">I", len(data)) + b"\0\0" + data for name, data in frames)
    size = bytes((len(body) >> shift) & 127 for shift in (21, 14, 7, 0))
    return b"ID3\x03\0\0" + size + body


def mp3_with_cover(picture: bytes) -> bytes:
    return id3((b"APIC", b"\0image/png\0\x03\0" + picture)) + sounds.mp3(1)


def flac_with_cover(picture: bytes) -> bytes:
    """Return a FLAC with a picture block put behind its first block."""
    data = sounds.flac(1)
    block = struct.pack(">II", 3, 9) + b"image/png" + struct.pack(">I", 0) + struct.pack(">IIII", 0, 0, 0, 0)
    block += struct.pack(">I", len(picture)) + picture
    first = 4 + 4 + 34  # signature, and the block that every FLAC begins with
    return data[:first] + bytes([6]) + len(block).to_bytes(3, "big") + block + data[first:]


def m4a_with_cover(picture: bytes) -> bytes:
    """Return an M4A with a cover in its tags, at the end where no offset moves."""

    def box(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", 8 + len(data)) + name + data

    covr = box(b"covr", box(b"data", struct.pack(">II", 14, 0) + picture))
    hdlr = box(b"hdlr", bytes(8) + b"mdirappl" + bytes(9))
    data = sounds.m4a(1)
    udta = box(b"udta", box(b"meta", bytes(4) + hdlr + box(b"ilst", covr)))
    place = data.rindex(b"moov") - 4
    size = struct.unpack(">I", data[place : place + 4])[0]
    assert place + size == len(data), "the index stands last, so that it may grow"
    return data[:place] + struct.pack(">I", size + len(udta)) + data[place + 4 :] + udta


def tagged() -> bytes:
    """Return an MP3 with a script for a title, a number that is none, and six megabytes of remarks."""
    return id3(
        (b"TIT2", b"\0<script>alert(1)</script>"),
        (b"TRCK", b"\0" + b"9" * 4000 + b"/../../etc/passwd"),
        (b"TXXX", b"\x01\xff\xfe\x00\xd8\x00\xd8broken"),
        (b"COMM", b"\0eng\0" + b"x" * 6_000_000),
    ) + sounds.mp3(1)


def zipped(size: int = 50_000_000) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("sound.wav", bytes(size))
    return file.getvalue()

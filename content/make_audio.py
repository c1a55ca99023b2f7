#!/usr/bin/env python3
"""Speak the course's words with a machine, until native speakers have recorded them.

A tool for developers, not part of the running site. It needs `espeak-ng` (Debian: apt install espeak-ng)
and the project's own environment for the encoders:

    .venv/bin/python content/make_audio.py                 whatever lessons, tests and pages name and has no sound yet
    .venv/bin/python content/make_audio.py --all           the same, every file made again
    .venv/bin/python content/make_audio.py --only rl0564   these ids only, made again

It writes content/audio/<id>.opus and <id>.mp3 and one row per id in content/audio/recordings.csv.
A row whose kind is `native` is a person's voice and is never touched. How letters are read is in LETTERS below.
"""

import argparse
import csv
import re
import subprocess
import sys
import wave
from array import array
from collections.abc import Iterable
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import av

CONTENT = Path(__file__).resolve().parent
AUDIO = CONTENT / "audio"
COLUMNS = ["item", "file", "kind", "transcript", "voice", "licence", "duration_seconds", "peaks"]
VOICE, LICENCE = "espeak-ng, Latvian voice", "CC0-1.0"
ITEM = re.compile(r"\b(?:rl|ph)\d{4}\b")

# From letters to the sounds of the Latvian voice (espeak-ng's phoneme names). We do not leave reading to the voice: it
# applies rules of Latvian orthography that are not Romani's (it spells «na» out, reads o as uo and x as ks, opens e).
# Documented for Romani are the aspirates and x; the other letters are Latvian. An aspirate is p, t, k, č with a breath
# after it, the nearest that this voice can do; without the breath «phen» and «pen» would be one word. Where nothing is
# documented the plainest sound stands: o short, e closed, y as i, ď as ģ, first syllable stressed. No claim is made.
LETTERS = {
    "čh": "tSh", "kh": "kh", "ph": "ph", "th": "th", "dž": "DZ`", "dz": "Dz`", "x": "h",
    "ā": "a:", "ē": "e:", "ī": "i:", "ō": "o:", "ū": "u:", "y": "i",
    "č": "tS", "š": "S", "ž": "Z", "c": "ts", "ļ": "l^", "ņ": "n^", "ķ": "c_|", "ģ": "J", "ď": "J", "r": "R",
    **{letter: letter for letter in "abdefghijklmnopstuvz"},
}  # fmt: skip
ONE_LETTER = re.compile("|".join(sorted(LETTERS, key=len, reverse=True)))
VOWELS = frozenset("aāeēiīoōuūy")

WORDS_PER_MINUTE = 130
LOUDNESS, LOUDEST = 0.1, 0.84
"""Mean level of the speech (-20 dBFS) and highest peak (-1.5 dBFS), as shares of full scale."""
QUIET = 0.01
LEAD_SECONDS, TAIL_SECONDS = 0.06, 0.15
PEAKS = 60
ENCODERS = {
    "opus": ("ogg", "libopus", 48000, 24_000, {"application": "voip", "vbr": "on"}),
    "mp3": ("mp3", "libmp3lame", 24000, 48_000, {}),
}


def phonemes(romani: str) -> str:
    """Return what the voice is told to say. What stands in brackets can be left out, and is.

    >>> phonemes("del lačho dīs")
    "d'el l'atSho d'i:s"
    """
    words = re.sub(r"\([^)]*\)|[-!?.,]", "", romani.lower()).split()
    return " ".join(_word(word) for word in words)


def _word(word: str) -> str:
    spoken, stressed, place = "", False, 0
    while place < len(word):
        letter = ONE_LETTER.match(word, place)
        if letter is None:
            raise ValueError(f"{word}: no sound is set down for “{word[place]}”")
        if letter.group()[0] in VOWELS and not stressed:
            spoken, stressed = spoken + "'", True
        spoken += LETTERS[letter.group()]
        place = letter.end()
    return spoken


def speak(romani: str) -> tuple[array, int]:
    """Return the spoken text as 16-bit samples, and their rate."""
    command = ["espeak-ng", "-v", "lv", "-s", str(WORDS_PER_MINUTE), "--stdout", f"[[{phonemes(romani)}]]"]
    spoken = subprocess.run(command, capture_output=True, check=True).stdout
    with wave.open(BytesIO(spoken)) as sound:
        rate, samples = sound.getframerate(), array("h", sound.readframes(sound.getnframes()))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples, rate


def level(samples: array, rate: int) -> array:
    """Return the samples cut to the speech, with a little silence round it, at the common loudness."""
    top = max((abs(one) for one in samples), default=0)
    loud = [place for place, one in enumerate(samples) if abs(one) > top * QUIET]
    if not loud:
        raise ValueError("the voice said nothing")
    speech = samples[loud[0] : loud[-1] + 1]
    active = [one for one in speech if abs(one) > top * QUIET]
    mean = (sum(one * one for one in active) / len(active)) ** 0.5
    gain = min(LOUDNESS * 32767 / mean, LOUDEST * 32767 / top)
    lead, tail = array("h", bytes(2 * int(rate * LEAD_SECONDS))), array("h", bytes(2 * int(rate * TAIL_SECONDS)))
    return lead + array("h", (round(one * gain) for one in speech)) + tail


def encode(samples: array, rate: int, path: Path) -> None:
    """Write the samples in the format that the file's name asks for; equal samples give equal bytes."""
    container, codec, out_rate, bit_rate, options = ENCODERS[path.suffix[1:]]
    with av.open(str(path), "w", format=container, options={"fflags": "+bitexact"}) as out:
        stream = out.add_stream(codec, rate=out_rate, options=options)
        stream.bit_rate, stream.layout = bit_rate, "mono"
        stream.flags |= av.codec.context.Flags.bitexact.value
        frame = av.AudioFrame(format="s16", layout="mono", samples=len(samples))
        frame.sample_rate, frame.pts = rate, 0
        frame.planes[0].update(samples.tobytes())
        resampler = av.AudioResampler(
            format=stream.format, layout="mono", rate=out_rate, frame_size=stream.frame_size or 0
        )
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            out.mux(stream.encode(piece))
        out.mux(stream.encode(None))


def decode(path: Path) -> tuple[array, int]:
    """Return the samples that a player gets to hear, and their rate."""
    heard, resampler = array("h"), av.AudioResampler(format="s16", layout="mono")
    with av.open(str(path)) as sound:
        rate = sound.streams.audio[0].rate
        for frame in sound.decode(audio=0):
            for piece in resampler.resample(frame):
                heard.frombytes(bytes(piece.planes[0])[: 2 * piece.samples])
    return heard, rate


def peaks(samples: array) -> list[int]:
    """Return the outline of the sound: up to 60 numbers from 0 to 100."""
    count = min(PEAKS, len(samples))
    edges = [round(place * len(samples) / count) for place in range(count + 1)]
    tops = [max(abs(one) for one in samples[a:b]) for a, b in pairwise(edges)]
    return [round(100 * one / (max(tops) or 1)) for one in tops]


def record(item: str, romani: str) -> dict[str, str]:
    """Make both files of one item and return its row."""
    samples = level(*(spoken := speak(romani)))
    for suffix in ENCODERS:
        encode(samples, spoken[1], AUDIO / f"{item}.{suffix}")
    heard, rate = decode(AUDIO / f"{item}.opus")
    other, other_rate = decode(AUDIO / f"{item}.mp3")
    seconds = len(heard) / rate
    if abs(seconds - len(other) / other_rate) > 0.15:
        raise ValueError(f"{item}: the two files differ in length")
    return {
        "item": item, "file": item, "kind": "synthetic", "transcript": romani, "voice": VOICE, "licence": LICENCE,
        "duration_seconds": f"{seconds:.2f}", "peaks": " ".join(map(str, peaks(heard))),
    }  # fmt: skip


def texts() -> dict[str, str]:
    """Return every word and phrase of the dictionary by its id."""
    found = {}
    for name in ("lexicon.csv", "phrases.csv"):
        with (CONTENT / name).open(encoding="utf-8", newline="") as file:
            found |= {row["id"]: row["romani"] for row in csv.DictReader(file)}
    return found


def named() -> set[str]:
    """Return the ids that lessons, tests and pages name."""
    return {one for path in CONTENT.rglob("*.yaml") for one in ITEM.findall(path.read_text(encoding="utf-8"))}


def read_rows() -> dict[str, dict[str, str]]:
    path = AUDIO / "recordings.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["item"]: row for row in csv.DictReader(file)}


def write_rows(rows: dict[str, dict[str, str]]) -> None:
    with (AUDIO / "recordings.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[item] for item in sorted(rows))


def wanted(rows: dict[str, dict[str, str]], only: Iterable[str], everything: bool) -> list[str]:
    """Return the ids to be spoken, never one that a person has recorded."""
    free = {item for item in (set(only) or named()) if rows.get(item, {}).get("kind") != "native"}
    return sorted(free if only or everything else free - set(rows))


def main() -> int:
    parser = argparse.ArgumentParser(description="Make the synthetic recordings of the course.")
    parser.add_argument("--only", nargs="+", default=[], metavar="ID", help="these ids, for example rl0564 ph0063")
    parser.add_argument("--all", action="store_true", help="make again what exists already")
    options = parser.parse_args()
    AUDIO.mkdir(exist_ok=True)
    known, rows = texts(), read_rows()
    items = wanted(rows, options.only, options.all)
    if unknown := [item for item in items if item not in known]:
        print("not in lexicon.csv or phrases.csv:", " ".join(unknown), file=sys.stderr)
        return 1
    for item in items:
        rows[item] = record(item, known[item])
    write_rows(rows)
    print(f"{len(items)} made, {len(rows)} recordings in all")
    return 0


if __name__ == "__main__":
    sys.exit(main())

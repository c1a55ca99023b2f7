#!/usr/bin/env python3
"""Make the pictures of concrete words from Fluent Emoji (flat), © Microsoft Corporation, MIT licence.

A tool for developers, not part of the running site. The drawings come as one package of the npm registry, which is
not kept here; what turns them into pictures is not among the project's own packages either:

    cd $(mktemp -d) && npm pack @iconify-json/fluent-emoji-flat@1.2.6 && tar xzf *.tgz
    python3 -m venv venv && venv/bin/pip install pillow==13.0.0 resvg-py==0.5.0
    venv/bin/python …/content/make_pictures.py package/icons.json

It writes content/images/<name>.webp, 256 pixels wide and high on a transparent ground. The same versions give the same
bytes. What is said of each picture stands in content/images/images.csv; which word it goes with, in the column
`image` of content/lexicon.csv.

What to choose, and what not: things, animals, plants, weather, parts of the body in the drawings' own neutral yellow,
faces for a mood. Nobody is shown as the type of a people, a trade, a man or a woman. A violin stands for the word
“violin” and a horse for “horse”, nothing for “Roma”; there are no wagons, tents, cards or fortune tellers.
"""

import io
import json
import sys
from pathlib import Path

import resvg_py
from PIL import Image

IMAGES = Path(__file__).resolve().parent / "images"
SIZE = 256
COLOURS = 64
"""Flat drawings need no more; so few take less room without loss than many with some."""
MOST_BYTES = 6 * 1024

PICTURES = {
    # the house and its things
    "maja": "house", "durvis": "door", "logs": "window", "siena": "brick", "kresls": "chair", "gulta": "bed",
    "spogulis": "mirror", "lampa": "light-bulb", "svece": "candle", "radio": "radio", "uguns": "fire", "malka": "wood",
    "spainis": "bucket", "karote": "spoon", "nazis": "kitchen-knife", "bloda": "bowl-with-spoon",
    "skeres": "scissors", "ziepes": "soap", "cirvis": "axe", "kaste": "package", "atslega": "old-key",
    # food and drink
    "maize": "bread", "udens": "droplet", "piens": "glass-of-milk", "gala": "cut-of-meat", "zivs": "fish",
    "ola": "egg", "sviests": "butter", "zupa": "pot-of-food", "sals": "salt", "medus": "honey-pot",
    "risi": "cooked-rice", "makaroni": "spaghetti", "kartupelis": "potato", "kaposti": "leafy-green",
    "burkans": "carrot", "zirni": "pea-pod", "kiploks": "garlic", "sene": "brown-mushroom", "abols": "red-apple",
    "kirsi": "cherries", "mellenes": "blueberries", "citrons": "lemon", "apelsins": "tangerine",
    "bumbieris": "pear", "teja": "teapot", "kafija": "hot-beverage", "edieni": "fork-and-knife-with-plate",
    "sula": "beverage-box", "galda-piederumi": "fork-and-knife",
    # clothes
    "krekls": "t-shirt", "bikses": "jeans", "metelis": "coat", "zekes": "socks", "kurpe": "mans-shoe",
    "zabaks": "hiking-boot", "gredzens": "ring", "cepure": "billed-cap", "cimds": "gloves", "lietussargs": "umbrella",
    "brilles": "glasses", "lente": "ribbon", "diegs": "thread",
    # the body, health and moods
    "mute": "mouth", "acs": "eye", "auss": "ear", "deguns": "nose", "zobs": "tooth", "mele": "tongue",
    "roka": "hand-with-fingers-splayed", "pirksts": "index-pointing-up", "kaja": "leg", "peda": "foot",
    "sirds": "red-heart", "plausas": "lungs", "asinis": "drop-of-blood", "smadzenes": "brain",
    "arsts": "stethoscope", "slimnica": "hospital", "zales": "pill", "drudzis": "thermometer",
    "slims": "face-with-thermometer", "iesnas": "sneezing-face", "priecigs": "smiling-face-with-smiling-eyes",
    "bedigs": "crying-face", "dusmigs": "angry-face", "miegs": "sleeping-face", "bailes": "fearful-face",
    # school and office
    "skola": "school", "abece": "input-latin-letters", "gramata": "blue-book", "vestule": "envelope",
    "burtnica": "notebook", "zimulis": "pencil", "papirs": "page-facing-up", "nulle": "keycap-0",
    "avize": "newspaper", "talrunis": "telephone", "kalendars": "tear-off-calendar", "nauda": "euro-banknote",
    "moneta": "coin",
    # town and travel
    "pilseta": "cityscape", "ciems": "houses", "cels": "motorway", "baznica": "church", "veikals": "convenience-store",
    "velosipeds": "bicycle", "tramvajs": "tram-car", "taksometrs": "taxi", "vilciens": "train", "kugis": "ship",
    "laiva": "canoe", "osta": "anchor", "autobuss": "bus", "automasina": "automobile",
    # feasts, music and play
    "vijole": "violin", "gitara": "guitar", "dziesma": "musical-notes", "muzika": "musical-note",
    "rotallieta": "teddy-bear", "filma": "film-frames", "pasaka": "open-book", "torte": "birthday-cake",
    "egle-svetkos": "christmas-tree",
    # time and weather
    "nakts": "night-with-stars", "rits": "sunrise", "vakars": "cityscape-at-dusk", "pulkstenis": "alarm-clock",
    "meness": "crescent-moon", "saule": "sun", "sniegs": "snowflake", "ziema": "snowman",
    "vasara": "beach-with-umbrella", "pavasaris": "tulip", "rudens": "fallen-leaf", "vejs": "leaf-fluttering-in-wind",
    "lietus": "cloud-with-rain", "makonis": "cloud", "ledus": "ice", "laikapstakli": "sun-behind-cloud",
    "zvaigzne": "star", "zeme": "globe-showing-europe-africa",
    # animals and plants
    "zirgs": "horse", "govs": "cow", "cuka": "pig", "aita": "ewe", "vista": "chicken", "gailis": "rooster",
    "zoss": "goose", "kakis": "cat", "pele": "mouse", "vilks": "wolf", "lacis": "bear", "zakis": "rabbit",
    "ezis": "hedgehog", "varde": "frog", "cuska": "snake", "putns": "bird", "bite": "honeybee", "lauva": "lion",
    "suns": "dog", "pedas": "paw-prints", "koks": "deciduous-tree", "lapa": "maple-leaf", "puke": "blossom",
    "roze": "rose", "labiba": "sheaf-of-rice", "kalns": "mountain", "jura": "water-wave", "akmens": "rock",
    # colours
    "melns": "black-circle", "balts": "white-circle", "zils": "blue-circle", "zals": "green-circle",
    "sarkans": "red-circle", "dzeltens": "yellow-circle", "krasas": "artist-palette",
}  # fmt: skip
"""The course's name of each picture → the drawing's name in the package."""


def picture(body: str, grid: int) -> bytes:
    """Return a drawing as WebP; its edges are drawn on a finer grid and smoothed."""
    finer = SIZE * 2
    size = f'viewBox="0 0 {grid} {grid}" width="{finer}" height="{finer}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{body}</svg>'
    drawn = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg)))).convert("RGBA")
    small = drawn.resize((SIZE, SIZE), Image.Resampling.LANCZOS)
    few = small.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).convert("RGBA")
    out = io.BytesIO()
    few.save(out, "WEBP", lossless=True, quality=100, method=6)
    return out.getvalue()


def main() -> None:
    package = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    for name, icon in PICTURES.items():
        made = picture(package["icons"][icon]["body"], package["height"])
        if len(made) > MOST_BYTES:
            raise SystemExit(f"{name}: {len(made)} bytes; at most {MOST_BYTES}")
        (IMAGES / f"{name}.webp").write_bytes(made)


if __name__ == "__main__":
    main()

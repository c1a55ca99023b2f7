"""Every Latvian and English text of ours, each with its place, as the words that a spell checker may judge.

Romani is never among them: what is marked as Romani is taken out, and so is what stands in quotation marks or in the
title of an exercise and is Romani by the vocabulary of the course.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from django.conf import settings

from lessons.checking.romani import ROMANI_FIELDS, SPAN, WRONG_FIELDS, Vocabulary, tokens
from lessons.coursefiles.files import read_csv, read_yaml

ROOT = Path(settings.BASE_DIR)
CONTENT = ROOT / "content"
LANGUAGES = ("lv", "en")
GLOSSES = {"lexicon.csv": "id", "phrases.csv": "id", "themes.csv": "key", "spelling_rules.csv": "number"}
"""Tables with the columns `latvian` and `english`, and the column that names a row."""

CODES = frozenset(
    {"code", "entry", "exercise", "exercises", "hero_recording", "image", "item", "items", "key", "lessons", "level"}
    | {"line", "mode", "number", "options_as", "page", "pair_with", "picture", "recording", "situation", "skill"}
    | {"slug", "sources_page", "start_page", "test", "type"}
)
"""Fields that hold a key of ours, not a text. What is not named here is text: a new field is checked from the start."""
NO_TEXTS = CODES | ROMANI_FIELDS | WRONG_FIELDS
KEY = re.compile(r"(rl|ph)\d{4}|[a-z0-9]+_[a-z_]+")
"""A key in a field that holds texts elsewhere: a word's code, a choice such as `at_end`."""

CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
MARKED = re.compile(r'<(\w+)[^>]*lang="rml"[^>]*>.*?</\1>', re.DOTALL)
HIDDEN = re.compile(
    r"""\]\([^)\s]*\)            # where a link leads
    | <[^<>]*>                   # markup
    | \w+://\S+ | \S+@\S+        # addresses
    | [\w./-]*\w\.[a-z]\w+ | \w*_\w+   # sites, files, names in code
    | %\(\w+\)[a-z] | %[sd%] | \{[\w.]*\}
    | (?<![\w”])-\w+ | \w+-(?!\w)      # endings and prefixes""",
    re.VERBOSE,
)
QUOTED = re.compile(r"[„“«]([^„“”»\n]*)[”“»]")
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Text:
    """One text: where it stands, in which language, what it says."""

    place: str
    language: str
    text: str


def vocabulary() -> Vocabulary:
    forms = read_csv(CONTENT / "forms.csv", ("form", "lemma_id", "attested"))
    entries = [row for name in ("lexicon.csv", "phrases.csv") for row in read_csv(CONTENT / name, ("id", "romani"))]
    return Vocabulary.of([*entries, {"romani": "", "forms": forms}])


def all_texts() -> Iterator[Text]:
    yield from of_course()
    yield from of_tables()
    yield from of_messages()
    yield from of_how_tos()
    yield from of_consent()


def of_course() -> Iterator[Text]:
    for path in sorted(CONTENT.rglob("*.yaml")):
        # `lesson.en.yaml` says its language; elsewhere texts stand in maps by language, else they are the authors'.
        _, _, ending = path.stem.rpartition(".")
        yield from of_data(read_yaml(path), _name(path), ending if ending in LANGUAGES else "lv")


def of_data(data: Any, place: str, language: str) -> Iterator[Text]:
    """Yield the texts in data of the course files; keys and what holds Romani itself are left out."""
    if isinstance(data, dict):
        for name, value in data.items():
            if name in LANGUAGES:
                yield from of_data(value, f"{place}.{name}", name)
            elif name not in NO_TEXTS:
                yield from of_data(value, f"{place}.{name}", language)
            elif name != "slug":
                # `exercises` or `page` name a thing in one file, and hold the thing itself in another.
                maps = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]
                yield from of_data(maps, f"{place}.{name}", language)
    elif isinstance(data, list):
        for index, value in enumerate(data, 1):
            yield from of_data(value, f"{place}[{index}]", language)
    elif isinstance(data, str) and not KEY.fullmatch(data):
        yield Text(place, language, data)


def of_tables() -> Iterator[Text]:
    for name, key in GLOSSES.items():
        for row in read_csv(CONTENT / name, (key, "latvian", "english")):
            yield Text(f"content/{name}: {row[key]}", "lv", row["latvian"])
            yield Text(f"content/{name}: {row[key]}", "en", row["english"])
    for row in read_csv(CONTENT / "images" / "images.csv", ("image", "title", "description")):
        yield Text(f"content/images/images.csv: {row['image']}", "lv", f"{row['title']}. {row['description']}")


def of_messages() -> Iterator[Text]:
    for path in (ROOT / "locale/lv/LC_MESSAGES/django.po", ROOT / "locale/wagtail/lv/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            catalog = read_po(file)
        for message in catalog:
            if not message.id:
                continue
            plural = isinstance(message.id, tuple)
            ids, strings = (message.id, message.string) if plural else ((message.id,), (message.string,))
            place = f"{_name(path)}: {ids[0]!r}"
            if "wagtail" not in path.parts:  # its English is not ours
                yield from (Text(place, "en", text) for text in ids)
            yield from (Text(place, "lv", text) for text in strings)


def of_how_tos() -> Iterator[Text]:
    for path in sorted((ROOT / "docs/how-to").glob("*.md")):
        for number, line in enumerate(CODE.sub(_blank, path.read_text(encoding="utf-8")).split("\n"), 1):
            yield Text(f"{_name(path)}:{number}", "lv", line)


def of_consent() -> Iterator[Text]:
    texts = import_module("media.migrations.0007_consent_texts").TEXTS
    for (purpose, language), text in texts.items():
        yield Text(f"media/migrations/0007_consent_texts.py: {purpose}", language, text)


def words(text: Text, known: Vocabulary) -> Iterator[str]:
    """Yield the words of a text that must be spelt rightly in its language, those with hyphens as a whole.

    >>> list(words(Text("", "lv", "*xal* ir <b>„ēst”</b>, sk. `keys` %(count)s"), Vocabulary()))
    ['ir', 'ēst', 'sk']
    """
    plain = MARKED.sub(" ", CODE.sub(" ", text.text)).replace("**", "")
    plain = SPAN.sub(" ", html.unescape(plain))
    plain = QUOTED.sub(lambda found: " " if _is_romani(found[1], known) else found[0], plain)
    plain = HIDDEN.sub(" ", plain)
    if text.place.endswith(".title"):
        plain = ":".join(part for part in plain.split(":") if not _is_romani(part, known))
    for word in WORD.findall(plain):
        parts = word.split("-") if any(letter.isdigit() for letter in word) else [word]
        for part in parts:
            if len(part) > 1 and not any(letter.isdigit() for letter in part):
                yield part.replace("’", "'").removesuffix("'s")


def _is_romani(text: str, known: Vocabulary) -> bool:
    return bool(tokens(text)) and not known.resolve(text)


def _blank(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()

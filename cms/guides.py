"""The guides for authors and reviewers: the files of docs/how-to, made into pages of the admin.

The file is the guide: it is read where it lies, so that a copy in a database can never say something else.
Links between guides lead to their pages here, pictures to their view here; what else a guide names in the
repository is left as words, for it has no page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from posixpath import basename

from django.conf import settings
from django.urls import reverse
from markdown_it import MarkdownIt
from markdown_it.token import Token

DOCS: Path = settings.BASE_DIR / "docs"
GUIDES = DOCS / "how-to"
CONTENTS = "README"
PICTURES = (GUIDES / "pictures", DOCS / "screenshots")
ENGLISH = ("spelling",)
"""Documents beside the guides that a guide sends its readers to. They are in English."""
NAME = re.compile(r"[\w-]{1,80}")
PICTURE = re.compile(r"[\w-]{1,80}\.(png|webp)")


@dataclass(frozen=True)
class Heading:
    """A heading inside a guide, to jump to."""

    anchor: str
    title: str


@dataclass(frozen=True)
class Guide:
    """One guide as it is shown. `html` begins below the title."""

    name: str
    title: str
    html: str
    headings: tuple[Heading, ...]
    language: str


def guide(name: str) -> Guide | None:
    """Return the guide of that name, or nothing where there is none."""
    path = path_of(name)
    if path is None:
        return None
    tokens = markdown().parse(path.read_text(encoding="utf-8"))
    title, headings = "", []
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            text = _text(tokens[place + 1])
            token.attrSet("id", anchor(text))
            if token.tag == "h1":
                title = title or text
            elif token.tag == "h2":
                headings.append(Heading(anchor(text), text))
    if tokens and tokens[0].tag == "h1":
        del tokens[:3]
    for token in _all(tokens):
        _lead_somewhere(token)
    html = markdown().renderer.render(list(_framed(tokens)), markdown().options, {})
    return Guide(name, title, html, tuple(headings), "en" if name in ENGLISH else "lv")


def names() -> list[str]:
    """Return the names of all guides, the table of contents left out."""
    return sorted(path.stem for path in GUIDES.glob("*.md") if path.stem != CONTENTS)


def path_of(name: str) -> Path | None:
    if not NAME.fullmatch(name):
        return None
    path = (DOCS if name in ENGLISH else GUIDES) / f"{name}.md"
    return path if path.is_file() else None


def picture(name: str) -> Path | None:
    """Return the file of a picture that guides show, or nothing where there is none."""
    if not PICTURE.fullmatch(name):
        return None
    return next((folder / name for folder in PICTURES if (folder / name).is_file()), None)


def anchor(title: str) -> str:
    """Return the anchor of a heading, by the same rule as the site that shows the repository."""
    return re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-")


def address(target: str) -> str:
    """Return where a link of a guide leads here; empty where it leads to nothing that is shown here."""
    if re.match(r"[a-z]+:", target) or target.startswith(("#", "/")):
        return target
    path, _, part = target.partition("#")
    name = basename(path)
    if PICTURE.fullmatch(name):
        return reverse("guide-picture", args=[name]) if picture(name) else ""
    name = name.removesuffix(".md")
    if name == CONTENTS:
        return reverse("guides")
    found = reverse("guide", args=[name]) if path.endswith(".md") and path_of(name) else ""
    return f"{found}#{part}" if found and part else found


def markdown() -> MarkdownIt:
    """Return what reads the guides: plain Markdown with tables; HTML in it is shown, not run."""
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _all(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or []


def _lead_somewhere(token: Token) -> None:
    """Turn links and pictures to this site, and mark what is in italics as the Romani that it is."""
    if token.type == "link_open":
        href = address(str(token.attrs.get("href", "")))
        if href:
            token.attrSet("href", href)
        else:
            token.attrs.pop("href", None)
    elif token.type == "image":
        token.attrSet("src", address(str(token.attrs.get("src", ""))))
        token.attrSet("loading", "lazy")
    elif token.type == "em_open":
        token.attrSet("lang", "rml")


def _framed(tokens: list[Token]) -> Iterator[Token]:
    """Put a frame around tables, so that a wide one moves by itself and not with the page."""
    for token in tokens:
        if token.type == "table_open":
            frame = Token("frame_open", "div", 1)
            frame.attrs = {"class": "guide-table", "tabindex": "0"}
            yield frame
        yield token
        if token.type == "table_close":
            yield Token("frame_close", "div", -1)


def _text(inline: Token) -> str:
    return "".join(child.content for child in inline.children or [])

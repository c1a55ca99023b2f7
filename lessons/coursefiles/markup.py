"""Rich text as the course files write it. Pure.

Paragraphs stand apart by an empty line; lines that begin with `- ` are a list, `## ` and `### `
headings; `*lačho*` is Romani, `**bold**` is bold. What this cannot say (a link, say) stands in the
file as HTML, so nothing is ever lost.
"""

import html
import re
from html.parser import HTMLParser

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_ROMANI = re.compile(r"\*(.+?)\*")
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
_HEADINGS = {"## ": "h2", "### ": "h3"}


def to_html(text: str) -> str:
    """Return the HTML that Wagtail stores for a text in our markup."""
    if text.lstrip().startswith("<"):
        return text.strip()
    return "".join(_block(block) for block in re.split(r"\n\s*\n", text.strip()) if block.strip())


def _block(block: str) -> str:
    lines = [line.strip() for line in block.strip().split("\n")]
    if all(line.startswith("- ") for line in lines):
        return "<ul>" + "".join(f"<li>{_inline(line[2:])}</li>" for line in lines) + "</ul>"
    for mark, tag in _HEADINGS.items():
        if lines[0].startswith(mark):
            return f"<{tag}>{_inline(' '.join(lines)[len(mark) :])}</{tag}>"
    return f"<p>{_inline(' '.join(lines))}</p>"


def _inline(text: str) -> str:
    safe = html.escape(text, quote=False)
    return _ROMANI.sub(r'<span lang="rml">\1</span>', _BOLD.sub(r"<b>\1</b>", safe))


def from_html(stored: str) -> str:
    """Return our markup for stored HTML; the HTML itself where our markup cannot say it."""
    plain = _BLOCK_KEY.sub("", stored or "").strip()
    if not plain:
        return ""
    reader = _Reader()
    reader.feed(plain)
    reader.close()
    text = "\n\n".join(reader.blocks)
    return text if to_html(text) == plain else plain


class _Reader(HTMLParser):
    """Collects blocks of our markup. Where it meets something else its result will not match, and is not used."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.now = ""
        self.items: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.now += {"b": "**", "span": "*"}.get(tag, "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("b", "span"):
            self.now += {"b": "**", "span": "*"}[tag]
        elif tag == "li":
            self.items.append(f"- {self._take()}")
        elif tag == "ul":
            self.blocks.append("\n".join(self.items))
            self.items = []
        elif tag in ("p", "h2", "h3"):
            prefix = {"h2": "## ", "h3": "### "}.get(tag, "")
            self.blocks.append(prefix + self._take())

    def handle_data(self, data: str) -> None:
        self.now += data

    def _take(self) -> str:
        text, self.now = self.now, ""
        return text

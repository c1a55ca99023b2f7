"""What of a page is explanation and what is shared by all languages.

Explanation is every text. Shared is everything else – entries, recordings, exercises, numbers, marks – and those texts
that a page or block declares: `romani_fields` and `shared_fields` of a page, `romani` and `shared` of a block's Meta.
"""

import hashlib
import html
import re
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

Raw = dict[str, Any]
LEFT_ALONE = frozenset({"slug", "show_in_menus", "draft_title"})
"""Each language has its own."""


class _Missing:
    """Stands where nothing was, which is not the same as an empty text."""

    def __bool__(self) -> bool:
        return False


MISSING: Any = _Missing()


class Reference(blocks.FieldBlock):
    """A page's own reference to another thing, in the shape of a chooser."""

    def __init__(self, model: type[models.Model], **kwargs: Any) -> None:
        self.model_class = model
        super().__init__(**kwargs)


class Shape:
    """A page type as if it were one block: its texts, its streams, what it refers to."""

    def __init__(self, model: type[Page]) -> None:
        self.child_blocks: dict[str, blocks.Block] = {}
        self.labels: dict[str, str] = {}
        self.meta = SimpleNamespace(
            romani=frozenset(getattr(model, "romani_fields", ())), shared=frozenset(getattr(model, "shared_fields", ()))
        )
        for field in _own_fields(model):
            self.child_blocks[field.name] = _as_block(field)
            self.labels[field.name] = field.verbose_name


_shapes: dict[Any, Shape] = {}


def shape_of(model: type[Page]) -> Shape:
    """Return the shape of a page type; made once in a process."""
    if model not in _shapes:
        _shapes[model] = Shape(model)
    return _shapes[model]


def _own_fields(model: type[Page]) -> list[Any]:
    of_every_page = {field.name for field in Page._meta.get_fields()} - {"title", "seo_title", "search_description"}
    known = of_every_page | LEFT_ALONE
    fields = [field for field in model._meta.concrete_fields if field.name not in known]
    return [field for field in fields if not getattr(field.remote_field, "parent_link", False)]


def _as_block(field: Any) -> blocks.Block:
    if isinstance(field, StreamField):
        return field.stream_block
    if isinstance(field, RichTextField):
        return blocks.RichTextBlock()
    if isinstance(field, models.ForeignKey):
        model: Any = field.related_model  # "self" only before the models are loaded
        return Reference(model)
    return blocks.CharBlock() if isinstance(field, models.CharField | models.TextField) else blocks.FieldBlock()


def raw_of(page: Page) -> Raw:
    """Return what a page says as plain data, the same that is stored."""
    found: Raw = {}
    for name in shape_of(type(page)).child_blocks:
        field = page._meta.get_field(name)
        if isinstance(field, StreamField):
            found[name] = list(getattr(page, name).get_prep_value())
        else:
            found[name] = getattr(page, field.attname)
    return found


def put_raw(page: Page, raw: Raw) -> None:
    """Make a page say what `raw_of` would return."""
    for name, value in raw.items():
        field = page._meta.get_field(name)
        if isinstance(field, StreamField):
            setattr(page, name, field.stream_block.to_python(value))
        else:
            setattr(page, field.attname, value)


# --- blocks ---------------------------------------------------------------------------------


def is_text(block: blocks.Block, parent: blocks.Block | None = None, name: str = "") -> bool:
    """Say whether a field of a block is explanation."""
    if not isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.RichTextBlock):
        return False
    return not (is_romani(parent, name) or name in getattr(getattr(parent, "meta", None), "shared", ()))


def is_romani(parent: blocks.Block | None, name: str) -> bool:
    return name in getattr(getattr(parent, "meta", None), "romani", ())


def has_texts(block: Any) -> bool:
    """Say whether there is any explanation in a block."""
    if is_struct(block):
        return any(
            has_texts(child) and (not _is_leaf(child) or is_text(child, block, name))
            for name, child in block.child_blocks.items()
        )
    if isinstance(block, blocks.BaseStreamBlock):
        return any(has_texts(child) for child in block.child_blocks.values())
    if isinstance(block, blocks.ListBlock):
        return has_texts(block.child_block)
    return is_text(block)


def is_sequence(block: blocks.Block) -> bool:
    """Say whether a block is a row of parts of which each has explanation of its own."""
    return isinstance(block, blocks.BaseStreamBlock | blocks.ListBlock) and has_texts(block)


def is_struct(block: Any) -> bool:
    return isinstance(block, blocks.BaseStructBlock | Shape)


def _is_leaf(block: blocks.Block) -> bool:
    return not isinstance(block, blocks.BaseStructBlock | blocks.BaseStreamBlock | blocks.ListBlock)


def items_of(value: Any) -> list[Raw]:
    """Return the parts of a stream or list, each with `type` and `id` and mostly `value`, however old their form.

    A part that has no id, as in old lists, is named by its place.
    """
    found = [{**item} if isinstance(item, dict) and "type" in item else _item(item) for item in value or []]
    return [item if item.get("id") else item | {"id": f"n{place}"} for place, item in enumerate(found)]


def _item(value: Any) -> Raw:
    return {"type": "item", "value": value}


def child_of(block: Any, item: Raw) -> blocks.Block | None:
    """Return the block that an item of a stream or list is; None for a type that is no more."""
    return block.child_block if isinstance(block, blocks.ListBlock) else block.child_blocks.get(item["type"])


def without_ids(value: Any) -> Any:
    """Return a shared value so that equal ones are equal: no ids, and nothing where it says nothing."""
    if isinstance(value, dict):
        return {name: without_ids(one) for name, one in value.items() if name != "id"}
    if isinstance(value, list):
        return [without_ids(one["value"] if _is_item(one) else one) for one in value] or None
    return value or None


def _is_item(value: Any) -> bool:
    return isinstance(value, dict) and value.get("type") == "item" and "value" in value


def without_texts(block: Any, value: Any) -> Any:
    """Return a value with its structure and what is shared, but none of its texts: nobody has translated them yet."""
    if is_struct(block) and isinstance(value, dict):
        return {
            name: without_texts(child, value[name])
            for name, child in block.child_blocks.items()
            if name in value and not is_text(child, block, name)
        }
    if is_sequence(block):
        return [_item_without_texts(block, item) for item in items_of(value)]
    return value


def _item_without_texts(block: Any, item: Raw) -> Raw:
    child = child_of(block, item)
    if child is None or not is_text(child):
        return item if child is None else item | {"value": without_texts(child, item["value"])}
    return {name: one for name, one in item.items() if name != "value"}


# --- texts ----------------------------------------------------------------------------------

_BLANKS = re.compile(r"\s+")


class _Canon(HTMLParser):
    """Writes HTML so that what looks alike is alike: editors add keys to paragraphs and write signs their own way."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.own: list[str] = []
        self.in_romani: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = sorted((name, value or "") for name, value in attrs if name != "data-block-key")
        self.out.append(f"<{tag}{''.join(f' {name}={value}' for name, value in kept)}>")
        if tag == "span":
            self.in_romani.append(("lang", "rml") in kept)

    def handle_endtag(self, tag: str) -> None:
        self.out.append(f"</{tag}>")
        if tag == "span" and self.in_romani:
            self.in_romani.pop()

    def handle_data(self, data: str) -> None:
        self.out.append(_BLANKS.sub(" ", data))
        if not any(self.in_romani):
            self.own.append(data)


def _read(text: Any) -> _Canon:
    reader = _Canon()
    reader.feed(str(text or ""))
    reader.close()
    return reader


def canon(text: Any) -> str:
    """Return a text so that two that a reader cannot tell apart are equal."""
    if not text:
        return ""
    if "<" not in text:
        return _BLANKS.sub(" ", html.unescape(str(text))).strip()
    return "".join(_read(text).out).strip()


def says_something(text: Any) -> bool:
    """Say whether there is anything to translate: letters outside Romani."""
    return any(sign.isalpha() for sign in "".join(_read(text).own))


def digest(text: Any) -> str:
    """Return a short name of what a text says."""
    return hashlib.blake2s(canon(text).encode(), digest_size=8).hexdigest()

"""Blocks as the course files write them, and back.

A stream is a list of maps with a `type`; a list is a list; two fields `text_lv` and `text_en` are one
map `text: {lv:, en:}`; choosers name things by their key; empty fields are left out.
"""

from typing import Any
from uuid import uuid5

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from dictionary.blocks import EntryChooserBlock
from media.blocks import RecordingChooserBlock

from .files import CourseFileError
from .lines import Keys, faults, in_words
from .markup import from_html, to_html
from .refs import NAMESPACE, Refs

LANGUAGES = ("lv", "en")


def is_empty(value: Any) -> bool:
    """Say whether a field is left out of the files. The number 0 is not: it says something."""
    return value is False or value in ("", None, [], {})


def to_plain(block: blocks.Block, stored: Any, refs: Refs) -> Any:
    """Return what a file says for a stored block value."""
    if isinstance(block, blocks.StreamBlock):
        return [_stream_item(block, item, refs) for item in stored or []]
    if isinstance(block, blocks.StructBlock):
        return _struct(block, stored or {}, refs)
    if isinstance(block, blocks.ListBlock):
        values = [item["value"] if isinstance(item, dict) and "value" in item else item for item in stored or []]
        return [to_plain(block.child_block, value, refs) for value in values]
    if isinstance(block, blocks.RichTextBlock):
        return from_html(stored or "")
    if kind := _chosen(block):
        return _key(kind, stored, refs) if stored else None
    return stored


def _stream_item(block: blocks.StreamBlock, item: dict[str, Any], refs: Refs) -> dict[str, Any]:
    plain = to_plain(block.child_blocks[item["type"]], item["value"], refs)
    return {"type": item["type"], **(plain if isinstance(plain, dict) else {"value": plain})}


def _struct(block: blocks.StructBlock, stored: dict[str, Any], refs: Refs) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for name, child in block.child_blocks.items():
        value = to_plain(child, stored.get(name), refs)
        base, _, language = name.rpartition("_")
        if language in LANGUAGES and base:
            if not is_empty(value):
                plain.setdefault(base, {})[language] = value
        elif not is_empty(value):
            plain[name] = value
    return plain


def from_plain(block: blocks.Block, plain: Any, refs: Refs, path: str = "") -> Any:
    """Return the stored value for what a file says. Raises CourseFileError that names the place."""
    if isinstance(block, blocks.StreamBlock):
        return _stream_in(block, plain or [], refs, path)
    if isinstance(block, blocks.StructBlock):
        return _struct_in(block, {} if plain is None else plain, refs, path)
    if isinstance(block, blocks.ListBlock):
        return [_list_item(block, value, refs, path, place) for place, value in enumerate(_list(plain, path))]
    if isinstance(block, blocks.RichTextBlock):
        return to_html(plain or "")
    if kind := _chosen(block):
        try:
            return _pk(kind, str(plain), refs) if plain else None
        except CourseFileError as error:
            raise CourseFileError(f"{path}: {error}") from None
    if isinstance(block, blocks.CharBlock | blocks.TextBlock) and isinstance(plain, dict | list):
        raise CourseFileError(f"{path}: expected a text, found {type(plain).__name__}")
    return "" if plain is None and isinstance(block, blocks.CharBlock | blocks.TextBlock) else plain


def _list(plain: Any, path: str) -> list[Any]:
    if not isinstance(plain, list | None):
        raise CourseFileError(f"{path}: expected a list, found {type(plain).__name__}")
    return plain or []


def _list_item(block: blocks.ListBlock, value: Any, refs: Refs, path: str, place: int) -> dict[str, Any]:
    where = f"{path}[{place}]"
    try:
        stored = from_plain(block.child_block, value, refs, where)
    except CourseFileError as error:
        raise error.below(place) from None
    return {"type": "item", "value": stored, "id": str(uuid5(NAMESPACE, where))}


def _stream_in(block: blocks.StreamBlock, plain: list[Any], refs: Refs, path: str) -> list[dict[str, Any]]:
    plain = _list(plain, path)
    stored: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    for place, item in enumerate(plain):
        kind = str(item.get("type")) if isinstance(item, dict) else ""
        if kind not in block.child_blocks:
            known = ", ".join(block.child_blocks)
            raise CourseFileError(f"{path}[{place}]: unknown type {kind!r}; known are {known}", (place, "type"))
        rest = {name: value for name, value in item.items() if name != "type"}
        child = block.child_blocks[kind]
        value = rest if isinstance(child, blocks.StructBlock) else rest.get("value")
        seen[kind] = seen.get(kind, 0) + 1
        # Named by kind and number, so that the same part has the same id in every language. Loaded again, a part keeps
        # the id it had (`ids.keep_ids`).
        block_id = str(uuid5(NAMESPACE, f"{path}/{kind}/{seen[kind]}"))
        try:
            inside = from_plain(child, value, refs, f"{path}[{place}].{kind}")
        except CourseFileError as error:
            raise error.below(place) from None
        stored.append({"type": kind, "value": inside, "id": block_id})
    return stored


def _struct_in(block: blocks.StructBlock, plain: Any, refs: Refs, path: str) -> dict[str, Any]:
    if not isinstance(plain, dict):
        raise CourseFileError(f"{path}: expected fields, found {type(plain).__name__}")
    paired = {name.rpartition("_")[0] for name in block.child_blocks if name.rpartition("_")[2] in LANGUAGES}
    unknown = sorted(set(plain) - set(block.child_blocks) - paired)
    if unknown:
        raise CourseFileError(f"{path}: unknown field {unknown[0]!r}", (str(unknown[0]),))
    stored = {}
    for name, child in block.child_blocks.items():
        base, _, language = name.rpartition("_")
        if base in paired and language in LANGUAGES:
            value = _both(plain, base, path).get(language)
        else:
            value = plain.get(name)
        if value is None and isinstance(child, blocks.BooleanBlock):
            value = False
        try:
            stored[name] = from_plain(child, value, refs, f"{path}.{name}")
        except CourseFileError as error:
            raise error.below(name) from None
    return stored


def _both(plain: dict[str, Any], name: str, path: str) -> dict[str, Any]:
    """Return a text by language."""
    texts = plain.get(name) or {}
    if not isinstance(texts, dict) or set(texts) - set(LANGUAGES):
        raise CourseFileError(f"{path}.{name}: expected a text for each of {', '.join(LANGUAGES)}", (name,))
    return texts


def _key(kind: str, pk: int, refs: Refs) -> str:
    return refs.page_ref(pk) if kind == "page" else refs.key(kind, pk)


def _pk(kind: str, key: str, refs: Refs) -> int:
    return refs.page_pk(key, refs.language) if kind == "page" else refs.pk(kind, key)


def _chosen(block: blocks.Block) -> str:
    """Return what kind of thing a chooser chooses, or nothing if it is no chooser."""
    if isinstance(block, EntryChooserBlock):
        return "entry"
    if isinstance(block, SnippetChooserBlock):
        return "exercise"
    if isinstance(block, RecordingChooserBlock):
        return "recording"
    if isinstance(block, ImageChooserBlock):
        return "image"
    if isinstance(block, blocks.PageChooserBlock):
        return "page"
    return ""


def complaint(error: Exception) -> str:
    """Return a block's validation error as one line that names the fields."""
    found = list(faults(error))
    return "; ".join(f"{in_words(keys)}: {text}" if keys else text for keys, text in found)


def first_place(error: Exception) -> Keys:
    """Return the place of the first thing that a block's validation error complains of."""
    return next((keys for keys, _text in faults(error)), ())

"""Where in a file something stands: the line of a place in YAML, found only once there is something to say of it.

A place is a list of keys and numbers, as one would write them to get there: `["body", 3, "items", 0]`.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

Keys = tuple[str | int, ...]


def line_of(path: Path, keys: Sequence[str | int]) -> int:
    """Return the line of a place in a YAML file, or of the nearest place around it that is there."""
    with path.open(encoding="utf-8") as file:
        node = yaml.compose(file, Loader=yaml.CSafeLoader)
    line = 1
    rest = list(keys)
    while rest and node is not None:
        key = rest.pop(0)
        found = _below(node, key)
        if found is None and isinstance(key, str) and "_" in key:
            # Two fields text_lv and text_en are one map `text: {lv:, en:}` in the files.
            base, _underscore, language = key.rpartition("_")
            found = _below(node, base)
            rest.insert(0, language)
        if found is None:
            return line
        line, node = found
    return line


def _below(node: yaml.Node, key: str | int) -> tuple[int, yaml.Node] | None:
    """Return the line and the node that stand below a key or a number."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == str(key):
                return name.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key].start_mark.line + 1, node.value[key]
    return None


def in_words(keys: Sequence[str | int]) -> str:
    """Return a place as people write it.

    >>> in_words(("body", 3, "items", 0))
    'body[3].items[0]'
    """
    text = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)
    return text.removeprefix(".")


def faults(error: Exception, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Return what a block's validation error complains of, each with its place."""
    inner: Any = getattr(error, "block_errors", None)
    pairs = inner.items() if isinstance(inner, dict) else enumerate(inner) if isinstance(inner, list) else ()
    found = False
    for key, one in pairs:
        if one:
            found = True
            yield from faults(one, (*keys, key))
    other = getattr(error, "non_block_errors", None)
    for text in other or ():
        found = True
        yield keys, str(text)
    if not found:
        for text in getattr(error, "messages", None) or [str(error)]:
            yield keys, str(text)

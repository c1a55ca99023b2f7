"""How changes are shown to the person who translates: what was, what is, what the translation says."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.utils.html import conditional_escape, escape, format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from wagtail import blocks
from wagtail.admin.compare import diff_text
from wagtail.blocks.field_block import ChooserBlock

from .compare import GONE, MOVED, NEW, SHARED, TEXT, Change, Group
from .shape import MISSING, Reference, child_of, is_struct, items_of

_ENDS = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>")


@dataclass(frozen=True)
class Line:
    """One change. `before`, `now` and `here` are safe HTML; `is_text` says whether somebody must translate it."""

    label: str
    kind: str
    remark: str
    before: str
    now: str
    here: str
    is_text: bool
    is_done: bool


@dataclass(frozen=True)
class Shown:
    """One place of the page with its changes. `anchor` leads to its block in the editor."""

    title: str
    labels: list[str]
    lines: list[Line]
    anchor: str
    is_done: bool


def shown(groups: Sequence[Group]) -> list[Shown]:
    """Return groups ready to be shown; one query for each kind of thing that changed, however many there are."""
    names = _Names(groups)
    return [_group(group, names) for group in groups]


def said(groups: Sequence[Group]) -> list[str]:
    """Say in words what is to be done: how many places are new, gone, moved, changed."""
    counted = {kind: sum(_main_kind(group) == kind for group in groups) for kind in (NEW, GONE, MOVED, TEXT, SHARED)}
    words = {
        NEW: ngettext("%(count)d new", "%(count)d new", counted[NEW]),
        GONE: ngettext("%(count)d taken out", "%(count)d taken out", counted[GONE]),
        MOVED: ngettext("%(count)d moved", "%(count)d moved", counted[MOVED]),
        TEXT: ngettext("%(count)d with changed text", "%(count)d with changed text", counted[TEXT]),
        SHARED: ngettext(
            "%(count)d with other words or exercises", "%(count)d with other words or exercises", counted[SHARED]
        ),
    }
    return [words[kind] % {"count": count} for kind, count in counted.items() if count]


def texts_left(groups: Sequence[Group]) -> int:
    """Return how many texts somebody must still look at."""
    return sum(one.kind == TEXT and not one.is_done for group in groups for one in group.changes)


def can_take_over(groups: Sequence[Group]) -> bool:
    """Say whether anything is to be done that is no translating."""
    return any(_is_for_machine(one) for group in groups for one in group.changes)


def _is_for_machine(one: Change) -> bool:
    return not one.is_done and not one.is_kept and (one.kind in (NEW, GONE, MOVED, SHARED) or one.here is MISSING)


def _main_kind(group: Group) -> str:
    whole = {one.kind for one in group.changes if one.path == group.key and not one.is_done}
    open_kinds = {one.kind for one in group.changes if not one.is_done}
    for kind in (NEW, GONE):
        if kind in whole:
            return kind
    return next((kind for kind in (TEXT, MOVED, SHARED, NEW, GONE) if kind in open_kinds), TEXT)


def _group(group: Group, names: "_Names") -> Shown:
    parts = group.trail
    whole = {one.kind for one in group.changes if one.path == group.key}
    is_kept = any(one.is_kept for one in group.changes if one.path == group.key)
    labels = []
    if NEW in whole:
        labels.append(pgettext("a part", "New"))
    if GONE in whole:
        labels.append(_("Taken out of the original"))
    if MOVED in whole:
        labels.append(_("Moved"))
    if is_kept:
        labels.append(_("stays: worked on since"))
    block_id = group.key.partition("/")[2]
    lines = [
        _line(one, group, names) for one in group.changes if not (one.path == group.key and one.kind in (NEW, MOVED))
    ]
    return Shown(
        title=_trail(parts[-1:]) or _trail(parts),
        labels=labels,
        lines=lines,
        anchor=f"#block-{block_id}-section" if block_id else "",
        is_done=group.is_done,
    )


def _line(one: Change, group: Group, names: "_Names") -> Line:
    label = _trail(one.trail[len(group.trail) :])
    if one.kind == SHARED:
        before, now = names.both(one)
        return Line(label, one.kind, _("Comes over as it is"), before, now, names.of(one.block, one.here), False, False)
    if one.kind in (NEW, GONE, MOVED):
        remark = {NEW: pgettext("a part", "New"), GONE: _("Taken out of the original"), MOVED: _("Moved")}[one.kind]
        if one.is_kept:
            remark = _("Taken out of the original; stays here, for somebody worked on it since")
        return Line(label, one.kind, remark, "", "", _plain(one.here), False, one.is_done)
    before, now = _marked(_text(one.before), _text(one.now))
    return Line(label, one.kind, "", before, now, _plain(one.here), True, one.is_done)


def _trail(parts: Sequence[Any]) -> str:
    return " › ".join(name for part in parts if (name := _part_name(part)))


def _part_name(part: Any) -> str:
    if not isinstance(part, tuple):
        text = str(part)
        return text[:1].upper() + text[1:]
    label, heading, number = part
    name = f"{label} {number}" if number else str(label)
    return f"{name}: {heading}" if heading else name


def _text(value: Any) -> str:
    """Return a text without its markup, paragraphs on lines of their own."""
    if value is MISSING or value is None:
        return ""
    return unescape(strip_tags(_ENDS.sub("\n", str(value)))).strip() if "<" in str(value) else str(value)


def _plain(value: Any) -> SafeString:
    return escape(_text(value))


def _marked(before: str, now: str) -> tuple[SafeString, SafeString]:
    """Return both versions with what differs marked in each."""
    if not before:
        return SafeString(""), escape(now)
    was, is_ = [], []
    for kind, part in diff_text(before, now).changes:
        text = escape(part)
        if kind != "addition":
            was.append(format_html("<del>{}</del>", text) if kind == "deletion" else text)
        if kind != "deletion":
            is_.append(format_html("<ins>{}</ins>", text) if kind == "addition" else text)
    return mark_safe("".join(was)), mark_safe("".join(is_))  # escaped above


class _Names:
    """The names of things that shared values refer to."""

    def __init__(self, groups: Sequence[Group]) -> None:
        wanted: dict[Any, set[Any]] = defaultdict(set)
        self.blocks: dict[Any, Any] = {}
        for one in (one for group in groups for one in group.changes if one.kind == SHARED):
            for value in (one.before, one.now, one.here):
                for block, pk in _leaves(one.block, value):
                    if model := _model(block):
                        wanted[model].add(pk)
                        self.blocks.setdefault(model, block)
        self.found: dict[Any, dict[Any, Any]] = {}
        for model, keys in wanted.items():
            ordered = sorted(keys)
            block = self.blocks[model]
            if isinstance(block, Reference):
                self.found[model] = model._default_manager.in_bulk(ordered)
            else:
                self.found[model] = dict(zip(ordered, block.bulk_to_python(ordered), strict=True))

    def listed(self, block: Any, value: Any) -> list[str]:
        return [self._name(leaf, one) for leaf, one in _leaves(block, value)]

    def _name(self, block: Any, value: Any) -> str:
        model = _model(block)
        if model is None:
            return conditional_escape(_yes_or_no(value) if isinstance(value, bool) else _text(value))
        thing = self.found[model].get(value)
        return conditional_escape(getattr(self.blocks[model], "name_of", str)(thing) if thing else _("no longer there"))

    def of(self, block: Any, value: Any) -> SafeString:
        return format_html_join(SafeString(", "), "{}", ((one,) for one in self.listed(block, value)))

    def both(self, one: Change) -> tuple[SafeString, SafeString]:
        """Return both versions, what is not in the other marked."""
        before, now = self.listed(one.block, one.before), self.listed(one.block, one.now)
        return _joined(before, now, "del"), _joined(now, before, "ins")


def _joined(names: Sequence[str], others: Sequence[str], tag: str) -> SafeString:
    parts = [name if name in others else f"<{tag}>{name}</{tag}>" for name in names]
    return mark_safe(", ".join(parts))  # names are escaped


def _yes_or_no(value: bool) -> str:
    return _("Yes") if value else _("No")


def _model(block: Any) -> Any:
    return block.model_class if isinstance(block, ChooserBlock | Reference) else None


def _leaves(block: Any, value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every single value in a shared one, with its block."""
    if value is MISSING or value is None or value == "":
        return
    if isinstance(block, blocks.BaseStreamBlock | blocks.ListBlock):
        for item in items_of(value):
            if (child := child_of(block, item)) is not None:
                yield from _leaves(child, item.get("value"))
    elif is_struct(block):
        for name, child in block.child_blocks.items():
            yield from _leaves(child, (value or {}).get(name))
    else:
        yield block, value

"""A page or an exercise, part by part, as a reviewer reads it: what learners would meet, and what is new in it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.panels import FieldPanel, PanelGroup
from wagtail.blocks import BoundBlock, StructValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from cms.translating.shape import canon
from dictionary.find import dictionary_address
from lessons.models import Exercise

from .lessons_exercises import Practice, practice_of, read_exercise, unseen_of_quiz

NEW, CHANGED = "new", "changed"
MAIN = ("text", "heading", "items", "romani")
"""Where a remark about a block stands in its editor: at the first of these fields that it has."""


@dataclass
class Part:
    """One part with a place for a remark. `path` is where the remark stands in the author's editor."""

    path: str
    label: Any
    html: str = ""
    mark: str = ""
    starts: str = ""
    remarks: list[Any] = field(default_factory=list)
    typed: str = ""
    faults: Sequence[str] = ()

    @property
    def anchor(self) -> str:
        return "p-" + self.path.replace(".", "-")


@dataclass(frozen=True)
class Reading:
    """Everything that is read. `taken_out` names the parts that learners see now and would not any more."""

    parts: list[Part]
    is_live: bool
    taken_out: list[str]


def read(thing: Any, revision: Any) -> Reading:
    """Return what waits, against what learners see now; a fixed number of queries for a kind of page."""
    draft = revision.as_object()
    language = draft.locale.language_code if isinstance(draft, Page) else translation.get_language() or "lv"
    with translation.override(language):
        if isinstance(draft, Exercise):
            live = thing if thing.live else None
            return Reading(list(_exercise_parts(draft, live, language)), live is not None, [])
        live = thing if thing.live else None
        parts = list(_page_parts(draft, live, language))
        return Reading(parts, live is not None, list(_taken_out(draft, live)) if live is not None else [])


def put_remarks(parts: Sequence[Part], remarks: Iterable[tuple[str, Any]]) -> list[Any]:
    """Lay each remark beside the part that it is about; return those about parts that are not there."""
    rest: list[Any] = []
    for path, comment in remarks:
        near = [part for part in parts if path == part.path or path.startswith(part.starts or part.path + ".")]
        (near[0].remarks if near else rest).append(comment)
    return rest


def _exercise_parts(draft: Exercise, live: Exercise | None, language: str) -> Iterator[Part]:
    mark = _mark(draft.body.get_prep_value(), live.body.get_prep_value() if live else None, live)
    html = render_to_string(
        "review/admin/lesson_exercise.html", {"exercise": read_exercise(draft, language), "alone": True}
    )
    block = draft.body[0] if draft.body else None
    path = f"body.{block.id}.{_main_field(block)}".rstrip(".") if block else "body"
    yield Part(path, _label_of(block, draft), mark_safe(html), mark, f"body.{block.id}." if block else "body")
    for name in ("feedback_lv", "feedback_en"):
        yield from _field_part(draft, live, name)


def _page_parts(draft: Page, live: Page | None, language: str) -> Iterator[Part]:
    practice = practice_of(draft, language)
    for name in field_names(draft):
        if isinstance(draft._meta.get_field(name), StreamField):
            yield from _block_parts(draft, live, name, practice)
        elif isinstance(draft._meta.get_field(name), models.CharField | models.TextField):
            yield from _field_part(draft, live, name)
    if unseen := unseen_of_quiz(draft, language):
        html = "".join(render_to_string("review/admin/lesson_exercise.html", {"exercise": one}) for one in unseen)
        yield Part("quiz", draft._meta.get_field("quiz").verbose_name, mark_safe(html), NEW if live else "")


def field_names(page: Page) -> list[str]:
    """Return the fields of a page's editor in the order in which it shows them; those of its first tab alone."""
    of_this_type: Any = type(page)  # Wagtail puts `get_edit_handler` there at start-up
    return list(_fields_in(of_this_type.get_edit_handler().children[:1]))


def _fields_in(panels: Iterable[Any]) -> Iterator[str]:
    for panel in panels:
        if isinstance(panel, FieldPanel):
            yield panel.field_name
        elif isinstance(panel, PanelGroup):
            yield from _fields_in(panel.children)


def _field_part(draft: Any, live: Any, name: str) -> Iterator[Part]:
    """Yield a text that is no stream of blocks, unless it says nothing and did not before."""
    found = draft._meta.get_field(name)
    value, before = getattr(draft, name), getattr(live, name) if live is not None else None
    if value in (None, "") and before in (None, ""):
        return
    # A label stays lazy: it is in the reviewer's language, the part itself in that of the page.
    yield Part(name, found.verbose_name, _field_html(found, value), _mark(value, before, live))


def _field_html(found: models.Field, value: Any) -> SafeString:
    if isinstance(found, RichTextField):
        return mark_safe(expand_db_html(value or ""))
    return mark_safe(linebreaks(str(value if value is not None else ""), autoescape=True))


def _block_parts(draft: Page, live: Page | None, name: str, practice: dict[str, Practice]) -> Iterator[Part]:
    stored = {one["id"]: one["value"] for one in _raw(draft, name)}
    before = {one["id"]: one["value"] for one in _raw(live, name)} if live is not None else {}
    dictionary = dictionary_address(None)
    for block in getattr(draft, name):
        main = _main_field(block)
        yield Part(
            path=f"{name}.{block.id}.{main}" if main else f"{name}.{block.id}",
            label=_label_of(block, draft),
            html=_block_html(block, draft, practice, dictionary),
            mark=_mark(stored.get(block.id), before.get(block.id), live),
            starts=f"{name}.{block.id}",
        )


def _raw(page: Any, name: str) -> list[Any]:
    return list(getattr(page, name).get_prep_value())


def _main_field(block: Any) -> str:
    if not isinstance(block.value, StructValue):
        return ""
    return next((one for one in MAIN if one in block.value), next(iter(block.value), ""))


def _label_of(block: Any, thing: Any) -> Any:
    return block.block.label if block is not None else thing._meta.verbose_name


def _mark(value: Any, before: Any, live: Any) -> str:
    """Return whether a part is new or changed; nothing where learners see nothing of the whole yet."""
    if live is None or said(value) == said(before):
        return ""
    return NEW if before is None or before == "" else CHANGED


def said(value: Any) -> Any:
    """Return a value so that two that a reader cannot tell apart are equal: an editor that only saves adds ids and
    keys of paragraphs."""
    if isinstance(value, dict):
        told = {name: said(one) for name, one in value.items() if name != "id"}
        return {name: one for name, one in told.items() if one}
    if isinstance(value, list):
        return [said(one) for one in value]
    return canon(value) if isinstance(value, str) else value or None


def _block_html(block: Any, draft: Page, practice: dict[str, Practice], dictionary: str) -> SafeString:
    """Return a block as its page shows it; an exercise in place as question and answer."""
    if block.id in practice:
        heading = block.value.get("heading", "")
        context = {"exercise": practice[block.id], "heading": heading}
        return mark_safe(render_to_string("review/admin/lesson_exercise.html", context))
    if getattr(block.block.meta, "template", None):
        html = block.render(context={"page": draft, "marks": {}, "dictionary": dictionary, "block": block})
    else:
        html = render_to_string("review/admin/lesson_value.html", {"rows": rows_of(block), "label": ""})
    # What is typed beside the parts must not be lost to a link.
    return mark_safe(html.replace("<a ", '<a target="_blank" rel="noopener" '))


def rows_of(block: Any) -> list[dict[str, Any]]:
    """Return the filled fields of a block that has no template, each with its label and how to show it."""
    if not isinstance(block.value, StructValue):
        return [{"label": "", "value": block.value, "kind": _kind(block)}]
    rows = []
    for name, bound in block.value.bound_blocks.items():
        if bound.value in (None, "", False) or (hasattr(bound.value, "__len__") and not len(bound.value)):
            continue
        row = {"label": bound.block.label, "value": bound.value, "kind": _kind(bound), "name": name}
        if row["kind"] == "list":
            row["items"] = [rows_of(item) for item in _children(bound)]
        rows.append(row)
    return rows


def _children(bound: BoundBlock) -> Iterable[Any]:
    return getattr(bound.value, "bound_blocks", bound.value)


def _kind(bound: Any) -> str:
    """Return how a value is shown: a word of the dictionary, a sound, rich text, a list, yes, or plain text."""
    value = bound.value
    if hasattr(value, "gloss") and hasattr(value, "recording"):
        return "entry"
    if hasattr(value, "transcript"):
        return "recording"
    if hasattr(value, "source") and hasattr(value, "__html__"):
        return "rich"
    if value is True:
        return "yes"
    if isinstance(value, StructValue):
        return "struct"
    return "list" if hasattr(value, "bound_blocks") or isinstance(value, list) else "text"


def _taken_out(draft: Page, live: Page) -> Iterator[str]:
    """Yield what learners see now and would not any more: the kind of block and how it begins."""
    for name in field_names(draft):
        if not isinstance(draft._meta.get_field(name), StreamField):
            continue
        kept = {one["id"] for one in _raw(draft, name)}
        for block in getattr(live, name):
            if block.id not in kept:
                heading = block.value.get("heading", "") if isinstance(block.value, StructValue) else ""
                yield f"{block.block.label}: {heading}" if heading else str(block.block.label)

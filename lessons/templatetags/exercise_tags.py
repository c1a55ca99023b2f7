"""Template tags of exercises: their sound, their verdicts, what a form held before."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cms.templatetags.cms_tags import icon

from ..exercises import is_self_judged, types

register = template.Library()

register.filter("is_self_judged", is_self_judged)

VERDICT_ICONS = {
    "exact": "check",
    "variant": "variant",
    "spelling": "spelling",
    "near": "near",
    "other": "other",
    "wrong": "again",
}


@register.simple_tag
def sound(audio: Mapping[str, Any] | None, text: str = "", size: str = "", number: int = 0) -> SafeString:
    """Show the ring that plays an exercise's sound; nothing where there is none.

    `text` is the Romani that is heard: left out where hearing it is the task. `number` tells rings
    without a text apart.
    """
    addresses = {one["type"].split(";")[0]: one["url"] for one in audio["sources"]} if audio else {}
    if audio is None or "audio/mpeg" not in addresses:
        return mark_safe("")
    return format_html(
        '<a class="hear{}" href="{}" data-voice="{}">{}<span class="vh">{}</span></a>',
        f" {size}" if size else "",
        addresses["audio/mpeg"],
        _kind(audio),
        icon("play"),
        _sound_name(_kind(audio), text, number),
    )


def _kind(audio: Mapping[str, Any]) -> str:
    return "unchecked" if audio.get("unchecked") else str(audio["voice"])


def _sound_name(kind: str, text: str, number: int) -> SafeString:
    if text:
        names = {"synthetic": _("Listen: {text} (synthetic voice)"), "unchecked": _("Listen: {text} (not checked yet)")}
        return format_html(names.get(kind) or _("Listen: {text}"), text=format_html('<span lang="rml">{}</span>', text))
    if number:
        names = {
            "synthetic": _("Listen: word {number} (synthetic voice)"),
            "unchecked": _("Listen: word {number} (not checked yet)"),
        }
        return format_html(names.get(kind) or _("Listen: word {number}"), number=number)
    names = {"synthetic": _("Listen (synthetic voice)"), "unchecked": _("Listen (not checked yet)")}
    return format_html("{}", names.get(kind) or _("Listen"))


@register.simple_tag
def audio_note(audio: Mapping[str, Any] | None) -> SafeString:
    """Show the words that go with a dashed ring: a synthetic voice, or a take that nobody has checked yet."""
    if audio and audio["voice"] == "synthetic":
        return format_html('<p class="voice">{}</p>', _("Synthetic voice"))
    if audio and audio.get("unchecked"):
        return format_html('<p class="voice">{}</p>', _("Recording not checked yet"))
    return mark_safe("")


@register.inclusion_tag("lessons/exercises/_verdict.html")
def verdict(result: Mapping[str, Any]) -> dict[str, Any]:
    """Show the verdict on an answer: its word first, then what it means."""
    is_almost = result["verdict"] in ("variant", "spelling") and not result["is_right"]
    return {
        "result": result,
        "icon_name": VERDICT_ICONS[result["verdict"]],
        # The colour says what counts: a spelling that does not count here must not be green.
        "tone": "near" if is_almost else result["verdict"],
        # A near miss shows the place and lets the word be heard; its name would tell the letter.
        "heard": "" if result["verdict"] == "near" else result["solution"]["romani"],
    }


@register.filter
def empty_text(exercise: Mapping[str, Any]) -> str:
    """Return what a learner reads who sends this exercise without an answer."""
    return str(types()[exercise["type"]].empty_text)


@register.filter
def template_of(exercise: Mapping[str, Any]) -> str:
    """Return the template of the exercise's type."""
    return f"lessons/exercises/{exercise['type']}.html"


@register.filter
def script_of(exercise: Mapping[str, Any]) -> str:
    """Return the script of the exercise's type, as static files name it."""
    return f"lessons/exercises/{exercise['type']}.js"


@register.filter
def item(mapping: Any, key: Any) -> Any:
    """Return what a mapping or list holds under a key; nothing where it holds nothing."""
    try:
        return mapping[key]
    except (KeyError, IndexError, TypeError):
        return ""


@register.filter
def place_of(order: Sequence[str] | Any, part: str) -> int:
    """Return at which place, counted from 1, a part was put; 0 if at none."""
    return order.index(part) + 1 if isinstance(order, list) and part in order else 0


@register.filter
def numbers(things: Sequence[Any]) -> range:
    """Return 1, 2, … as many as there are things."""
    return range(1, len(things) + 1)


@register.simple_tag
def special_letters() -> list[str]:
    """Return the letters of Romani in Latvia that a keyboard may lack, for the row below a field."""
    return ["č", "š", "ž", "čh", "ā", "ē", "ī", "ō", "ū", "ļ", "ņ", "x"]

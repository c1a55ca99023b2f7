"""Template tags of the dictionary: Romani in running text, rows of words, forms in words."""

import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..features import describe
from ..find import dictionary_address
from ..links import form_address, link_romani
from ..pictures import picture_alt, thumb_of
from ..places import place_in_words

register = template.Library()

_QUOTED = re.compile(r"«([^»]*)»")


@register.simple_tag(takes_context=True)
def dictionary_url(context: Context) -> str:
    """Return the dictionary's address in the language of the page, or nothing; one query a request."""
    request = context.get("request")
    known = getattr(request, "dictionary_address", None)
    if known is None:
        known = dictionary_address(request)
        if request is not None:
            request.dictionary_address = known
    return str(known)


@register.filter
def romani_links(html: str, dictionary: str) -> SafeString:
    """Link the Romani in rich text to the dictionary; see `dictionary.links`."""
    return link_romani(str(html), dictionary)


@register.filter
def form_link(form: str, dictionary: str) -> str:
    """Return the address that looks up a form as it stands in a text."""
    return form_address(dictionary, form)


@register.filter
def in_words(features: str) -> str:
    """Say grammatical features in words: `N;GEN;SG` is “genitive, singular”."""
    return describe(features)


@register.filter
def source_place(place: str) -> SafeString:
    """Show the place in a source in the reader's language, its quoted forms marked as Romani."""
    return mark_safe(_QUOTED.sub(r'<span lang="rml">\1</span>', escape(place_in_words(place))))


@register.filter
def is_heard(entry: Any) -> bool:
    """Say whether the entry has a recording that can be played now."""
    return bool(entry and entry.recording and entry.recording.sources)


@register.simple_tag
def thumb(entry: Any) -> SafeString:
    """Show the entry's own picture in a row; the row says what it means, so the picture says nothing to a reader."""
    picture = thumb_of(entry)
    if picture is None:
        return mark_safe("")
    return format_html('<img class="thumb" src="{}" width="40" height="40" alt="" loading="lazy">', picture.url)


register.filter(picture_alt)


@register.simple_tag
def voice_tags(entry: Any) -> SafeString:
    """Say of the voice that is heard first what a learner must know: another variety than the word's, not checked."""
    recording = entry.recording if is_heard(entry) else None
    if recording is None:
        return mark_safe("")
    tags = []
    if recording.variety is not None and recording.variety_id != entry.variety_id:
        tags.append(format_html(' <span class="tag open">{}</span>', recording.variety.name))
    if recording.is_unchecked:
        tags.append(format_html(' <span class="meta">{}</span>', _("Recording not checked yet")))
    return mark_safe("".join(tags))


@register.simple_tag
def voice_groups(entry: Any) -> list[tuple[Any, Any]]:
    """Return the voices of an entry side by side, each with the slow take of the same speaker, or nothing."""
    voices = entry.voices
    slow = [voice for voice in voices if voice.is_slow]
    groups = []
    for voice in voices:
        if voice.is_slow:
            continue
        partner = next((one for one in slow if _same_voice(one, voice)), None)
        if partner is not None:
            slow.remove(partner)
        groups.append((voice, partner))
    return [*groups, *((None, voice) for voice in slow)]


def _same_voice(one: Any, other: Any) -> bool:
    return (one.kind, one.speaker_id, one.variety_id) == (other.kind, other.speaker_id, other.variety_id)


@register.filter
def any_synthetic(entries: Iterable[Any]) -> bool:
    """Say whether a synthetic voice reads one of the entries."""
    return any(is_heard(entry) and entry.recording.is_synthetic for entry in entries)


@register.filter
def any_unreviewed(entries: Iterable[Any]) -> bool:
    """Say whether a native speaker has yet to review one of the entries."""
    return any(entry and not entry.is_reviewed for entry in entries)

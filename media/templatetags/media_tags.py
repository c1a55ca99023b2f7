"""Template tags for sound."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.preferences import SPEEDS
from media.models import Recording

register = template.Library()

SIZES = ("", "small", "large")
ICON = mark_safe('<svg class="i" aria-hidden="true"><use href="#i-play"/></svg>')


MOST_VOICES = 6


@register.simple_tag
def hear(
    recording: Recording | None, text: str = "", size: str = "", lang: str = "", voices: Sequence[Recording] = ()
) -> SafeString:
    """Show the ring that plays a recording; nothing where there is none or it is not ready.

    A plain link to the MP3, which a script turns into a button that plays in place, from the Opus file of the
    same name where the browser can. `text` is what is
    heard (the transcript if left out), `lang` its language, `size` small, large or neither. `voices` are the other
    recordings of the same word: pages are the same for everyone, so the device chooses among them.
    """
    if size not in SIZES:
        raise template.TemplateSyntaxError(f"hear: size must be small or large, not {size!r}")
    address = _mp3(recording)
    if recording is None or not address:
        return mark_safe("")
    heard = format_html(
        '<span lang="{}">{}</span>', lang or recording.lang, text or Truncator(recording.transcript).words(12)
    )
    return format_html(
        '<a class="hear{}" href="{}" data-voice="{}"{}>{}<span class="vh">{}</span></a>',
        f" {size}" if size else "",
        address,
        voice_kind(recording),
        _alternatives(recording, voices),
        ICON,
        format_html(_hear_name(voice_kind(recording)), text=heard),
    )


def _hear_name(kind: str) -> str:
    # Translators: what a screen reader says for the button that plays a sound.
    names = {"synthetic": _("Listen: {text} (synthetic voice)"), "unchecked": _("Listen: {text} (not checked yet)")}
    return names.get(kind) or _("Listen: {text}")


def voice_kind(recording: Recording) -> str:
    """Return how the ring is drawn: `native` is solid; `synthetic`, and `unchecked` by a second listener, dashed."""
    return "unchecked" if recording.is_unchecked else recording.kind


def _mp3(recording: Recording | None) -> str:
    sources = recording.sources if recording is not None else []
    return next((source["url"] for source in sources if source["type"] == "audio/mpeg"), "")


def _alternatives(recording: Recording, voices: Sequence[Recording]) -> SafeString:
    """Return the variety of the sound and, where there are any, what else may be heard instead: one for each
    variety and pace, `variety,kind,pace,address` each; the slow one by the speaker of the normal one if there is one.
    """
    if recording.variety is None:
        return mark_safe("")
    own = format_html(' data-variety="{}"', recording.variety.code)
    chosen = {(recording.variety_id, recording.pace): recording}
    others = sorted(voices, key=lambda voice: voice.is_slow)
    for voice in others:
        normal = chosen.get((voice.variety_id, Recording.Pace.NORMAL))
        now = chosen.get((voice.variety_id, voice.pace))
        is_better = now and voice.is_slow and normal and normal.speaker_id == voice.speaker_id != now.speaker_id
        if voice.variety is not None and (now is None or (is_better and now is not recording)):
            chosen[voice.variety_id, voice.pace] = voice
    rest = [voice for voice in chosen.values() if voice is not recording and _mp3(voice)][:MOST_VOICES]
    if not rest:
        return own
    said = " ".join(f"{one.variety and one.variety.code},{voice_kind(one)},{one.pace},{_mp3(one)}" for one in rest)
    return format_html('{} data-voices="{}"', own, said)


@register.inclusion_tag("media/sound_player.html")
def sound_player(recording: Recording | None) -> dict[str, Any]:
    """Show the player with the waveform, for what is longer than a word; nothing where nothing is heard."""
    if recording is None or not recording.is_heard:
        return {}
    return {
        "recording": recording,
        "sources": recording.sources,
        "kind": voice_kind(recording),
        "peaks": " ".join(str(peak) for peak in recording.peaks),
        "title": Truncator(recording.transcript).words(12),
        "artist": voice_parts(recording)[0],
        "speeds": SPEEDS,
    }


@register.simple_tag
def voice_note(recording: Recording | None) -> SafeString:
    """Show the words that belong to a synthetic voice, or whose voice it is; nothing where there is nothing to say."""
    if recording is None or not recording.is_heard:
        return mark_safe("")
    if recording.is_synthetic:
        return format_html('<p class="voice">{}</p>', _("Synthetic voice. A real recording is still to come."))
    unchecked = (
        format_html('<p class="voice">{}</p>', _("Not checked yet by a second listener."))
        if (recording.is_unchecked)
        else mark_safe("")
    )
    if recording.speaker_name:
        name = _("Voice: {name}").format(name=recording.speaker_name)
        return format_html('<p class="meta">{}</p>{}', name, unchecked)
    return unchecked


@register.simple_tag
def voice_name(recording: Recording) -> str:
    """Say whose voice it is, of which variety and pace, and whether a second listener has heard it."""
    return ", ".join(voice_parts(recording))


def voice_parts(recording: Recording) -> list[str]:
    """Return what tells one voice from another, in the active language, the name first."""
    parts = [_("Synthetic voice") if recording.is_synthetic else recording.speaker_name or _("A speaker")]
    if recording.variety is not None:
        parts.append(recording.variety.name)
    if recording.is_slow:
        parts.append(_("slowly"))
    if recording.is_unchecked:
        parts.append(_("not checked yet"))
    return parts


@register.filter
def spoken_length(seconds: float | None) -> str:
    """Return a length in words: seconds up to a minute and a half, minutes after that."""
    if not seconds:
        return ""
    if seconds < 90:
        count = max(1, round(seconds))
        return ngettext("%(count)d second", "%(count)d seconds", count) % {"count": count}
    count = round(seconds / 60)
    return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}


@register.filter
def at(table: dict[Any, Any], key: Any) -> Any:
    """Return what stands in a table under a key that a template only has in a variable."""
    return table.get(key)

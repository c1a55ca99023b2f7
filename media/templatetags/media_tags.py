"""Template tags for sound."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from media.models import Recording

register = template.Library()

SIZES = ("", "small", "large")
ICON = mark_safe('<svg class="i" aria-hidden="true"><use href="#i-play"/></svg>')


@register.simple_tag
def hear(recording: Recording | None, text: str = "", size: str = "", lang: str = "") -> SafeString:
    """Show the ring that plays a recording; nothing where there is none or it is not ready.

    A plain link to the MP3, which a script turns into a button that plays in place, from the Opus file of the
    same name where the browser can. `text` is what is
    heard (the transcript if left out), `lang` its language, `size` small, large or neither.
    """
    if size not in SIZES:
        raise template.TemplateSyntaxError(f"hear: size must be small or large, not {size!r}")
    addresses = {source["type"].split(";")[0]: source["url"] for source in recording.sources} if recording else {}
    if recording is None or "audio/mpeg" not in addresses:
        return mark_safe("")
    heard = format_html(
        '<span lang="{}">{}</span>', lang or recording.lang, text or Truncator(recording.transcript).words(12)
    )
    # Translators: what a screen reader says for the button that plays a sound.
    words = _("Listen: {text} (synthetic voice)") if recording.is_synthetic else _("Listen: {text}")
    return format_html(
        '<a class="hear{}" href="{}" data-voice="{}">{}<span class="vh">{}</span></a>',
        f" {size}" if size else "",
        addresses["audio/mpeg"],
        recording.kind,
        ICON,
        format_html(words, text=heard),
    )


@register.simple_tag
def voice_note(recording: Recording | None) -> SafeString:
    """Show the words that belong to a synthetic voice, or whose voice it is; nothing where there is nothing to say."""
    if recording is None or not recording.is_heard:
        return mark_safe("")
    if recording.is_synthetic:
        return format_html('<p class="voice">{}</p>', _("Synthetic voice. A real recording is still to come."))
    if recording.speaker_name:
        return format_html('<p class="meta">{}</p>', _("Voice: {name}").format(name=recording.speaker_name))
    return mark_safe("")


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

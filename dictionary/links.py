"""Romani in rich text becomes a way into the dictionary. Pure: HTML in, HTML out."""

import re
import unicodedata
from html import unescape
from urllib.parse import quote

from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

_LINK_OR_ROMANI = re.compile(r'<a\b[^>]*>.*?</a>|<span lang="rml">(?P<romani>.*?)</span>', re.S)


def link_romani(html: str, dictionary: str) -> SafeString:
    """Turn each `<span lang="rml">` into a link to the dictionary's search for that very form.

    Left as they are: Romani inside a link, single endings and sounds (`-en`, `čh`), and all of it
    where there is no dictionary to go to.
    """
    if not dictionary:
        return mark_safe(html)

    def replace(found: re.Match[str]) -> str:
        inner = found["romani"]
        form = unescape(strip_tags(inner)).strip() if inner else ""
        if not is_word(form):
            return found[0]
        return format_html('<a href="{}" lang="rml">{}</a>', form_address(dictionary, form), mark_safe(inner))

    return mark_safe(_LINK_OR_ROMANI.sub(replace, html))


def form_address(dictionary: str, form: str) -> str:
    """Return the address at which the dictionary looks for a form as it stands in a text."""
    return f"{dictionary}?form={quote(form)}"


def is_word(form: str) -> bool:
    """Say whether this can be a word: it has a vowel and is no ending or beginning.

    >>> [is_word(form) for form in ("lačho dīs", "-en", "čh", "ā")]
    [True, False, False, True]
    """
    bare = unicodedata.normalize("NFD", form.casefold())
    return any(letter in "aeiouy" for letter in bare) and form[0] not in "-–" and form[-1] not in "-–"

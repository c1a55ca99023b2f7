"""The languages that a person may choose for letters and for the editors' desk."""

from django.conf import settings
from django.utils.translation import get_language, get_language_info


def choices() -> list[tuple[str, str]]:
    """Return the interface languages, each under its own name: who looks for one knows that name."""
    return [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]


def active() -> str:
    """Return the interface language of this request, or the site's first language."""
    language = get_language() or ""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE

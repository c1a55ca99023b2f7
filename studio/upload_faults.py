"""What is said about an uploaded file that is not placed, and what to do then. Rows keep the codes only."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from media import faults

FAULTS: dict[str, Promise] = {
    "no_consent": _("The speaker's consent is not on record any more. Nothing of this voice can be placed."),
    "entry_gone": _("The word is no longer in the dictionary. Choose another one."),
    "refused": _("The recording could not be made. Check the speaker and the word, then try again."),
    "crashed": _("It could not be placed in three attempts. Try once more; if that fails, tell whoever runs the site."),
}
LONG_FAULTS: dict[str, Promise] = {
    "too_big": _("The file is larger than 300 MB. Save it as MP3 or FLAC, or cut it into parts."),
    "too_long": _("The recording is longer than an hour. Cut it into parts."),
    "crashed": _("It could not be read in three attempts. Try once more; if that fails, tell whoever runs the site."),
}
PROBLEMS: dict[str, Promise] = {
    "none": _("No word was found by this name. Choose the word."),
    "ask": _("This name may mean several words, or another one. Choose the word."),
    "surplus": _("The list has no word left for this file. Choose the word, or leave the file out."),
    "two": _("Two files are for this word at this pace. Leave one out, choose another word, or place both."),
    "same_file": _("The same sound was uploaded twice. It is placed once."),
    "there": _("This very file has been placed for this word already. It is skipped."),
}


def fault_text(code: str, *, long: bool = False) -> str:
    """Return the words for a code in the active language; "" for none."""
    if not code:
        return ""
    found = (LONG_FAULTS.get(code) if long else None) or FAULTS.get(code)
    return str(found) if found else faults.fault_text(code)


def problem_text(code: str) -> str:
    """Return why a file would not be placed; "" for none."""
    return str(PROBLEMS[code]) if code in PROBLEMS else ""

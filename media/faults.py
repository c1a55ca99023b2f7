"""What is said to an author about a file that cannot become a recording, and what to do then.

Rows keep the code only, so that everyone reads it in their own language.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FAULTS: dict[str, Promise] = {
    "empty": _("The file is empty. Choose the recording again."),
    "too_big": _("The file is larger than 50 MB. Save it as MP3 or FLAC, or cut it into parts."),
    "not_audio": _(
        "This is not an audio file, whatever its name says. Choose a WAV, FLAC, MP3, M4A, Ogg or WebM file."
    ),
    "video": _("This is a video. Save its sound as an audio file and choose that one."),
    "not_supported": _("This kind of sound cannot be used. Save it as WAV or MP3 and choose that one."),
    "damaged": _("The file is damaged or incomplete and cannot be played. Copy or export it again."),
    "cut_off": _("The file breaks off before its end. Copy it from the device again."),
    "too_long": _("The recording is longer than 15 minutes. Cut it into parts."),
    "too_short": _("The recording is shorter than a tenth of a second. Choose the right file."),
    "silent": _("Nothing can be heard in this recording. Check the microphone and record again."),
    "missing": _("The uploaded file is no longer there. Upload it again."),
    "crashed": _(
        "It could not be prepared in three attempts. Try once more; if that fails, tell whoever runs the site."
    ),
}


def fault_text(code: str) -> str:
    """Return the words for a code in the active language; for a code from an older release, those of `crashed`."""
    return str(FAULTS.get(code, FAULTS["crashed"])) if code else ""

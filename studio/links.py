"""Ways between the parts of the studio."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

NEW_SESSION = "studio_new_session"
RECORD = "studio.add_recordingsession"


def new_session(user: Any, *, codes: Iterable[str] = (), **place: int) -> str:
    """Return where a session is begun that asks for these entries, or for a place (`module=`, `lesson=`).

    Nothing for somebody who may not begin one.
    """
    if not user.has_perm(RECORD):
        return ""
    try:
        address = reverse(NEW_SESSION)
    except NoReverseMatch:
        return ""
    asked = {"entries": ",".join(codes)} if codes else place
    return f"{address}?{urlencode(asked, safe=',')}" if asked else address


def missing(what: str, **place: int) -> str:
    """Return where a list of what is missing stands, of everything or of one place (`module=`, `lesson=`, …)."""
    return f"{reverse('studio_missing')}?{urlencode({'what': what, **place})}"

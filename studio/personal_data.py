"""What this room keeps about a person with an account: which sessions they held.

The speakers are not accounts: what is kept of them goes with the `Speaker` row.
"""

from typing import Any

from .models import RecordingSession


def export(user: Any) -> dict[str, list[dict[str, str]]]:
    """Return the sessions that the person made."""
    sessions = RecordingSession.objects.filter(created_by=user).order_by("pk")
    return {
        "recording_sessions": [
            {
                "id": str(one.uuid),
                "held_on": one.held_on.isoformat(),
                "place": one.place,
                "purpose": one.purpose,
                "made_at": one.created_at.isoformat(),
            }
            for one in sessions
        ]
    }


def erase(user: Any) -> None:
    """Forget who held the sessions; the sessions themselves are the course's."""
    RecordingSession.objects.filter(created_by=user).update(created_by=None)

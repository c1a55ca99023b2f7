"""What this room keeps about a person with an account: that they uploaded or checked something.

Speakers are not accounts: their data goes with the `Speaker` row.
"""

from typing import Any

from media.models import CourseImage, Recording


def export(user: Any) -> dict[str, list[dict[str, str]]]:
    """Return what the person uploaded and checked."""
    recordings = Recording.objects.filter(uploaded_by=user).order_by("pk")
    images = CourseImage.objects.filter(uploaded_by_user=user).order_by("pk")
    checked = Recording.objects.filter(reviewed_by=user).order_by("pk").values_list("uuid", "title", "reviewed_at")
    return {
        "checked_recordings": [
            {"id": str(uuid), "title": title, "checked_at": day.isoformat() if day else ""}
            for uuid, title, day in checked
        ],
        "recordings": [
            {"id": str(one.uuid), "title": one.title, "uploaded_at": one.created_at.isoformat()} for one in recordings
        ],
        "images": [{"title": one.title, "uploaded_at": one.created_at.isoformat()} for one in images],
    }


def erase(user: Any) -> None:
    """Forget who uploaded and who checked; the recordings and images themselves are the course's."""
    Recording.objects.filter(uploaded_by=user).update(uploaded_by=None)
    Recording.objects.filter(reviewed_by=user).update(reviewed_by=None)
    CourseImage.objects.filter(uploaded_by_user=user).update(uploaded_by_user=None)

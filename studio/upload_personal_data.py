"""What uploads keep about a person with an account: that they uploaded something.

Speakers are not accounts: their uploads go with their voice (`studio.uploads.forget_speaker`).
"""

from typing import Any

from studio.models import UploadBatch


def export_uploads(user: Any) -> list[dict[str, Any]]:
    """Return the uploads that the person began."""
    batches = UploadBatch.objects.filter(uploaded_by=user).order_by("pk")
    return [
        {"id": str(one.uuid), "place": one.place, "uploaded_at": one.created_at.isoformat(), "state": one.state}
        for one in batches
    ]


def erase_uploads(user: Any) -> None:
    """Forget who uploaded; the recordings themselves are the course's."""
    UploadBatch.objects.filter(uploaded_by=user).update(uploaded_by=None)

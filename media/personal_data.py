"""What this room keeps about a person with an account: what they uploaded, checked, fetched and took down.

Speakers are not accounts: their data goes with the `Speaker` row.
"""

from typing import Any

from media.models import AccessLog, Consent, ConsentEvidence, CourseImage, Recording, VoiceWithdrawal


def export(user: Any) -> dict[str, list[dict[str, Any]]]:
    """Return what the person uploaded, checked, fetched and took down, and the consents the person took."""
    recordings = Recording.objects.filter(uploaded_by=user).order_by("pk")
    images = CourseImage.objects.filter(uploaded_by_user=user).order_by("pk")
    accesses = AccessLog.objects.filter(user=user).order_by("pk")
    taken_down = VoiceWithdrawal.objects.filter(done_by=user).order_by("pk")
    consents = Consent.objects.filter(taken_by=user).order_by("pk")
    checked = Recording.objects.filter(reviewed_by=user).order_by("pk").values_list("uuid", "title", "reviewed_at")
    return {
        "checked_recordings": [
            {"id": str(uuid), "title": title, "checked_at": day.isoformat() if day else ""}
            for uuid, title, day in checked
        ],
        "recordings": [
            {"id": str(one.uuid), "title": one.title, "uploaded_at": one.created_at.isoformat()} for one in recordings
        ],
        "private_recordings_fetched": [
            {"what": one.kind, "id": str(one.subject), "at": one.accessed_at.isoformat()} for one in accesses
        ],
        "consents_taken": [{"purpose": one.purpose, "on": one.given_on.isoformat()} for one in consents],
        "voices_taken_down": [{"on": one.withdrawn_at.isoformat(), "takes": one.takes} for one in taken_down],
        "images": [{"title": one.title, "uploaded_at": one.created_at.isoformat()} for one in images],
    }


def erase(user: Any) -> None:
    """Forget who it was; recordings, images, consents and the log itself stay."""
    Recording.objects.filter(uploaded_by=user).update(uploaded_by=None)
    Recording.objects.filter(reviewed_by=user).update(reviewed_by=None)
    CourseImage.objects.filter(uploaded_by_user=user).update(uploaded_by_user=None)
    AccessLog.objects.filter(user=user).update(user=None)
    for model in (Consent, ConsentEvidence):
        model.objects.filter(taken_by=user).update(taken_by=None)
    VoiceWithdrawal.objects.filter(done_by=user).update(done_by=None)

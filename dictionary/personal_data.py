"""What this room keeps about a person with an account: tables they brought in or took back, and words they signed."""

from typing import Any

from django.db.models import Q

from .models import Entry, ImportRun, PassedOver, ReviewerProfile, SignOff


def export(user: Any) -> dict[str, Any]:
    """Return the tables that the person brought in or took back, and what they said about words, with the name that
    stands beside it."""
    runs = ImportRun.objects.filter(Q(made_by=user) | Q(undone_by=user)).order_by("pk")
    return {
        "tables": [
            {"table": table, "file": file_name, "state": state, "read_at": made_at.isoformat()}
            for table, file_name, state, made_at in runs.values_list("table", "file_name", "state", "made_at")
        ],
        "signs_as": _profile(user),
        "sign_offs": [_said(one) for one in _sign_offs(user)],
        "passed_over": [
            {"word": word, "day": day.isoformat()}
            for word, day in PassedOver.objects.filter(user=user).order_by("pk").values_list("entry__text", "day")
        ],
    }


def _profile(user: Any) -> dict[str, str] | None:
    profile = ReviewerProfile.objects.filter(user=user).select_related("variety").first()
    if profile is None:
        return None
    variety = profile.variety.code if profile.variety else ""
    return {"mode": profile.mode, "name": profile.signs_as, "variety": variety}


def _sign_offs(user: Any) -> Any:
    return SignOff.objects.filter(by=user).select_related("variety", "form_variety").order_by("pk")


def _said(one: SignOff) -> dict[str, Any]:
    return {
        "word": one.text_seen,
        "meanings": one.glosses_seen,
        "verdict": one.verdict,
        "signed_as": one.signed_as,
        "signed_on": one.signed_on.isoformat(),
        "variety": one.variety.code if one.variety else "",
        "form": one.form,
        "form_variety": one.form_variety.code if one.form_variety else "",
        "field": one.field,
        "note": one.note,
        "taken_back_at": one.taken_back_at.isoformat() if one.taken_back_at else None,
        "outcome": one.outcome,
        "outcome_note": one.outcome_note,
    }


def erase(user: Any) -> None:
    """Forget who it was. What was only looked at goes; what was brought in can be taken back by others.

    What a native reviewer signed stays signed: by a native reviewer, without a name.
    """
    SignOff.objects.filter(by=user).update(by=None, signed_as="", variety=None)
    SignOff.objects.filter(decided_by=user).update(decided_by=None)
    Entry.objects.filter(reviewed_by=user).update(reviewed_by=None)
    ReviewerProfile.objects.filter(user=user).delete()
    PassedOver.objects.filter(user=user).delete()
    ImportRun.objects.filter(made_by=user, state=ImportRun.PLANNED, task="").delete()
    ImportRun.objects.filter(made_by=user).update(made_by=None)
    ImportRun.objects.filter(undone_by=user).update(undone_by=None)

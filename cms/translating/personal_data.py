"""What is kept about a person here: which translations they said are level with their source."""

from typing import Any

from cms.models import TranslationState


def export(user: Any) -> dict[str, list[dict[str, str]]]:
    """Return the translations that the person said are level."""
    rows = TranslationState.objects.filter(leveled_by=user).order_by("page_id")
    return {
        "translations_level": [
            {"page": title, "at": at.isoformat() if at else ""}
            for title, at in rows.values_list("page__draft_title", "leveled_at")
        ]
    }


def erase(user: Any) -> None:
    """Forget whose word it was."""
    TranslationState.objects.filter(leveled_by=user).update(leveled_by=None)

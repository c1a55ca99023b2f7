"""What this room keeps about a person with an account: the tables they brought in or took back."""

from typing import Any

from django.db.models import Q

from .models import ImportRun


def export(user: Any) -> dict[str, list[dict[str, str]]]:
    """Return the tables that the person brought in or took back."""
    runs = ImportRun.objects.filter(Q(made_by=user) | Q(undone_by=user)).order_by("pk")
    return {
        "tables": [
            {"table": table, "file": file_name, "state": state, "read_at": made_at.isoformat()}
            for table, file_name, state, made_at in runs.values_list("table", "file_name", "state", "made_at")
        ]
    }


def erase(user: Any) -> None:
    """Forget who it was. What was only looked at goes; what was brought in can be taken back by others."""
    ImportRun.objects.filter(made_by=user, state=ImportRun.PLANNED, task="").delete()
    ImportRun.objects.filter(made_by=user).update(made_by=None)
    ImportRun.objects.filter(undone_by=user).update(undone_by=None)

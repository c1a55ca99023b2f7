"""The groups of the site, and how migrations give them permissions."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.migrations import RunPython

LEARNERS = "Learners"
AUTHORS = "Authors"
NATIVE_REVIEWERS = "Native reviewers"
EDITORS = "Editors"
COORDINATORS = "Coordinators"
ADMINISTRATORS = "Administrators"
GROUPS = [LEARNERS, AUTHORS, NATIVE_REVIEWERS, EDITORS, COORDINATORS, ADMINISTRATORS]
STAFF = [AUTHORS, NATIVE_REVIEWERS, EDITORS, COORDINATORS, ADMINISTRATORS]


def grant(apps: Any, group_name: str, app_label: str, model: str, actions: Iterable[str]) -> None:
    """Give a group permissions on a model, from inside a migration.

    `actions` are codename beginnings ("add", "change", "delete", "view", "publish") or whole codenames
    ("access_admin"). Content types and permissions are made after all migrations by Django; here they
    are made now if they are not there yet, as Django would make them.
    """
    content_types = apps.get_model("contenttypes", "ContentType").objects
    content_type, _made = content_types.get_or_create(app_label=app_label, model=model)
    permissions = apps.get_model("auth", "Permission").objects
    group = apps.get_model("auth", "Group").objects.get(name=group_name)
    for action in actions:
        codename = action if "_" in action else f"{action}_{model}"
        name = f"Can {action} {model}" if "_" not in action else action.replace("_", " ").capitalize()
        permission, _made = permissions.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )
        group.permissions.add(permission)


def revoke(apps: Any, group_name: str, app_label: str, model: str, actions: Iterable[str]) -> None:
    """Take permissions back, from inside a migration that is reversed."""
    codenames = [action if "_" in action else f"{action}_{model}" for action in actions]
    group = apps.get_model("auth", "Group").objects.filter(name=group_name).first()
    if group is not None:
        found = group.permissions.filter(
            content_type__app_label=app_label, content_type__model=model, codename__in=codenames
        )
        group.permissions.remove(*found)


def rights(table: Sequence[tuple[str, str, str, list[str]]]) -> RunPython:
    """Return a migration's operation that gives (group, app, model, actions) rights; reversed, it takes them back."""

    def give(apps: Any, schema_editor: Any) -> None:
        for group_name, app_label, model, actions in table:
            grant(apps, group_name, app_label, model, actions)

    def take_back(apps: Any, schema_editor: Any) -> None:
        for group_name, app_label, model, actions in table:
            revoke(apps, group_name, app_label, model, actions)

    return RunPython(give, take_back)

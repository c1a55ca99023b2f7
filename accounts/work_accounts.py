"""What is kept of an account at work.

OpenID Connect servers may send gender, birth date and more. None of it may ever be stored here,
so only the claims that sign-in needs are let through.
"""

from typing import Any

KEPT = ("sub", "email", "email_verified", "name", "preferred_username")


def minimal(extra_data: Any) -> dict[str, Any]:
    """Return the claims that are kept, flat or in allauth's `userinfo` and `id_token` parts."""
    if not isinstance(extra_data, dict):
        return {}
    kept = {name: extra_data[name] for name in KEPT if name in extra_data}
    for part in ("userinfo", "id_token"):
        if isinstance(extra_data.get(part), dict):
            kept[part] = minimal(extra_data[part])
    return kept

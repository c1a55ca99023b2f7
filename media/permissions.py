"""Who may do what with recordings: by collection, as with images."""

from typing import Any

from wagtail.permission_policies.collections import CollectionPermissionPolicy

from media.models import Recording

recording_policy = CollectionPermissionPolicy(Recording)

CHECK = "media.check_recording"
ANY = ["add", "change", "delete", "view"]


def may_listen(user: Any, recording: Recording) -> bool:
    """Say whether this member of staff may hear the recording before learners do."""
    if user.has_perm(CHECK):
        return True
    return bool(recording_policy.user_has_any_permission_for_instance(user, [*ANY, "choose"], recording))

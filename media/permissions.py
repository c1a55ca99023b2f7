"""Who may do what with recordings: by collection, as with images."""

from wagtail.permission_policies.collections import CollectionPermissionPolicy

from media.models import Recording

recording_policy = CollectionPermissionPolicy(Recording)

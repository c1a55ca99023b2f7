"""Where files lie that no public address may ever reach: what was uploaded, and consent forms.

Renditions, which learners hear, and images lie in the default storage.
"""

from django.core.files.storage import Storage, storages


def private_storage() -> Storage:
    """Return the storage of originals and consent forms (`STORAGES["private"]`)."""
    return storages["private"]

"""Memory of the course loader."""

from django.db import models


class LoadedItem(models.Model):
    """What `load_course` last wrote for one item of the files, so that authors' changes are told from the files'.

    `digest` names the item's content as it was loaded. No personal data.
    """

    key = models.CharField(max_length=120, unique=True)
    digest = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.key

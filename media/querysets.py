"""Reading recordings."""

from typing import Any, Self

from django.db import models
from wagtail.search.queryset import SearchableQuerySetMixin


class RecordingQuerySet(SearchableQuerySetMixin, models.QuerySet[Any]):
    """Recordings, by what can be done with them."""

    def ready(self) -> Self:
        """Return those that the workers are done with."""
        return self.filter(status="ready")

    def heard(self) -> Self:
        """Return those that learners can hear."""
        return self.ready().filter(is_public=True)

    def waiting(self) -> Self:
        """Return those that wait for their second listener and can be listened to."""
        return self.ready().filter(review="open")

    def with_audio(self) -> Self:
        """Fetch what `sources`, the player and the API need, in a fixed number of queries."""
        return self.select_related("speaker", "variety").prefetch_related("renditions")

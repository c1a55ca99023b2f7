"""Which page teaches which entry."""

from collections.abc import Iterable
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from .entries import Entry


class TaughtEntry(models.Model):
    """An entry stands in the word lists of a published page. Written by the room above, when a lesson is published.

    The page is known by its translation key: the same lesson in every language.

    No personal data.
    """

    entry = models.ForeignKey("dictionary.Entry", on_delete=models.CASCADE, related_name="taught_in")
    page_key = models.UUIDField(db_index=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("taught entry")
        verbose_name_plural = _("taught entries")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["entry", "page_key"], name="taught_once_per_page")]

    def __str__(self) -> str:
        return f"{self.entry_id} in {self.page_key}"


def set_taught(page_key: UUID, entries: Iterable[int]) -> None:
    """Say which entries a page teaches, in order; none takes the page off the list.

    A page may still name an entry that was deleted since: it teaches it no more.
    """
    once = dict.fromkeys(entries)
    there = set(Entry.objects.filter(pk__in=once).values_list("pk", flat=True)) if once else set()
    known = [pk for pk in once if pk in there]
    rows = [TaughtEntry(entry_id=pk, page_key=page_key, position=place) for place, pk in enumerate(known)]
    with transaction.atomic():
        TaughtEntry.objects.filter(page_key=page_key).delete()
        TaughtEntry.objects.bulk_create(rows)

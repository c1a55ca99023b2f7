"""Reads of the dictionary that several rooms need."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When
from wagtail.search.queryset import SearchableQuerySetMixin

from .spelling import neighbour_keys, search_fold


class EntryQuerySet(SearchableQuerySetMixin, models.QuerySet):
    """Entries of the dictionary; chainable."""

    def words(self) -> "EntryQuerySet":
        return self.filter(kind="word")

    def phrases(self) -> "EntryQuerySet":
        return self.filter(kind="phrase")

    def for_display(self) -> "EntryQuerySet":
        """Fetch what a row, a card or a payload shows, in a fixed number of queries."""
        return self.select_related("variety", "source", "theme", "recording", "image").prefetch_related(
            "glosses", "variants__variety", "recording__renditions"
        )

    def matching(self, query: str) -> "EntryQuerySet":
        """Find by Romani in any spelling and by gloss in any language; the best match first.

        `folded` holds every form and gloss, each word preceded by a blank, so that one pattern
        finds beginnings of words on both databases alike.
        """
        words = search_fold(query).split()[:6]
        if not words:
            return self.none()
        found = self
        for word in words:
            found = found.filter(folded__contains=f" {word}")
        whole = " ".join(words)
        rank = Case(
            When(text__iexact=query.strip(), then=Value(0)),
            When(folded_text=whole, then=Value(1)),
            When(folded__contains=f" {whole} |", then=Value(2)),
            When(folded_text__startswith=whole, then=Value(3)),
            default=Value(4),
            output_field=IntegerField(),
        )
        return found.annotate(rank=rank).order_by("rank", "kind", "folded_text", "code")

    def written(self, form: str) -> "EntryQuerySet":
        """Return the entries that this very form, as it stands in a text, may belong to."""
        wanted = form.strip().strip('!?.,;:„”"()').lower()
        if not wanted:
            return self.none()
        return self.filter(
            Q(text__iexact=wanted) | Q(variants__form__iexact=wanted) | Q(forms__form__iexact=wanted)
        ).distinct()

    def in_text(self, text: str) -> "EntryQuerySet":
        """Return the entries that the words of a text belong to, in the order of the dictionary; for a text of
        which the whole is no entry."""
        words = text.split()[:6]
        found = self.none()
        for word in words:
            found = found | self.written(word)
        return found.distinct()


def confusable(forms: Iterable[str]) -> dict[str, str]:
    """Return the dictionary's other forms that somebody's spelling of `forms` could mean: form → code of its entry.

    Three queries, whatever the number of forms. The grader refuses these as spellings.
    """
    from .models import Entry, Form, Variant

    wanted = {k for form in forms for k in neighbour_keys(form)}
    found: dict[str, str] = {}
    found.update(Form.objects.filter(key__in=wanted, attested=Form.YES).values_list("form", "entry__code"))
    found.update(Variant.objects.filter(key__in=wanted).values_list("form", "entry__code"))
    found.update(Entry.objects.filter(key__in=wanted).values_list("text", "code"))
    return found

"""Reads of the dictionary that several rooms need."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Case, F, IntegerField, Prefetch, Q, Value, When
from django.db.models.functions import Length
from wagtail.search.queryset import SearchableQuerySetMixin

from .spelling import DEFAULT, Rules, key, neighbour_keys, search_fold

SHORTEST = 6
"""Letters of the shortest word in which one slip may be a near miss: see docs/spelling.md."""


class TakeQuerySet(models.QuerySet):
    """Which recordings say which entries; chainable."""

    def heard(self) -> "TakeQuerySet":
        """Return those that learners hear."""
        return self.filter(recording__status="ready", recording__is_public=True)

    def ranked(self) -> "TakeQuerySet":
        """Return them with the one to be heard first in front: native before synthetic, normal before slow, checked
        before unchecked, the entry's own variety, then the first made."""
        return self.order_by(
            _first(recording__kind="native"),
            _first(recording__pace="normal"),
            _first(recording__review="accepted"),
            _first(recording__variety=F("entry__variety")),
            "pk",
        )

    def for_playing(self) -> "TakeQuerySet":
        """Fetch what players and labels of voices need."""
        return self.select_related("recording__speaker", "recording__variety").prefetch_related("recording__renditions")


def _first(**condition: object) -> Case:
    return Case(When(**condition, then=Value(0)), default=Value(1), output_field=IntegerField())


class EntryQuerySet(SearchableQuerySetMixin, models.QuerySet):
    """Entries of the dictionary; chainable."""

    def words(self) -> "EntryQuerySet":
        return self.filter(kind="word")

    def phrases(self) -> "EntryQuerySet":
        return self.filter(kind="phrase")

    def heard(self) -> "EntryQuerySet":
        """Return those that learners can hear, in whatever voice."""
        return self.filter(recording__status="ready", recording__is_public=True)

    def not_heard(self) -> "EntryQuerySet":
        """Return those that learners cannot hear: no recording, or one that is not ready, or not let through yet."""
        return self.filter(Q(recording=None) | ~Q(recording__status="ready") | Q(recording__is_public=False))

    def synthetic(self) -> "EntryQuerySet":
        """Return those that learners hear in a synthetic voice only."""
        return self.heard().filter(recording__kind="synthetic")

    def without_native_voice(self) -> "EntryQuerySet":
        """Return those in which learners do not hear a native speaker; `dictionary.voices` prefers one if there is."""
        return self.exclude(
            pk__in=EntryQuerySet(self.model, using=self._db).heard().filter(recording__kind="native").values("pk")
        )

    def for_display(self) -> "EntryQuerySet":
        """Fetch what a row, a card or a payload shows, with the voices, in a fixed number of queries."""
        from media.models import CourseImage

        from .models import Take
        from .pictures import THUMB

        return self.select_related("variety", "source", "theme", "recording__variety").prefetch_related(
            "glosses",
            "variants__variety",
            "recording__renditions",
            Prefetch("image", CourseImage.objects.prefetch_renditions(THUMB)),
            Prefetch("takes", Take.objects.heard().ranked().for_playing(), to_attr="heard_voices"),
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


def confusable(forms: Iterable[str], rules: Rules = DEFAULT) -> dict[str, str]:
    """Return the dictionary's other forms that somebody's spelling of `forms` could mean, or that a slip
    away from them: form → code of its entry; without a code the half of a protected pair that is no entry.

    Four queries, whatever the number of forms. The grader refuses these as spellings and as slips.
    """
    from .models import Entry, Form, ProtectedPair, Variant

    forms = list(forms)
    close = Q(key__in={k for form in forms for k in neighbour_keys(form, rules)}) | _a_slip_away(forms)
    found: dict[str, str] = {}
    pairs = ProtectedPair.objects.filter(Q(form_a__in=forms) | Q(form_b__in=forms)).values_list("form_a", "form_b")
    found.update({form: "" for pair in pairs for form in pair})
    for model in (Form.objects.filter(attested=Form.YES), Variant.objects.all()):
        found.update(model.annotate(letters=Length("key")).filter(close).values_list("form", "entry__code"))
    found.update(Entry.objects.annotate(letters=Length("key")).filter(close).values_list("text", "code"))
    return found


def _a_slip_away(forms: Iterable[str]) -> Q:
    """Return the condition for keys that may be a slip away from a word of `forms`: its first and last letter
    stand, and it is no more than a slip and a breath longer or shorter."""
    shapes = {(word[0], word[-1], len(word)) for form in forms for word in key(form).split() if len(word) >= SHORTEST}
    found = Q(pk__in=[])
    for first, last, letters in sorted(shapes):
        found |= Q(key__startswith=first, key__endswith=last, letters__range=(letters - 2, letters + 2))
    return found

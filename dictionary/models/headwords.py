"""What the dictionary is arranged by: each word under which one looks for an entry, in whichever language."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..alike import sound
from ..alphabet import ROMANI, letter_of, order_of
from ..glosses import headword_of, split_gloss

if TYPE_CHECKING:
    from .entries import Entry


class Headword(models.Model):
    """One word to look an entry up by: its Romani, a variant, or one of its meanings in one language.

    Derived from the entry whenever that is saved; see `index_entries`. No personal data.
    """

    LANGUAGES = [(ROMANI, _("Romani")), ("lv", _("Latvian")), ("en", _("English"))]

    entry = models.ForeignKey("dictionary.Entry", on_delete=models.CASCADE, related_name="headwords")
    language = models.CharField(_("language"), max_length=12, choices=LANGUAGES)
    text = models.CharField(_("word"), max_length=255)
    is_listed = models.BooleanField(default=True)
    letter = models.CharField(max_length=2)
    order = models.CharField(max_length=120)
    sound = models.CharField(max_length=40, db_index=True)

    class Meta:
        verbose_name = _("headword")
        verbose_name_plural = _("headwords")
        ordering = ["order", "text", "pk"]
        indexes = [models.Index(fields=["language", "is_listed", "letter", "order"], name="headwords_by_letter")]

    def __str__(self) -> str:
        return self.text


def index_entries(entries: Iterable["Entry"]) -> None:
    """Bring the headwords of some entries up to date; a fixed number of queries, and nothing is written for those
    that are as they were."""
    wanted = {entry.pk: dict.fromkeys(_words_of(entry)) for entry in entries}
    kept: dict[int, set[tuple[str, str, bool]]] = defaultdict(set)
    rows = Headword.objects.filter(entry__in=wanted).values_list("entry_id", "language", "text", "is_listed")
    for pk, language, text, is_listed in rows:
        kept[pk].add((language, text, is_listed))
    changed = [pk for pk, words in wanted.items() if set(words) != kept[pk]]
    if not changed:
        return
    Headword.objects.filter(entry__in=[pk for pk in changed if kept[pk]]).delete()
    made = [make_headword(pk, *word) for pk in changed for word in wanted[pk]]
    Headword.objects.bulk_create(made, batch_size=500)


def make_headword(entry: int, language: str, text: str, is_listed: bool) -> Headword:
    """Return a headword that is not saved yet."""
    return Headword(
        entry_id=entry,
        language=language,
        text=text,
        is_listed=is_listed,
        letter=letter_of(text, language),
        order=order_of(text, language),
        sound=sound(text),
    )


def _words_of(entry: "Entry") -> Iterator[tuple[str, str, bool]]:
    """Yield (language, word, whether lists show it). A variant is found, but lists show the word itself."""
    yield ROMANI, entry.text, True
    for variant in entry.variants.all():
        if variant.form != entry.text:
            yield ROMANI, variant.form, False
    for gloss in entry.glosses.all():
        for meaning in split_gloss(gloss.text):
            if word := headword_of(meaning, gloss.language):
                yield gloss.language, word, True

"""What may be taken for the same form and what never may: the spelling rules and the protected pairs."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..rules import active_rules, first_merged
from ..spelling import NEVER, PLACES, SWITCHABLE, Letters, keys, merging_row

LETTERS = re.compile(r"^\s*(?P<written>[^\s=,]{1,6})\s*=\s*(?P<course>[^\s=,]{1,6})\s*$")
MOST_LETTERS = 12


class ProtectedPair(models.Model):
    """Two forms that must never be taken for each other, however they are spelt. No personal data."""

    form_a = models.CharField(_("first form"), max_length=120)
    form_b = models.CharField(_("second form"), max_length=120)
    why = models.CharField(_("why"), max_length=255)

    class Meta:
        verbose_name = _("protected pair")
        verbose_name_plural = _("protected pairs")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["form_a", "form_b"], name="protected_pair_once")]

    def __str__(self) -> str:
        return f"{self.form_a} ≠ {self.form_b}"

    def clean(self) -> None:
        if self.form_a and self.form_a == self.form_b:
            raise ValidationError({"form_b": _("A pair needs two different forms.")})
        row = merging_row(self.form_a, self.form_b, active_rules())
        if row is not None:
            rule = SpellingRule.objects.filter(number=row).first()
            message = gettext("Rule %(rule)s takes these two for spellings of each other. Switch it off first.")
            raise ValidationError({"form_b": message % {"rule": rule or row}})


class SpellingRule(models.Model):
    """One row of the spelling table: an equivalence of the software to switch, or letters that authors add.

    A row of the software that is not here is as `dictionary.spelling` has it. No personal data.
    """

    PLACE_NAMES = [
        ("anywhere", _("anywhere")),
        ("start", _("at the start of a word")),
        ("end", _("at the end of a word")),
    ]

    number = models.PositiveSmallIntegerField(
        _("number"),
        unique=True,
        help_text=_("The row in docs/spelling.md. Letters of your own begin at 30."),
    )
    description_lv = models.CharField(_("what it says, in Latvian"), max_length=200)
    description_en = models.CharField(_("what it says, in English"), max_length=200, blank=True)
    letters = models.CharField(
        _("letters"),
        max_length=160,
        blank=True,
        help_text=_("What is written = what the course writes, separated by commas: cz = č, sz = š."),
    )
    place = models.CharField(_("where"), max_length=8, choices=PLACE_NAMES, default=PLACES[0])
    evidence = models.TextField(_("evidence"), blank=True, max_length=600, help_text=_("Which source writes so."))
    is_active = models.BooleanField(
        pgettext_lazy("spelling rule", "accepted"),
        default=True,
        help_text=_("Answers that were given before are not judged anew."),
    )

    class Meta:
        verbose_name = _("spelling rule")
        verbose_name_plural = _("spelling rules")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.description}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.letters = ", ".join(part.strip() for part in self.letters.split(",") if part.strip())
        super().save(*args, **kwargs)

    @property
    def description(self) -> str:
        """Return what the rule says in the language of the page."""
        return self.description_en if get_language() == "en" and self.description_en else self.description_lv

    @property
    def pairs_of_letters(self) -> list[Letters]:
        """Return the letters that stand for others. Raises ValueError where they are not written as asked."""
        found = []
        for text in filter(str.strip, self.letters.split(",")):
            match = LETTERS.match(text)
            if match is None:
                raise ValueError(text.strip())
            found.append(Letters(self.number, match["written"], match["course"], self.place))
        return found

    def clean(self) -> None:
        if not isinstance(self.number, int):
            return
        if self.number in NEVER:
            raise ValidationError({"number": _("This row tells words apart and can never be accepted.")})
        if self.number in SWITCHABLE:
            if self.letters:
                raise ValidationError({"letters": _("This row is built in: it can only be switched on and off.")})
        else:
            self._clean_letters()
        if self.is_active:
            self._keep_pairs_apart()

    def _clean_letters(self) -> None:
        try:
            pairs = self.pairs_of_letters
        except ValueError as error:
            message = gettext("Write “%(text)s” as two groups of letters with = between them.") % {"text": error}
            raise ValidationError({"letters": message}) from None
        if not 0 < len(pairs) <= MOST_LETTERS:
            message = gettext("Write between one and %(most)d equivalences.") % {"most": MOST_LETTERS}
            raise ValidationError({"letters": message})
        for letters in pairs:
            if keys(letters.written) & keys(letters.course):
                message = gettext("“%(written)s” and “%(course)s” are the same already.")
                raise ValidationError({"letters": message % {"written": letters.written, "course": letters.course}})

    def _keep_pairs_apart(self) -> None:
        """Refuse a rule that would make one word of a protected pair, naming the pair."""
        others = SpellingRule.objects.exclude(pk=self.pk) if self.pk else SpellingRule.objects.all()
        pair = first_merged(active_rules([*others, self]))
        if pair is not None:
            message = gettext("This would make one word of the protected pair %(pair)s (%(why)s).")
            field = "is_active" if self.number in SWITCHABLE else "letters"
            raise ValidationError({field: message % {"pair": pair, "why": pair.why}})

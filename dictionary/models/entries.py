"""Dictionary entries: one word or one set phrase each, with what is known about it and from where."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import PreviewableMixin, RevisionMixin
from wagtail.search import index

from ..glosses import split_gloss
from ..querysets import EntryQuerySet
from ..signed import settle_review
from ..spelling import key, search_fold
from .headwords import index_entries
from .signoffs import WRONG_FIELDS

DERIVED = ("key", "folded_text", "folded")
REVIEW = ("review_state", "reviewed_on", "reviewed_by")


class Entry(PreviewableMixin, RevisionMixin, index.Indexed, ClusterableModel):
    """One word (a lemma) or one set phrase of the dictionary.

    Not for sentences made up for a lesson: an entry exists only because a source has it.
    Whether it is reviewed follows from its sign-offs where there are any: see `dictionary.signed`.
    Personal data: `reviewed_by`, a member of staff; cleared when that account is erased.
    """

    WORD, PHRASE = "word", "phrase"
    UNREVIEWED, REVIEWED = "unreviewed", "reviewed"
    KINDS = [(WORD, _("word")), (PHRASE, _("phrase"))]
    REVIEW_STATES = [(UNREVIEWED, _("not reviewed yet")), (REVIEWED, _("reviewed"))]
    CONFIDENCE = [("high", _("high")), ("medium", _("medium")), ("low", _("low"))]
    PARTS_OF_SPEECH = [
        ("noun", _("noun")),
        ("adjective", _("adjective")),
        ("adverb", _("adverb")),
        ("verb", _("verb")),
        ("verb (copula)", _("verb (to be)")),
        ("pronoun", _("pronoun")),
        ("possessive pronoun", _("possessive pronoun")),
        ("numeral", _("numeral")),
        ("quantifier", _("quantifier")),
        ("preposition", _("preposition")),
        ("conjunction", _("conjunction")),
        ("particle", _("particle")),
        ("interjection", _("interjection")),
        ("noun phrase", _("noun phrase")),
        ("verb phrase", _("verb phrase")),
        ("adverb phrase", _("adverb phrase")),
        ("prepositional phrase", _("prepositional phrase")),
        ("phrase", _("set phrase")),
    ]
    GENDERS = [
        ("m", _("masculine")),
        ("f", _("feminine")),
        ("m pl", _("masculine, plural")),
        ("f pl", _("feminine, plural")),
        ("pl", _("plural")),
    ]

    code = models.SlugField(
        _("code"),
        max_length=20,
        unique=True,
        blank=True,
        help_text=_("The number under which the entry is known outside. Left empty, one is given."),
    )
    kind = models.CharField(_("kind"), max_length=6, choices=KINDS, default=WORD)
    text = models.CharField(_("Romani"), max_length=120, help_text=_("The word or phrase as the course writes it."))
    part_of_speech = models.CharField(_("part of speech"), max_length=24, choices=PARTS_OF_SPEECH, blank=True)
    gender = models.CharField(_("grammatical gender"), max_length=4, choices=GENDERS, blank=True)
    variety = models.ForeignKey("media.Variety", on_delete=models.PROTECT, verbose_name=_("variety"))
    theme = models.ForeignKey("dictionary.Theme", on_delete=models.PROTECT, verbose_name=_("theme"))
    situation = models.CharField(_("situation"), max_length=40, blank=True)
    words = ParentalManyToManyField(
        "self", symmetrical=False, related_name="in_phrases", blank=True, verbose_name=_("words of the phrase")
    )
    source = models.ForeignKey(
        "dictionary.Source", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )
    source_ref = models.CharField(
        _("place in the source"),
        max_length=255,
        blank=True,
        help_text=_("Page, headword or number, so that others find it."),
    )
    source_form = models.CharField(_("spelling in the source"), max_length=120, blank=True)
    confidence = models.CharField(_("confidence"), max_length=6, choices=CONFIDENCE, default="medium")
    review_state = models.CharField(_("review"), max_length=10, choices=REVIEW_STATES, default=UNREVIEWED)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reviewed by"),
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, help_text=_("Shown to learners on the entry page."))
    recording = models.ForeignKey(
        "media.Recording",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recording"),
    )
    image = models.ForeignKey(
        "media.CourseImage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("image")
    )
    key = models.CharField(max_length=255, editable=False, db_index=True)
    folded_text = models.CharField(max_length=255, editable=False, db_index=True)
    folded = models.TextField(editable=False, default="")

    objects = EntryQuerySet.as_manager()
    comment_labels = dict(WRONG_FIELDS)

    search_fields = [
        index.SearchField("text", boost=3),
        index.AutocompleteField("text"),
        index.SearchField("folded"),
        index.AutocompleteField("folded"),
        index.FilterField("kind"),
        index.FilterField("variety"),
        index.FilterField("theme"),
        index.FilterField("review_state"),
    ]

    class Meta:
        verbose_name = _("dictionary entry")
        verbose_name_plural = _("dictionary")
        ordering = ["folded_text", "code"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(review_state="reviewed") | Q(reviewed_on__isnull=False), name="reviewed_entry_has_a_date"
            )
        ]

    def __str__(self) -> str:
        return f"{self.text} – {self.gloss}" if self.pk and self.gloss else self.text

    def clean(self) -> None:
        if self.review_state == self.REVIEWED and not self.reviewed_on:
            raise ValidationError({"reviewed_on": _("Say on which day the entry was reviewed.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.code:
            self.code = self._next_code()
        self.key, self.folded_text = key(self.text), search_fold(self.text)
        self.folded = self.make_folded()
        with transaction.atomic():
            settled = self.pk is not None and self._settle_review()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], *DERIVED, *(REVIEW if settled else ())}
            super().save(*args, **kwargs)
            index_entries([self])

    def _settle_review(self) -> bool:
        # Locked, so that nobody signs what is being changed this very moment.
        Entry.objects.select_for_update().filter(pk=self.pk).values_list("pk").first()
        before = self.review_state, self.reviewed_on, self.reviewed_by_id
        settle_review(self)
        return before != (self.review_state, self.reviewed_on, self.reviewed_by_id)

    def make_folded(self) -> str:
        """Return every way to find the entry: its forms and glosses, folded; `|` ends each of them."""
        texts = [self.text, self.code]
        texts += [variant.form for variant in self.variants.all()]
        texts += [form.form for form in self.forms.all()]
        for gloss in self.glosses.all():
            texts += split_gloss(gloss.text)
        return "".join(f" {search_fold(text)} |" for text in texts if text)

    @classmethod
    def _next_code(cls) -> str:
        """Give entries made in the CMS a series of their own, so that files of the course never clash with it."""
        last = cls.objects.filter(code__regex=r"^e\d{5}$").order_by("-code").values_list("code", flat=True).first()
        return f"e{int(last[1:]) + 1 if last else 1:05d}"

    @property
    def gloss(self) -> str:
        """Return the meaning in the language of the page; in Latvian, or in any, where that one is missing."""
        return self.gloss_in(get_language() or "lv")

    def gloss_in(self, language: str) -> str:
        """Return the meaning in `language`, with the same fallbacks."""
        by_language = {gloss.language: gloss.text for gloss in self.glosses.all()}
        return by_language.get(language) or by_language.get("lv") or next(iter(by_language.values()), "")

    @property
    def is_reviewed(self) -> bool:
        return self.review_state == self.REVIEWED

    @property
    def is_taught_variety(self) -> bool:
        """Say whether the entry is of the variety that the course teaches, not a neighbour's."""
        return self.variety.is_taught

    @property
    def voices(self) -> list[Any]:
        """Return the recordings in which learners hear it; see `dictionary.voices.voices_of`."""
        from ..voices import voices_of

        return voices_of(self)

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "dictionary/entry_preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        from ..find import entry_page

        return super().get_preview_context(request, mode_name) | entry_page(self) | {"is_preview": True}


class Gloss(models.Model):
    """What an entry means in one language. No personal data."""

    LANGUAGES = [("lv", _("Latvian")), ("en", _("English"))]

    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="glosses")
    language = models.CharField(_("language"), max_length=12, choices=LANGUAGES)
    text = models.CharField(
        _("meaning"), max_length=255, help_text=_("Separate synonyms by a comma, different meanings by a semicolon.")
    )

    class Meta:
        verbose_name = _("meaning")
        verbose_name_plural = _("meanings")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["entry", "language"], name="one_gloss_per_language")]

    def __str__(self) -> str:
        return self.text


class Variant(models.Model):
    """Another form of the same word; an answer with it is right. No personal data.

    Listed beside the word by its source, or told by a native reviewer, who is not named: then with the day.
    """

    LISTED, NATIVE_REVIEWER = "", "native_reviewer"
    ORIGINS = [(LISTED, _("the entry's source")), (NATIVE_REVIEWER, _("native reviewer"))]

    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="variants")
    form = models.CharField(_("form"), max_length=120)
    variety = models.ForeignKey(
        "media.Variety",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("variety"),
        help_text=_("Only where it differs from the entry's."),
    )
    origin = models.CharField(_("where it is from"), max_length=16, choices=ORIGINS, default=LISTED, blank=True)
    told_on = models.DateField(_("told on"), null=True, blank=True, help_text=_("The day on which a reviewer said so."))
    key = models.CharField(max_length=255, editable=False, db_index=True)

    class Meta:
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.form

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = key(self.form)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        if self.is_told and not self.told_on:
            raise ValidationError({"told_on": _("Say on which day the reviewer told the form.")})

    @property
    def is_told(self) -> bool:
        """Say whether a native reviewer told the form, not a printed source."""
        return self.origin == self.NATIVE_REVIEWER


class Form(models.Model):
    """An inflected form: seen in a source, or only expected by a documented rule. No personal data.

    A form by rule never counts as attested: nothing taught is built on it.
    """

    YES, RULE = "yes", "rule"
    ATTESTED = [(YES, _("seen in a source")), (RULE, _("only by rule"))]

    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="forms")
    form = models.CharField(_("form"), max_length=120)
    features = models.CharField(_("grammatical features"), max_length=60, blank=True)
    attested = models.CharField(_("attested"), max_length=4, choices=ATTESTED, default=RULE)
    rule = models.CharField(
        _("rule"), max_length=60, blank=True, help_text=_("For a form by rule: where the rule is documented.")
    )
    evidence = models.CharField(_("evidence"), max_length=255, blank=True)
    source_ref = models.CharField(_("place in the source"), max_length=255, blank=True)
    key = models.CharField(max_length=255, editable=False, db_index=True)

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.form

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = key(self.form)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        if self.attested == self.YES and not self.source_ref:
            raise ValidationError({"source_ref": _("A form counts as seen only with the place where it was seen.")})

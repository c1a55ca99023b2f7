"""What native reviewers say about an entry, each with the name that they chose, and what they had before them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SignOffQuerySet(models.QuerySet):
    """Statements of reviewers; chainable."""

    def valid(self) -> "SignOffQuerySet":
        """Return those that hold: not taken back, and the entry still says what was looked at."""
        return self.filter(taken_back_at=None, ended_at=None)

    def standing(self) -> "SignOffQuerySet":
        """Return the signatures that learners see beside an entry."""
        return self.valid().filter(verdict=SignOff.RIGHT)

    def waiting(self) -> "SignOffQuerySet":
        """Return those that an editor has to answer: another form, or something wrong, and nothing done about it."""
        told = Q(verdict=SignOff.DIFFERENTLY) | Q(verdict=SignOff.WRONG, comment__resolved_at=None)
        return self.filter(told, taken_back_at=None, outcome="")


class SignOff(models.Model):
    """What one native reviewer says about one entry. What was said is never edited: it is taken back, it ends when the
    entry comes to say something else than was signed, and an editor's answer to it is added.

    Not a workflow: an entry has no drafts (decision 0025).
    Personal data: `by` and `signed_as`, the name or pseudonym that the reviewer chose to stand publicly beside the
    word, `variety`, the one that they say they speak, and `note`, which editors read. With the account `by`,
    `signed_as` and `variety` are erased; that a native reviewer said it stays. `decided_by`, a member of staff, is
    cleared when that account is erased.
    """

    RIGHT, DIFFERENTLY, WRONG = "right", "differently", "wrong"
    VERDICTS = [
        (RIGHT, _("right as it is")),
        (DIFFERENTLY, _("we say it differently")),
        (WRONG, _("something is wrong")),
    ]
    VARIANT, MAIN, KEPT = "variant", "main", "kept"
    OUTCOMES = [
        (VARIANT, _("taken as a variant")),
        (MAIN, _("made the main form")),
        (KEPT, _("left as it is")),
    ]

    entry = models.ForeignKey("dictionary.Entry", on_delete=models.CASCADE, related_name="sign_offs")
    verdict = models.CharField(_("verdict"), max_length=12, choices=VERDICTS)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("reviewer")
    )
    signed_as = models.CharField(
        _("signed as"), max_length=80, blank=True, help_text=_("Stands publicly; empty for “a native reviewer”.")
    )
    variety = models.ForeignKey(
        "media.Variety", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("variety")
    )
    form = models.CharField(_("form"), max_length=120, blank=True)
    form_variety = models.ForeignKey(
        "media.Variety", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("variety")
    )
    field = models.CharField(_("field"), max_length=40, blank=True)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    comment = models.ForeignKey("cms.FieldComment", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text_seen = models.CharField(_("Romani that was looked at"), max_length=120)
    glosses_seen = models.JSONField(_("meanings that were looked at"), default=dict)
    variety_seen = models.CharField(_("variety that was looked at"), max_length=50)
    reviewed_before = models.DateField(null=True, help_text="When the entry had been reviewed before, not here.")
    signed_on = models.DateField(_("signed on"))
    created_at = models.DateTimeField(auto_now_add=True)
    taken_back_at = models.DateTimeField(_("taken back on"), null=True)
    ended_at = models.DateTimeField(null=True, help_text="Since when the entry says something else than was seen.")
    outcome = models.CharField(_("what became of it"), max_length=8, choices=OUTCOMES, blank=True)
    outcome_note = models.CharField(_("reason"), max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = SignOffQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("add",)
        indexes = [models.Index(fields=["by", "created_at"], name="signoffs_of_a_reviewer")]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "by"],
                condition=Q(taken_back_at=None, ended_at=None),
                name="one_valid_signoff_per_reviewer",
            ),
            models.CheckConstraint(condition=~Q(verdict="differently") | ~Q(form=""), name="differently_says_how"),
            models.CheckConstraint(condition=~Q(verdict="wrong") | ~Q(note=""), name="wrong_says_what"),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(decided_at__isnull=False), name="signoff_outcome_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text_seen}: {self.get_verdict_display()}"

    @property
    def is_valid(self) -> bool:
        return self.taken_back_at is None and self.ended_at is None

    @property
    def seen(self) -> dict[str, Any]:
        """Return what the reviewer had before them, as `signed_content` returns it."""
        return {"text": self.text_seen, "glosses": self.glosses_seen, "variety": self.variety_seen}

    @property
    def is_waiting(self) -> bool:
        """Say whether an editor has to answer; `SignOffQuerySet.waiting` is the same for many."""
        if self.taken_back_at is not None or self.outcome or self.verdict == self.RIGHT:
            return False
        return self.verdict == self.DIFFERENTLY or self.comment is None or self.comment.resolved_at is None

    @property
    def field_label(self) -> str:
        """Return what the reviewer called wrong, in words."""
        return str(dict(WRONG_FIELDS).get(self.field, "")) if self.verdict == self.WRONG else ""


WRONG_FIELDS = [
    ("text", _("the word itself")),
    ("glosses.lv", _("the meaning in Latvian")),
    ("glosses.en", _("the meaning in English")),
    ("forms", _("one of the forms")),
    ("variety", _("the variety")),
    ("image", _("the picture")),
    ("recording", _("the sound")),
    ("", _("something else")),
]
"""Content paths of an entry, as `cms.commenting` takes them, in the reviewer's words."""


class ReviewerProfile(models.Model):
    """How a native reviewer wants to stand beside the words that they sign.

    Personal data: all of it; goes with the account.
    """

    OWN_NAME, PSEUDONYM, UNNAMED = "name", "pseudonym", "unnamed"
    MODES = [
        (OWN_NAME, _("by my name")),
        (PSEUDONYM, _("by another name that I choose")),
        (UNNAMED, _("as “a native reviewer”, without a name")),
    ]

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="reviewer_profile"
    )
    mode = models.CharField(_("how I sign"), max_length=10, choices=MODES, default=UNNAMED)
    signs_as = models.CharField(_("the name beside my words"), max_length=80, blank=True)
    variety = models.ForeignKey(
        "media.Variety",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("variety that I speak"),
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("reviewer's name")
        verbose_name_plural = _("reviewers' names")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(mode="unnamed", signs_as="") | ~Q(mode="unnamed") & ~Q(signs_as=""),
                name="reviewer_is_named_as_chosen",
            ),
        ]

    def __str__(self) -> str:
        return self.signs_as


class PassedOver(models.Model):
    """A reviewer does not know an entry: it is not asked again on that day.

    Personal data: `user`; goes with the account.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey("dictionary.Entry", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("entry passed over")
        verbose_name_plural = _("entries passed over")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "entry"], name="passed_over_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} on {self.day}"

"""What the judge says: findings, each of one rule. The words stand here: everyone reads them in their language."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

ERROR, GAP = "error", "gap"

RULES: dict[str, tuple[str, Any, Any]] = {
    "unknown-word": (ERROR, _("Romani that no source has"), _("“%(token)s” is neither a word nor an attested form")),
    "form-by-rule": (ERROR, _("Forms known only by a rule"), _("“%(token)s” is known only by %(by)s, not attested")),
    "other-variety": (
        ERROR,
        _("Exercises that ask another variety"),
        _("“%(word)s” is %(variety)s, which is not taught"),
    ),
    "no-entry": (ERROR, _("Words missing from the dictionary"), _("teaches %(code)s, which is not in the dictionary")),
    "no-source": (ERROR, _("Words without a source"), _("“%(word)s” has no source or no place in it")),
    "no-variety": (ERROR, _("Words without a variety"), _("“%(word)s” has no variety")),
    "no-gloss": (ERROR, _("Words without a meaning"), _("“%(word)s” has no meaning in Latvian or English")),
    "no-audio": (ERROR, _("Words that cannot be heard"), _("“%(word)s” cannot be heard")),
    "protected-pair": (
        ERROR,
        _("Protected pairs taken for each other"),
        _("accepts “%(accepted)s” for “%(asked)s”, a protected pair"),
    ),
    "load-words": (ERROR, _("Too many or too few words"), _("has %(count)d new words; %(right)s are right")),
    "load-phrases": (ERROR, _("Too many or too few phrases"), _("has %(count)d new phrases; %(right)s are right")),
    "taught-twice": (ERROR, _("Words taught twice"), _("teaches %(code)s again, first in %(first)s")),
    "not-recycled": (
        ERROR,
        _("Lessons that do not come back to earlier words"),
        _("%(count)d of its exercises ask earlier words; at least %(right)d"),
    ),
    "practice": (
        ERROR,
        _("Too little practice"),
        _("has %(count)d exercises of %(types)d types in place; at least %(right)d of %(right_types)d"),
    ),
    "quiz-length": (ERROR, _("Tests too long or too short"), _("asks %(count)d; %(right)s are right")),
    "no-exercise": (ERROR, _("Exercises that are gone"), _("names %(code)s, which is not there")),
    "unused-exercise": (ERROR, _("Exercises that nobody uses"), _("no lesson and no test uses it")),
    "no-translation": (ERROR, _("Pages without a translation"), _("is missing in: %(languages)s")),
    "languages-differ": (ERROR, _("Languages that say different things"), _("block %(block)d differs")),
    "question": (GAP, _("Questions to native speakers"), _("%(text)s")),
    "empty-line": (GAP, _("Empty lines of dialogues"), _("%(text)s")),
    "community-text": (GAP, _("Texts that wait for the community"), _("%(text)s")),
    "stale-translation": (
        GAP,
        _("Translations that are behind"),
        _("places in which it is behind its original: %(count)d"),
    ),
    "unreviewed": (GAP, _("Words that wait for a native reviewer"), _("“%(word)s” waits for a native reviewer")),
    "no-native-audio": (GAP, _("Words that wait for a native voice"), _("“%(word)s” waits for a native voice")),
}
"""Every rule: whether breaking it fails the check, its title, and what is said of each case. Errors first; then the
gaps in the order in which native reviewers should take them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One case of one rule. `place` names page, exercise or entry; `values` are what the message needs."""

    rule: str
    place: str
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Return `error`, which fails the check, or `gap`: known, and waiting for somebody."""
        return RULES[self.rule][0]

    @property
    def is_error(self) -> bool:
        return self.kind == ERROR

    @property
    def message(self) -> str:
        """Say in the active language what is wrong."""
        return str(RULES[self.rule][2]) % self.values

    def as_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "rule": self.rule, "place": self.place, "message": self.message}

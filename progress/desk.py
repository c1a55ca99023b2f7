"""What waits for native reviewers in what learners wrote."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from cms.desk import ROWS, DeskLink, DeskPanel, DeskRow

from .appeals import waiting_forms


class AppealsPanel(DeskPanel):
    """Forms that learners say are right."""

    name = "appeals"
    title = gettext_lazy("Answers that learners say should count")
    empty = gettext_lazy("No learner waits for a decision.")
    action = pgettext_lazy("do it", "Decide")
    order = 35

    def is_shown(self) -> bool:
        return bool(self.request.user.has_perm("progress.change_appealedform"))

    @cached_property
    def waiting(self) -> Any:
        return waiting_forms()

    def rows(self) -> Sequence[DeskRow]:
        return [
            DeskRow(
                title=form.written,
                url=reverse("appeal_decide", args=[form.uuid]),
                action=str(self.action),
                gloss=_("instead of %(expected)s") % {"expected": form.expected},
                remark=senders_in_words(form),
                language="rml",
            )
            for form in self.waiting[:ROWS]
        ]

    def count(self) -> int:
        return int(self.waiting.count())

    def link(self) -> DeskLink | None:
        return DeskLink(label=_("All %(count)d") % {"count": self.count()}, url=reverse("appeals"))


def senders_in_words(form: Any) -> str:
    """Return who says the form is right: a speaker, how many learners; an author where it is nobody else."""
    said = [str(_("a speaker, in a recording session"))] if form.said_by_speaker else []
    if form.learners:
        said.append(ngettext("%(count)d learner", "%(count)d learners", form.learners) % {"count": form.learners})
    return ", ".join(said) or _("found by an author")

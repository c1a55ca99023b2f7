"""What waits for authors and reviewers in the dictionary; taught entries first, for learners meet them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Min, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.admin_url_finder import AdminURLFinder

from cms.desk import ROWS, DeskLink, DeskPanel, DeskProgress, DeskRow

from .models import Entry, LostVoice
from .reviewing import RIGHT_TO_SIGN


class EntriesPanel(DeskPanel):
    """Entries in which something is missing."""

    action = gettext_lazy("Open")
    query = ""

    def is_shown(self) -> bool:
        return bool(self.request.user.has_perm("dictionary.change_entry"))

    @cached_property
    def entries(self) -> QuerySet[Entry]:
        raise NotImplementedError

    @cached_property
    def finder(self) -> AdminURLFinder:
        return AdminURLFinder(self.request.user)

    def url_of(self, entry: Entry) -> str:
        return self.finder.get_edit_url(entry) or ""

    def rows(self) -> Sequence[DeskRow]:
        return [
            DeskRow(
                title=entry.text,
                url=self.url_of(entry),
                action=str(self.action),
                gloss=entry.gloss,
                language="rml",
            )
            for entry in self.entries.prefetch_related("glosses")[:ROWS]
        ]

    def count(self) -> int:
        return self.entries.count()

    def link(self) -> DeskLink | None:
        return DeskLink(label=_("All %(count)d") % {"count": self.count()}, url=f"{listing_url()}?{self.query}")


def listing_url() -> str:
    return reverse(Entry.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]


def taught_first(entries: Any) -> Any:
    """Return the entries that lessons teach, once each, in the order in which learners meet them."""
    return (
        entries.annotate(first_taught=Min("taught_in__pk")).filter(first_taught__isnull=False).order_by("first_taught")
    )


class WithoutSourcePanel(EntriesPanel):
    name = "entries-without-source"
    title = gettext_lazy("Words without a source")
    empty = gettext_lazy("Every word says where it comes from.")
    order = 60
    query = "without_source=true"

    @cached_property
    def entries(self) -> QuerySet[Entry]:
        return Entry.objects.filter(source=None).order_by("code")


class LostVoicesPanel(EntriesPanel):
    name = "lost-voices"
    title = gettext_lazy("Voices that were taken back")
    empty = gettext_lazy("No word waits for a new voice.")
    order = 67
    query = "lost_voice=true"

    @cached_property
    def entries(self) -> QuerySet[Entry]:
        return Entry.objects.filter(lost_voice__in=LostVoice.objects.still_missing()).order_by("code")

    def is_shown(self) -> bool:
        return super().is_shown() and self.entries.exists()


class UnreviewedPanel(EntriesPanel):
    name = "unreviewed-entries"
    title = gettext_lazy("Not reviewed by a native speaker")
    empty = gettext_lazy("Every word that is taught has been reviewed.")
    action = pgettext_lazy("do it", "Review")
    order = 40
    query = "review_state=unreviewed&taught=true"

    def is_shown(self) -> bool:
        return self.may_sign or super().is_shown()

    @property
    def may_sign(self) -> bool:
        return bool(self.request.user.has_perm(RIGHT_TO_SIGN))

    def url_of(self, entry: Entry) -> str:
        return f"{reverse('review_words')}?word={entry.code}" if self.may_sign else super().url_of(entry)

    def link(self) -> DeskLink | None:
        if not self.may_sign:
            return super().link()
        return DeskLink(label=_("Open the queue: one word after the other"), url=reverse("review_words"))

    @cached_property
    def entries(self) -> QuerySet[Entry]:
        return taught_first(Entry.objects.filter(review_state=Entry.UNREVIEWED))

    def progress(self) -> DeskProgress:
        whole = Entry.objects.count()
        done = Entry.objects.filter(review_state=Entry.REVIEWED).count()
        label = _("%(done)d of %(whole)d reviewed") % {"done": done, "whole": whole}
        return DeskProgress(done=done, total=whole, label=label, remark=_("Taught words come first."))


PANELS = [UnreviewedPanel, WithoutSourcePanel, LostVoicesPanel]

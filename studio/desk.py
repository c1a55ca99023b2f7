"""What waits on the editors' desk for who works with recordings."""

from collections.abc import Sequence

from django.db.models import Min, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from wagtail.admin.admin_url_finder import AdminURLFinder

from cms.desk import ROWS, DeskLink, DeskPanel, DeskProgress, DeskRow
from dictionary.models import Entry
from media.models import Recording
from media.permissions import CHECK
from media.querysets import RecordingQuerySet

from . import links
from .checking import takes_for
from .completeness import VOICELESS, may_see, taught_voices


class TakesPanel(DeskPanel):
    """Takes that this person may check."""

    name = "takes-to-check"
    title = gettext_lazy("Takes that wait for a second listener")
    empty = gettext_lazy("Every take has been heard by a second listener.")
    action = pgettext_lazy("do it", "Listen")
    order = 36

    def is_shown(self) -> bool:
        return bool(self.request.user.has_perm(CHECK))

    @cached_property
    def waiting(self) -> RecordingQuerySet:
        return takes_for(self.request.user)

    def rows(self) -> Sequence[DeskRow]:
        return [
            DeskRow(
                title=recording.title,
                url=f"{reverse('studio_takes')}?take={recording.uuid}",
                action=str(self.action),
                remark=_remark(recording),
                language=recording.lang,
            )
            for recording in self.waiting.select_related("speaker")[:ROWS]
        ]

    def count(self) -> int:
        return self.waiting.count()

    def link(self) -> DeskLink | None:
        return DeskLink(label=_("Check all %(count)d") % {"count": self.count()}, url=reverse("studio_takes"))


def _remark(recording: Recording) -> str:
    return recording.speaker.label if recording.speaker else ""


class VoicesPanel(DeskPanel):
    """Words that lessons teach and no native speaker says yet, as learners meet them."""

    name = "native-voices"
    title = gettext_lazy("Words that wait for a native voice")
    empty = gettext_lazy("Every word that is taught has a native voice.")
    order = 42

    def is_shown(self) -> bool:
        return may_see(self.request.user)

    @cached_property
    def waiting(self) -> QuerySet[Entry]:
        taught = Entry.objects.without_native_voice().annotate(first_taught=Min("taught_in__pk"))
        return taught.filter(first_taught__isnull=False).order_by("first_taught")

    @cached_property
    def voices(self) -> tuple[int, int]:
        return taught_voices()

    def rows(self) -> Sequence[DeskRow]:
        finder = AdminURLFinder(self.request.user)
        found = []
        for entry in self.waiting.select_related("recording").prefetch_related("glosses")[:ROWS]:
            record = links.new_session(self.request.user, codes=[entry.code])
            url = record or finder.get_edit_url(entry) or links.missing(VOICELESS)
            action = pgettext("do it", "Record") if record else _("Open")
            found.append(
                DeskRow(
                    title=entry.text,
                    url=url,
                    action=action,
                    gloss=entry.gloss,
                    remark=_heard_now(entry),
                    language="rml",
                )
            )
        return found

    def count(self) -> int:
        done, whole = self.voices
        return whole - done

    def link(self) -> DeskLink | None:
        return DeskLink(label=_("What is missing"), url=reverse("studio_completeness"))

    def progress(self) -> DeskProgress | None:
        done, whole = self.voices
        label = _("%(done)d of %(whole)d have a native voice") % {"done": done, "whole": whole}
        return DeskProgress(done=done, total=whole, label=label) if whole else None


def _heard_now(entry: Entry) -> str:
    recording = entry.recording
    return _("only a synthetic voice") if recording is not None and recording.is_heard else _("nothing to hear yet")

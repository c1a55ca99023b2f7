"""What waits on the editors' desk for who works with recordings."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cms.desk import ROWS, DeskLink, DeskPanel, DeskRow
from media.models import Recording
from media.permissions import CHECK
from media.querysets import RecordingQuerySet

from .checking import takes_for


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

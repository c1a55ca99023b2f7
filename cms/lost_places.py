"""A speaker takes a voice back: which pages played it, and that authors see them until they have looked."""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Page, ReferenceIndex

from cms.desk import ROWS, DeskPanel, DeskRow
from cms.models import LostPlace
from media.models import Recording
from media.signals import losses_asked, voice_withdrawn
from media.withdrawal import Loss

NAMED = 12


def playing(recordings: Sequence[int]) -> QuerySet[Page]:
    """Return the pages that name one of the recordings themselves; those that show it with a word are not meant."""
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Recording),
        to_object_id__in=[str(pk) for pk in recordings],
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    return Page.objects.filter(pk__in=[int(key) for key in references.values_list("object_id", flat=True).distinct()])


@receiver(losses_asked, dispatch_uid="cms_losses")
def say_which_pages(recordings: Sequence[int], **kwargs: Any) -> list[Loss]:
    found = playing(recordings).order_by("path")
    count = found.count()
    if not count:
        return []
    sentence = ngettext(
        "%(count)s page plays it in its own text", "%(count)s pages play it in their own text", count
    ) % {"count": count}
    return [Loss(sentence, list(found.values_list("draft_title", flat=True)[:NAMED]))]


@receiver(voice_withdrawn, dispatch_uid="cms_note_lost_places")
def note_lost_places(recordings: Sequence[int], **kwargs: Any) -> None:
    now = timezone.now()
    LostPlace.objects.bulk_create(
        [LostPlace(page=page, withdrawn_at=now) for page in playing(recordings)],
        update_conflicts=True,
        unique_fields=["page"],
        update_fields=["withdrawn_at"],
    )


class LostPlacesPanel(DeskPanel):
    """Pages on which a recording is missing since its speaker took it back."""

    name = "lost-places"
    title = gettext_lazy("Pages that lost a recording")
    empty = gettext_lazy("No page waits for another recording.")
    order = 68

    def is_shown(self) -> bool:
        return bool(self.request.user.has_perm("media.add_consent")) and LostPlace.objects.untouched().exists()

    def rows(self) -> Sequence[DeskRow]:
        return [
            DeskRow(
                title=lost.page.get_admin_display_title(),
                url=reverse("wagtailadmin_pages:edit", args=[lost.page_id]),
                action=_("Open"),
            )
            for lost in LostPlace.objects.untouched()[:ROWS]
        ]

    def count(self) -> int:
        return LostPlace.objects.untouched().count()

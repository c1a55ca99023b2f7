"""What the desk, the editor and the list of pages say of translations that are behind."""

from collections.abc import Sequence
from typing import Any

from django.contrib.humanize.templatetags.humanize import naturaltime
from django.db.models import F
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Page

from cms.desk import ROWS, DeskLink, DeskPanel, DeskRow
from cms.hints import Hint
from cms.models import TranslationState

from . import presenting, services
from .views import behind_for, may_translate


def remark_of(state: TranslationState) -> str:
    """Say of a translation that is behind in which language, where, and since when."""
    if state.is_new:
        places = ngettext("%(count)d place to be translated", "%(count)d places to be translated", state.behind)
    else:
        places = ngettext("%(count)d place changed", "%(count)d places changed", state.behind)
    parts = [str(state.page.locale.get_display_name()), places % {"count": state.behind}]
    return " · ".join([*parts, str(naturaltime(state.behind_since))] if state.behind_since else parts)


class TranslationsPanel(DeskPanel):
    """Translations whose source says something else by now."""

    name = "translations"
    title = gettext_lazy("Translations that are behind")
    empty = gettext_lazy("Every translation is level with its original.")
    order = 58

    def is_shown(self) -> bool:
        return may_translate(self.request.user)

    @cached_property
    def behind(self) -> Any:
        return behind_for(self.request.user)

    def rows(self) -> Sequence[DeskRow]:
        return [
            DeskRow(
                title=state.page.get_admin_display_title(),
                url=reverse("translation", args=[state.page_id]),
                action=_("Bring level"),
                remark=remark_of(state),
            )
            for state in self.behind[:ROWS]
        ]

    def count(self) -> int:
        return int(self.behind.count())

    def link(self) -> DeskLink | None:
        return DeskLink(label=_("All of them"), url=reverse("translations"))


def say_how_it_stands(request: Any, page: Page, hints: list[Hint]) -> None:
    """Tell the editor of a translation what its source changed, and the editor of a source which languages lag."""
    if services.is_source(page):
        _of_source(page, hints)
        return
    found = services.standing(page, here=page)
    if found is None or not found.open:
        return
    count = len(found.open)
    if found.state and found.state.is_new:
        text = ngettext(
            "This page is being translated: %(count)d place still has text of the original.",
            "This page is being translated: %(count)d places still have text of the original.",
            count,
        )
        hint = text % {"count": count}
    else:
        text = ngettext(
            "The original has changed since, in %(count)d place: %(what)s.",
            "The original has changed since, in %(count)d places: %(what)s.",
            count,
        )
        hint = text % {"count": count, "what": ", ".join(presenting.said(found.open))}
    hints.append(Hint(hint, [(_("Compare and bring level"), reverse("translation", args=[page.pk]))]))


def _of_source(page: Page, hints: list[Hint]) -> None:
    states = TranslationState.objects.behind().filter(page__translation_key=page.translation_key)
    for state in states.exclude(page_id=page.pk):
        text = ngettext(
            "In %(language)s %(count)d place is behind this page.",
            "In %(language)s %(count)d places are behind this page.",
            state.behind,
        ) % {"language": state.page.locale.get_display_name(), "count": state.behind}
        hints.append(Hint(text, [(_("Compare"), reverse("translation", args=[state.page_id]))]))


def mark_in_listing(parent_page: Any, pages: Any, request: Any) -> Any:
    """Let the list of pages know which translations are behind; no query more."""
    return pages.annotate(_translation_behind=F("translation_state__behind"))

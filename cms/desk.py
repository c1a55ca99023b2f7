"""The editors' desk: Wagtail's dashboard, with what waits for the person who opens it.

A room puts a panel of its own there by Wagtail's hook:

    class WordsWithoutSource(DeskPanel):
        name, title, empty = "words-without-source", _("Words without a source"), _("Every word has one.")
        def rows(self): return [DeskRow(title=word.lemma, url=…, language="rml") for word in …[:ROWS]]

    @hooks.register("construct_homepage_panels")
    def show_words_without_source(request, panels):
        panels.append(WordsWithoutSource(request))
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.contrib.humanize.templatetags.humanize import naturaltime
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from accounts.models import User

ROWS = 5


@dataclass(frozen=True)
class DeskRow:
    """One thing that waits, with where to deal with it. `language` marks a title in another language."""

    title: str
    url: str
    action: str = ""
    remark: str = ""
    gloss: str = ""
    language: str = ""


@dataclass(frozen=True)
class DeskLink:
    """Where all of a panel's things are listed."""

    label: str
    url: str


@dataclass(frozen=True)
class DeskProgress:
    """How far something has come, shown as the wheel with a sentence beside it."""

    done: int
    total: int
    label: str
    remark: str = ""


class DeskPanel(Component):
    """One panel. Rooms override what they need; each method is asked once, and only if the panel is shown."""

    name = ""
    title: Any = ""
    empty: Any = gettext_lazy("Nothing waits here at the moment.")
    order = 100
    template_name = "cms/desk/panel.html"

    def __init__(self, request: HttpRequest):
        self.request = request

    def is_shown(self) -> bool:
        """Say whether this person has anything to do with it. Ask for permissions, not for groups."""
        return True

    def rows(self) -> Sequence[DeskRow]:
        """Return the first things that wait, at most `ROWS`."""
        return []

    def count(self) -> int | None:
        """Return how many wait in all, or nothing where that is not worth a number."""
        return None

    def link(self) -> DeskLink | None:
        return None

    def progress(self) -> DeskProgress | None:
        return None

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {
            "panel": self,
            "rows": self.rows()[:ROWS],
            "count": self.count(),
            "link": self.link(),
            "progress": self.progress(),
        }


class DraftsPanel(DeskPanel):
    """Pages that this person has changed and not published yet."""

    name = "drafts"
    title = gettext_lazy("My drafts")
    empty = gettext_lazy("You have no unpublished changes.")
    order = 50

    @cached_property
    def drafts(self) -> QuerySet[Page]:
        mine = Page.objects.filter(has_unpublished_changes=True, latest_revision__user=self.request.user)
        return mine.order_by("-latest_revision_created_at")

    def rows(self) -> Sequence[DeskRow]:
        return [
            DeskRow(
                title=page.get_admin_display_title(),
                url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
                action=_("Continue"),
                remark=_("%(type)s · saved %(time)s")
                % {"type": page.page_type_display_name, "time": naturaltime(page.latest_revision_created_at)},
            )
            for page in self.drafts[:ROWS]
        ]

    def count(self) -> int:
        return self.drafts.count()


class Desk(Component):
    """The greeting and all panels that rooms have registered, in one grid."""

    order = 0
    template_name = "cms/desk/desk.html"

    def __init__(self, request: HttpRequest, panels: Sequence[DeskPanel]):
        self.request = request
        self.panels = sorted((panel for panel in panels if panel.is_shown()), key=lambda panel: panel.order)

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = cast(User, self.request.user)  # nobody else gets into the admin
        return {
            "name": user.get_short_name() or user.get_username(),
            "groups": [group_label(name) for name in user.groups.values_list("name", flat=True)],
            "panels": self.panels,
            "request": self.request,
        }


GROUP_LABELS = {
    "Learners": gettext_lazy("learner"),
    "Authors": gettext_lazy("author"),
    "Native reviewers": gettext_lazy("native reviewer"),
    "Editors": gettext_lazy("editor"),
    "Coordinators": gettext_lazy("coordinator"),
    "Administrators": gettext_lazy("administrator"),
}


def group_label(name: str) -> str:
    """Return a group's name for one person in it; a group of somebody's own making keeps its name."""
    return str(GROUP_LABELS.get(name, name))

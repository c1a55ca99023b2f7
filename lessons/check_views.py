"""The report on the course in the CMS, and what the desk shows of it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.models import Page

from cms.desk import ROWS, DeskLink, DeskPanel, DeskRow
from dictionary.models import Entry

from .checking.findings import RULES, Finding
from .checking.keeping import is_outdated, newest_report
from .models import CourseReport, Exercise
from .tasks import judge_course

PER_PAGE = 50
ASKED = ("question", "empty-line", "community-text")
"""Gaps that somebody must answer in words, in the order of the course."""


def may_see(user: Any) -> bool:
    return bool(user.has_perm("lessons.change_exercise") or user.has_perm("dictionary.change_entry"))


@require_http_methods(["GET", "HEAD", "POST"])
def course_check(request: HttpRequest) -> HttpResponse:
    """Show what the judge of the course found, all rules or one; POST has it judge again."""
    if not may_see(request.user):
        return permission_denied(request)
    if request.method == "POST":
        judge_course.enqueue()
        messages.success(request, _("The course is being checked. Open this page again in a moment."))
        return redirect("course_check")
    report = newest_report()
    rule = request.GET.get("rule", "")
    rule = rule if rule in RULES else ""
    found = [one for one in report.findings if one["rule"] == rule] if report else []
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page_title": _("Check of the course"),
        "header_icon": "tasks",
        "report": report,
        "is_outdated": report is not None and is_outdated(report),
        "rule": rule,
        "rule_title": RULES[rule][1] if rule else "",
        "rules": rules_with_counts(report) if report else [],
        "page": page,
        "rows": shown(list(page.object_list)),
    }
    return render(request, "lessons/admin/course_check.html", context)


def rules_with_counts(report: CourseReport) -> list[dict[str, Any]]:
    """Return every rule with how often it found something, in the order in which to take them."""
    counted = Counter(one["rule"] for one in report.findings)
    return [
        {"rule": rule, "title": title, "count": counted[rule], "fails": kind == "error"}
        for rule, (kind, title, _message) in RULES.items()
        if counted[rule] or kind == "error"
    ]


def shown(findings: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """Return place, message and address of findings as people read them; two queries at most."""
    pages = Page.objects.in_bulk([one["target"][1] for one in findings if (one["target"] or [""])[0] == "page"])
    return [
        {
            "message": Finding(one["rule"], one["place"], one["values"]).message,
            "place": _place(one, pages),
            "url": _address(one["target"]),
        }
        for one in findings
    ]


def _place(one: dict[str, Any], pages: dict[int, Page]) -> str:
    kind, pk = one["target"] or ("", 0)
    head, _colon, where = one["place"].partition(": ")
    title = pages[pk].title if kind == "page" and pk in pages else head
    return f"{title}: {where}" if where else title


def _address(target: list[Any] | None) -> str:
    kind, pk = target or ("", 0)
    if kind == "page":
        return reverse("wagtailadmin_pages:edit", args=[pk])
    models: dict[str, Any] = {"exercise": Exercise, "entry": Entry}
    return reverse(models[kind].snippet_viewset.get_url_name("edit"), args=[pk]) if kind in models else ""


class _ReportPanel(DeskPanel):
    """A part of the newest report."""

    action = gettext_lazy("Open")

    def is_shown(self) -> bool:
        return may_see(self.request.user)

    @cached_property
    def found(self) -> list[dict[str, Any]]:
        report = newest_report()
        return [one for one in report.findings if self.takes(one["rule"])] if report else []

    def takes(self, rule: str) -> bool:
        raise NotImplementedError

    def rows(self) -> Sequence[DeskRow]:
        return [
            DeskRow(title=row["message"], url=row["url"], action=str(self.action), remark=row["place"])
            for row in shown(self.found[:ROWS])
        ]

    def count(self) -> int:
        return len(self.found)


class QuestionsPanel(_ReportPanel):
    """What only native speakers and the community can tell, in the order of the course."""

    name = "questions"
    title = gettext_lazy("Questions to native speakers")
    empty = gettext_lazy("No lesson waits for an answer.")
    order = 42

    def takes(self, rule: str) -> bool:
        return rule in ASKED

    def link(self) -> DeskLink | None:
        return DeskLink(label=_("All %(count)d") % {"count": self.count()}, url=reverse("course_check"))


class CourseCheckPanel(_ReportPanel):
    """What in the course is not as it should be."""

    name = "course-check"
    title = gettext_lazy("The course needs a hand here")
    empty = gettext_lazy("The last check found nothing.")
    order = 45

    def takes(self, rule: str) -> bool:
        return RULES[rule][0] == "error" if rule in RULES else False

    def link(self) -> DeskLink | None:
        return DeskLink(label=_("The whole check"), url=reverse("course_check"))

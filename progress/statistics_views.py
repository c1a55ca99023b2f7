"""Item statistics in the CMS, for authors. No view here names a learner, or shows what fewer than five answered."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.auth import permission_denied

from lessons.editing import WRITE_ABOUT
from lessons.known_wrong import is_writable, takes_known_wrong
from lessons.models import Exercise

from .appeals import propose_form
from .item_statistics import FEWEST_ATTEMPTS, FEWEST_IN_A_GROUP
from .reports import MOST_ATTEMPTS, ItemReport, answered_exercises, contested_of, report_of, reports

PER_PAGE = 25


def _may_see(request: HttpRequest) -> bool:
    return request.user.has_perm("lessons.change_exercise")


@require_http_methods(["GET", "HEAD"])
def all_exercises(request: HttpRequest) -> HttpResponse:
    """List how the exercises work that learners have met, the most asked first."""
    if not _may_see(request):
        return permission_denied(request)
    page = Paginator(answered_exercises(), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page_title": _("How the exercises work"),
        "header_icon": "order",
        "breadcrumbs_items": [_list_step()],
        "page": page,
        "rows": reports(list(page.object_list)),
        **_limits(),
    }
    return render(request, "progress/admin/item_reports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def exercise(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how one exercise works; POST sends a frequent answer to the reviewers, as an appeal would."""
    if not _may_see(request):
        return permission_denied(request)
    found = get_object_or_404(Exercise, pk=pk)
    report = report_of(found)
    if request.method == "POST":
        return _propose(request, report, request.POST.get("form", ""))
    edit_url = AdminURLFinder(request.user).get_edit_url(found)
    context = {
        "page_title": found.title,
        "header_icon": "order",
        "breadcrumbs_items": [_list_step(), {"url": "", "label": found.title}],
        "report": report,
        "may_propose": request.user.has_perm("progress.add_appealedform"),
        "forms": _forms_of(report),
        "may_regrade": request.user.has_perm("progress.add_regrading"),
        "edit_url": edit_url,
        "write_about": _addresses_to_write(report, edit_url),
        **_limits(),
    }
    return render(request, "progress/admin/item_report.html", context)


def _addresses_to_write(report: ItemReport, edit_url: str | None) -> dict[str, str]:
    """Return for each shown answer that an author can say something about where that is done."""
    if not edit_url or not takes_known_wrong(report.exercise):
        return {}
    answers = [one.answer for one in report.wrong if is_writable(one.answer)]
    return {answer: f"{edit_url}?{urlencode({WRITE_ABOUT: answer})}" for answer in answers}


def _forms_of(report: ItemReport) -> set[str]:
    """Return those of the shown answers that are typed forms, so that a reviewer could accept them."""
    if not report.wrong:
        return set()
    first = report.wrong[0].answer
    return {one.answer for one in report.wrong} if contested_of(report.exercise, first) else set()


def _propose(request: HttpRequest, report: ItemReport, written: str) -> HttpResponse:
    if not request.user.has_perm("progress.add_appealedform"):
        return permission_denied(request)
    is_shown = any(one.answer == written for one in report.wrong)
    contested = contested_of(report.exercise, written) if is_shown else None
    if contested is None:
        messages.error(request, _("This answer is not among those shown."))
        return redirect("item_report", report.exercise.pk)
    form = propose_form(contested=contested)
    return redirect("appeal_decide", form.uuid)


def _list_step() -> dict[str, str]:
    return {"url": reverse("item_reports"), "label": _("How the exercises work")}


def _limits() -> dict[str, Any]:
    return {"fewest": FEWEST_ATTEMPTS, "group": FEWEST_IN_A_GROUP, "most": MOST_ATTEMPTS}

"""What this room shows in the CMS: the reviewers' queue. No view here names a learner."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.auth import permission_denied

from lessons.models import Exercise

from .admin_forms import DecisionForm
from .appeals import accept_form, decline_form, others_written, with_counts
from .models import AppealedForm
from .regrading import preview, targets_of_exercise
from .tasks import regrade_exercise

PER_PAGE = 50
FAULTY = 400


@require_http_methods(["GET", "HEAD"])
def appeals(request: HttpRequest) -> HttpResponse:
    """List the forms that learners say are right: those that wait, or those that were decided."""
    if not request.user.has_perm("progress.view_appealedform"):
        return permission_denied(request)
    states = dict(AppealedForm.STATUSES)
    state = request.GET.get("state", "")
    state = state if state in states else AppealedForm.OPEN
    found = with_counts().filter(status=state).prefetch_related("entry__glosses").order_by("-learners", "-id")
    context = {
        "page_title": _("Answers that learners say should count"),
        "header_icon": "help",
        "breadcrumbs_items": trail(),
        "state": state,
        "states": list(states.items()),
        "rows": Paginator(found, PER_PAGE).get_page(request.GET.get("p")),
        "may_decide": request.user.has_perm("progress.change_appealedform"),
    }
    return render(request, "progress/admin/appeals.html", context)


def trail(*steps: dict[str, str]) -> list[dict[str, str]]:
    """Return the path above a page of the queue."""
    return [{"url": reverse("appeals"), "label": _("Answers that learners say should count")}, *steps]


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show one form with all that helps to decide; POST decides."""
    if not request.user.has_perm("progress.view_appealedform"):
        return permission_denied(request)
    form = get_object_or_404(with_counts().select_related("decided_by"), uuid=uuid)
    if request.method != "POST":
        return _decide_page(request, form, DecisionForm(appealed=form))
    if not request.user.has_perm("progress.change_appealedform"):
        return permission_denied(request)
    decision = DecisionForm(request.POST, appealed=form)
    if not decision.is_valid():
        return _decide_page(request, form, decision)
    try:
        _carry_out(request, form, decision.cleaned_data)
    except ValidationError as error:
        decision.add_error(None, error)
        return _decide_page(request, form, decision)
    return redirect("appeals")


@require_http_methods(["GET", "HEAD", "POST"])
def regrade(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what an exercise's published key would change in earlier results; POST judges the answers again."""
    if not request.user.has_perm("progress.add_regrading"):
        return permission_denied(request)
    exercise = get_object_or_404(Exercise, pk=pk)
    targets = targets_of_exercise(exercise) if exercise.live else {}
    if request.method == "POST" and targets:
        regrade_exercise.enqueue(exercise.pk, request.user.pk)
        messages.success(request, _("The answers are being judged again. Learners whose result changes are told."))
        return redirect("exercise_regrade", exercise.pk)
    title = _("Judge answers again: %(exercise)s") % {"exercise": exercise.title}
    context = {
        "page_title": title,
        "header_icon": "rotate",
        "breadcrumbs_items": [bank_step(), {"url": "", "label": title}],
        "exercise": exercise,
        "preview": preview(targets) if targets else None,
        "edit_url": AdminURLFinder(request.user).get_edit_url(exercise),
    }
    return render(request, "progress/admin/regrade.html", context)


def bank_step() -> dict[str, str]:
    """Return the step of a page's path that leads to the exercise bank."""
    name = Exercise.snippet_viewset.get_url_name("list")  # type: ignore[attr-defined]
    return {"url": reverse(name), "label": _("Exercises")}


def _carry_out(request: HttpRequest, form: AppealedForm, data: dict[str, Any]) -> None:
    if request.POST.get("decision") == "accept":
        variety = data["variety"] or (form.entry.variety if form.entry else None)
        accept_form(form=form, by=request.user, spelling=data["form"], variety=variety, note=data["note"])
        messages.success(request, _("“%(form)s” counts from now on, for earlier answers too.") % {"form": data["form"]})
        return
    decline_form(form=form, by=request.user, note=data["note"])
    messages.success(request, _("Kept. The learners will read your words."))


def _decide_page(request: HttpRequest, form: AppealedForm, decision: DecisionForm) -> HttpResponse:
    title = _("“%(written)s” instead of “%(expected)s”") % {"written": form.written, "expected": form.expected}
    context = {
        "page_title": title,
        "header_icon": "help",
        "breadcrumbs_items": trail({"url": "", "label": title}),
        "appealed": form,
        "form": decision,
        "others": others_written(form),
        "may_decide": request.user.has_perm("progress.change_appealedform") and not form.is_accepted,
    }
    return render(request, "progress/admin/decide.html", context, status=FAULTY if decision.errors else 200)

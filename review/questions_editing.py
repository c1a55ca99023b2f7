"""The editors' page of answers: what reviewers have told, by lesson, and what becomes of it."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Page as PageOfRows
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied

from lessons.models import LessonPage

from .models import Answer
from .questions import FIRST_LANGUAGE, Question, still_asked, titles_of
from .questions_dialogue import put_into_dialogue
from .questions_services import LONGEST_FORM, LONGEST_REASON, AnswerDecidedMeanwhile, set_aside, take_over

PERMISSION = "review.change_answer"
PER_PAGE = 25
FAULTY = 400


@dataclass
class Row:
    """One answer with what an editor needs beside it."""

    answer: Answer
    lesson: Any
    question: Question | None
    romani: str = ""
    reason: str = ""
    faults: dict[str, list[str]] = field(default_factory=dict)

    @property
    def editor(self) -> str:
        """Return where the lesson is written, at the block if it is still there."""
        if self.lesson is None:
            return ""
        at = f"#:w:contentpath={self.question.path}" if self.question else ""
        return reverse("wagtailadmin_pages:edit", args=[self.lesson.pk]) + at

    @property
    def is_empty_line(self) -> bool:
        return self.question is not None and self.question.kind == Answer.LINE


@never_cache
@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """List answers in the order of the course: those that wait, or by what became of them."""
    if not request.user.has_perm(PERMISSION):
        return permission_denied(request)
    return _page(request)


@require_POST
def decide_answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take an answer over (`taken`), put it into its dialogue (`dialogue`) or set it aside (`aside`)."""
    if not request.user.has_perm(PERMISSION):
        return permission_denied(request)
    answer = get_object_or_404(Answer, pk=pk)
    action = request.POST.get("action", "")
    try:
        if action == "dialogue":
            entry = put_into_dialogue(answer=answer, by=request.user, romani=request.POST.get("romani", ""))
            messages.success(
                request,
                _("“%(phrase)s” stands in the drafts of the lesson. Look at them and publish.")
                % {"phrase": entry.text},
            )
        elif action == "taken":
            take_over(answer=answer, by=request.user)
            messages.success(request, _("Marked as taken over. The reviewer sees it."))
        else:
            set_aside(answer=answer, by=request.user, reason=request.POST.get("reason", ""))
            messages.success(request, _("Set aside. The reviewer sees why."))
    except AnswerDecidedMeanwhile as meanwhile:
        state = meanwhile.answer.get_state_display()
        messages.warning(
            request, _("Somebody else has decided about this answer meanwhile: %(state)s.") % {"state": state}
        )
    except ValidationError as error:
        faults = error.message_dict if hasattr(error, "error_dict") else {"whole": error.messages}
        return _page(request, answer, faults)
    page = request.POST.get("p", "")
    return redirect(reverse("review_answers") + (f"?p={page}" if page.isascii() and page.isdigit() else ""))


def _page(request: HttpRequest, faulty: Answer | None = None, faults: Any = None) -> HttpResponse:
    data = request.POST if faulty is not None else request.GET
    states = dict(Answer.STATES)
    state = data.get("state", "") if faulty is None else Answer.ANSWERED
    state = state if state in states else Answer.ANSWERED
    rows = Paginator(_in_order(state), PER_PAGE).get_page(data.get("p"))
    title = _("Answers of native reviewers")
    context = {
        "page_title": title,
        "header_icon": "help",
        "breadcrumbs_items": [
            {"url": reverse("review_home"), "label": _("Native review")},
            {"url": "", "label": title},
        ],
        "state": state,
        "states": list(states.items()),
        "rows": rows,
        "answers": _rows(rows, data, faulty, faults),
        "longest_reason": LONGEST_REASON,
        "longest_form": LONGEST_FORM,
    }
    return render(request, "review/admin/answers.html", context, status=FAULTY if faults else 200)


def _in_order(state: str) -> Any:
    """Return answers in the order of the course; those about lessons that are gone come last."""
    pages = LessonPage.objects.filter(translation_key=OuterRef("lesson"), locale__language_code=FIRST_LANGUAGE)
    found = Answer.objects.filter(state=state).select_related("by", "decided_by", "entry")
    found = found.annotate(path=Subquery(pages.order_by("path").values("path")[:1]))
    return found.order_by("path", "digest", "said_on", "pk")


def _rows(page: PageOfRows, data: Any, faulty: Answer | None, faults: Any) -> list[Row]:
    shown = list(page)
    if faulty is not None and all(one.pk != faulty.pk for one in shown):
        shown.insert(0, faulty)
    lessons, asked = titles_of(one.lesson for one in shown), still_asked(shown)
    rows = [Row(one, lessons.get(one.lesson), asked.get(one.pk), romani=_form_of(one)) for one in shown]
    for row in rows:
        if faulty is not None and row.answer.pk == faulty.pk:
            row.romani, row.reason = data.get("romani", row.romani), data.get("reason", "")
            row.faults = faults or {}
    return rows


def _form_of(answer: Answer) -> str:
    """Return the form to put into the dialogue: the one that was given as such, else a short answer itself."""
    is_short = len(answer.text) <= LONGEST_FORM and "\n" not in answer.text
    return answer.romani or (answer.text if is_short else "")

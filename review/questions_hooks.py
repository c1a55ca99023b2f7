"""Wiring of questions and answers: addresses, the room's first page, the desk."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail import hooks

from cms.desk import ROWS, DeskLink, DeskPanel, DeskRow

from . import questions_editing, questions_views
from .lessons import PERMISSION
from .models import Answer
from .parts import HOOK, Part
from .questions import Question, queue_for, titles_of
from .questions_views import address_of


@hooks.register("register_admin_urls")
def question_addresses() -> list[URLPattern]:
    return [
        path("review/questions/", questions_views.questions, name="review_questions"),
        path("review/questions/mine/", questions_views.my_answers, name="review_my_answers"),
        path(
            "review/questions/<uuid:lesson>/<slug:digest>/<str:place>/",
            questions_views.question,
            name="review_question",
        ),
        path("review/answers/", questions_editing.answers, name="review_answers"),
        path("review/answers/<int:pk>/", questions_editing.decide_answer, name="review_answer"),
    ]


@hooks.register(HOOK)
def offer_questions(request: HttpRequest, parts: list[Part]) -> None:
    """Offer the questions. They are counted only where the number is shown: every page of the CMS asks for parts."""
    if request.user.has_perm(PERMISSION):
        parts.append(
            Part(
                name="questions",
                title=_("Questions"),
                text=_("What no book tells: how something is said, or a line that is missing in a dialogue."),
                url=reverse("review_questions"),
                count=lambda: len(queue_for(request.user)),
                order=30,
            )
        )
    if request.user.has_perm(questions_editing.PERMISSION):
        parts.append(
            Part(
                name="answers",
                title=_("Answers of native reviewers"),
                text=_("What reviewers have told, to be taken over into the lessons."),
                url=reverse("review_answers"),
                count=Answer.objects.waiting().count,
                order=60,
            )
        )


class ReviewerQuestionsPanel(DeskPanel):
    """What lessons ask native speakers, each leading to its place in the queue.

    It stands where authors see the same questions leading to their lessons.
    """

    name = "questions"
    title = gettext_lazy("Questions to native speakers")
    empty = gettext_lazy("No lesson waits for an answer.")
    order = 13

    @cached_property
    def waiting(self) -> list[Question]:
        return queue_for(self.request.user)

    def rows(self) -> Sequence[DeskRow]:
        return [
            DeskRow(title=one.text, url=address_of(one), action=pgettext("what to do", "Answer"), remark=one.title)
            for one in self.waiting[:ROWS]
        ]

    def count(self) -> int:
        return len(self.waiting)

    def link(self) -> DeskLink:
        return DeskLink(label=_("What you have answered"), url=reverse("review_my_answers"))


class AnswersPanel(DeskPanel):
    """What reviewers have told and no editor has decided about."""

    name = "review-answers"
    title = gettext_lazy("Answers of native reviewers")
    empty = gettext_lazy("No answer waits for an editor.")
    order = 41

    def is_shown(self) -> bool:
        return bool(self.request.user.has_perm(questions_editing.PERMISSION))

    def rows(self) -> Sequence[DeskRow]:
        waiting = list(Answer.objects.waiting()[:ROWS])
        lessons = titles_of(one.lesson for one in waiting)
        address = reverse("review_answers")
        return [
            DeskRow(
                title=one.text[:80],
                url=f"{address}#answer-{one.pk}",
                action=_("Look"),
                remark=lessons[one.lesson].title if one.lesson in lessons else "",
            )
            for one in waiting
        ]

    def count(self) -> int:
        return Answer.objects.waiting().count()

    def link(self) -> DeskLink:
        return DeskLink(label=_("All answers"), url=reverse("review_answers"))


@hooks.register("construct_homepage_panels", order=500)
def show_questions_and_answers(request: HttpRequest, panels: list[Any]) -> None:
    """Let reviewers answer from the desk; they see the questions once, not also as authors do."""
    if request.user.has_perm(PERMISSION):
        panels[:] = [one for one in panels if getattr(one, "name", "") != ReviewerQuestionsPanel.name]
        panels.append(ReviewerQuestionsPanel(request))
    panels.append(AnswersPanel(request))

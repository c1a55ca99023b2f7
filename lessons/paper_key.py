"""A quiz on paper with its answers, for authors: an address of the CMS, which nobody else may open or keep."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from .definitions import askable
from .exercises import types
from .exercises.base import Definition, in_language
from .models import Quiz
from .paper import sheets_of_quiz

PERMISSION = "lessons.change_exercise"
ROUTE = "quiz-on-paper"


@never_cache
def quiz_on_paper(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show a quiz as it is printed and, on a page of its own, what is right."""
    if not request.user.has_perm(PERMISSION):  # type: ignore[union-attr]
        raise PermissionDenied
    quiz = get_object_or_404(Quiz, uuid=uuid)
    language = get_language() or "lv"
    answers = [right_answers(definition, language) for _exercise, definition in askable(quiz.live_exercises())]
    return render(request, "lessons/paper_key.html", {"quiz": quiz, "sheets": sheets_of_quiz(quiz), "answers": answers})


def right_answers(definition: Definition, language: str) -> list[dict[str, Any]]:
    """Return what is right, line by line: each the Romani, what it means, or both."""
    solution = types()[definition["type"]].solution(definition)
    if "pairs" in solution:
        lines = [(pair["romani"], pair["meaning"]) for pair in solution["pairs"]]
    elif "all" in solution:
        lines = [(text.get("rml", ""), {} if "rml" in text else text) for text in solution["all"]]
    else:
        lines = [(solution["romani"], solution["meaning"])]
    return [{"romani": romani, "meaning": in_language(meaning, language)} for romani, meaning in lines]


@hooks.register("register_admin_urls")
def paper_urls() -> list[Any]:
    return [path("lessons/paper/<uuid:uuid>/", quiz_on_paper, name=ROUTE)]


@hooks.register("register_snippet_listing_buttons")
def paper_button(snippet: Any, user: Any, next_url: str | None = None) -> Any:
    """Offer the paper beside each quiz in the list of quizzes."""
    if isinstance(snippet, Quiz) and user.has_perm(PERMISSION):
        address = reverse(ROUTE, args=[snippet.uuid])
        yield Button(_("On paper, with answers"), address, priority=30, icon_name="doc-full")

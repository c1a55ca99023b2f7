"""Try an exercise out while it is being written: answers are judged by the draft in the author's editor.

Wagtail keeps what stands in the editor's form for its preview, for each author alone. That is read here, saved
or not. Nothing is written and nothing counts; a verdict is all that leaves.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from .another_word import with_other_words
from .definitions import askable
from .exercises import types
from .exercises.base import Definition
from .feedback import result
from .grading import Grade
from .models import Exercise
from .services import grade_alone, grade_answer

LANGUAGES = ("lv", "en")
MOST_LINES = 20
LONGEST_LINE = 500


def draft_of(request: HttpRequest, pk: int | None) -> tuple[Exercise, Definition]:
    """Return the exercise as this author's editor has it now, and its definition; `pk` is None for a new one.

    Raises Http404 for everyone who may not change (or add) exercises, and ValidationError where the editor's
    form cannot be asked yet.
    """
    view = _preview_view(request, pk)
    state = view._get_form_state()
    if state is None:
        raise ValidationError({"answer": _("Nothing is known of your draft here. Change something in the editor.")})
    form = view.get_form(view._get_form_data(state))
    if view.validate_form(form):
        form.save(commit=False)
        for exercise, definition in askable([form.instance]):
            return exercise, definition
    raise ValidationError({"answer": _("The exercise cannot be asked yet: a word or another part of it is missing.")})


def _preview_view(request: HttpRequest, pk: int | None) -> Any:
    """Return Wagtail's view that shows the author's preview: it knows whose form to read, and how."""
    user = request.user
    right = "lessons.add_exercise" if pk is None else "lessons.change_exercise"
    if not (user.is_active and user.has_perm("wagtailadmin.access_admin") and user.has_perm(right)):
        raise Http404
    viewset = Exercise.snippet_viewset  # type: ignore[attr-defined]
    served = viewset.preview_on_add_view if pk is None else viewset.preview_on_edit_view
    view = served.view_class(**served.view_initkwargs)
    try:
        view.setup(request, **({} if pk is None else {"pk": str(pk)}))
    except PermissionDenied as error:
        raise Http404 from error
    return view


def takes_lines(definition: Definition) -> bool:
    """Say whether answers to the exercise are typed, so that several can be tried at once."""
    return types()[definition["type"]].answer_from_line(definition, "") is not None


def judge(exercise: Exercise, definition: Definition, answer: Any, language: str) -> dict[str, Any]:
    """Return the verdict on one answer, as a learner would see it in `language`."""
    with translation.override(language):
        grade = grade_answer(definition, answer)
    return result(definition, grade.as_dict(), language, exercise.own_feedback)


def judge_lines(exercise: Exercise, definition: Definition, text: str) -> list[dict[str, Any]]:
    """Return for each line of `text` its verdict in every language, or what is wrong with it."""
    if not takes_lines(definition):
        raise ValidationError({"answers": _("Answers to this exercise are not typed. Try it out above.")})
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise ValidationError({"answers": _("Write at least one answer.")})
    if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
        message = _("Please write at most %(lines)d answers of at most %(letters)d characters each.")
        raise ValidationError({"answers": message % {"lines": MOST_LINES, "letters": LONGEST_LINE}})
    judged = [_grade_line(definition, line) for line in lines]
    grades = iter(with_other_words(definition, [one for one in judged if isinstance(one, Grade)]))
    return [
        {"written": line}
        | ({"fault": one} if isinstance(one, str) else {"results": _results(exercise, definition, next(grades))})
        for line, one in zip(lines, judged, strict=True)
    ]


def _grade_line(definition: Definition, line: str) -> Grade | str:
    """Return the grade of a line, or what is wrong with it."""
    try:
        return grade_alone(definition, types()[definition["type"]].answer_from_line(definition, line))
    except ValidationError as error:
        return " ".join(error.messages)


def _results(exercise: Exercise, definition: Definition, grade: Grade) -> dict[str, Any]:
    found = grade.as_dict()
    return {language: result(definition, found, language, exercise.own_feedback) for language in LANGUAGES}

"""Lessons, exercises and quizzes over HTTP. No key ever leaves before an answer."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cms.caching import cacheable

from ..querysets import visible_exercises, visible_lessons, visible_quizzes
from ..services import check_answer, quiz_rules, shown_exercises
from .serializers import CheckSerializer, LessonSerializer, QuizSerializer, ResultSerializer


def one_or_404(queryset: Any, **lookup: Any) -> Any:
    found = queryset.filter(**lookup).first()
    if found is None:
        raise Http404
    return found


@method_decorator(cacheable, name="dispatch")
class LessonView(APIView):
    """One lesson with its parts, in the language of the request."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []

    @extend_schema(responses=LessonSerializer)
    def get(self, request: Request, key: UUID) -> Response:
        lessons = visible_lessons(get_language() or "lv").select_related("locale", "quiz")
        lesson = one_or_404(lessons, translation_key=key)
        return Response(LessonSerializer(lesson, context={"request": request}).data)


class CheckView(APIView):
    """Judge one answer and keep nothing. Open to visitors: nobody is asked who they are."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []

    @extend_schema(request=CheckSerializer, responses=ResultSerializer)
    def post(self, request: Request, uuid: UUID) -> Response:
        exercise = one_or_404(visible_exercises(), uuid=uuid)
        given = CheckSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(ResultSerializer(check_answer(exercise, given.validated_data["answer"])).data)


@method_decorator(cacheable, name="dispatch")
class QuizView(APIView):
    """One quiz: what counts, and its exercises without keys."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []

    @extend_schema(responses=QuizSerializer)
    def get(self, request: Request, uuid: UUID) -> Response:
        quiz = one_or_404(visible_quizzes(), uuid=uuid)
        shown = [one for _, one in shown_exercises(quiz.live_exercises(), count=True)]
        return Response(QuizSerializer(quiz_rules(quiz) | {"exercises": shown}).data)

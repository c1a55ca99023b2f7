"""One exercise as a page; and what the authors' tools ask over HTTP, where everybody else finds nothing."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views import View
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.serializers import StrictSerializer
from cms.caching import cacheable

from .api.serializers import CheckSerializer, ResultSerializer
from .querysets import visible_exercises
from .services import shown_exercises
from .tryout import LANGUAGES, draft_of, judge, judge_lines


@method_decorator(cacheable, name="dispatch")
class ExercisePageView(View):
    """One exercise to practise, by itself. A lesson fetches a long one from here, or leads here without a script."""

    def get(self, request: HttpRequest, uuid: UUID) -> TemplateResponse:
        shown = shown_exercises(visible_exercises().filter(uuid=uuid))
        if not shown:
            raise Http404
        return TemplateResponse(request, "lessons/exercise_page.html", {"exercise": shown[0][1]})


class LinesSerializer(StrictSerializer):
    """Typed answers to try, one in each line."""

    answers = serializers.CharField(allow_blank=True, max_length=20_000, trim_whitespace=False)


@extend_schema(exclude=True)
class _TryOut(APIView):
    """For authors in the editor's preview, who are signed in by session; who may not is told nothing."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = [SessionAuthentication]


class TryOutView(_TryOut):
    """Judge one answer by the author's draft, as a learner's would be."""

    def post(self, request: Request, pk: int | None = None) -> Response:
        exercise, definition = draft_of(request._request, pk)
        given = CheckSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        language = request.query_params.get("language", "")
        language = language if language in LANGUAGES else LANGUAGES[0]
        found = judge(exercise, definition, given.validated_data["answer"], language)
        return Response(ResultSerializer(found).data)


class TryOutLinesView(_TryOut):
    """Judge several typed answers by the author's draft, in every language."""

    def post(self, request: Request, pk: int | None = None) -> Response:
        exercise, definition = draft_of(request._request, pk)
        given = LinesSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return Response({"answers": judge_lines(exercise, definition, given.validated_data["answers"])})

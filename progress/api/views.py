"""What a learner does, over HTTP. Somebody else's id answers exactly like an unknown one."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from lessons.models import LessonPage
from lessons.querysets import visible_quizzes

from ..appeals import appeal_answer
from ..hints import open_hint
from ..models import Attempt, CourseProgress, LessonProgress
from ..querysets import attempts_of, notices_of
from ..services import (
    answer_exercise,
    close_all_over,
    close_when_over,
    record_lesson_progress,
    see_notices,
    start_attempt,
    submit_attempt,
)
from ..shown import kept_answer, quiz_standings, shown_appealed, shown_attempt, shown_notices
from . import serializers as shapes

MOST_NOTICES = 20
MOST_ATTEMPTS = 1000
"""Attempts looked at for the standings of a learner; the newest."""


@method_decorator(never_cache, name="dispatch")
class PersonalView(APIView):
    """Base of the views below: signed in, never cached."""

    def attempt_or_404(self, uuid: UUID) -> Attempt:
        attempt = attempts_of(self.request.user).filter(uuid=uuid).first()
        if attempt is None:
            raise Http404
        return attempt

    def read(self, shape: type[Any], data: Any) -> dict[str, Any]:
        given = shape(data=data)
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)


class AttemptListView(PersonalView):
    """Start an attempt at a quiz, under the client's own id."""

    @extend_schema(
        request=shapes.StartSerializer,
        responses={
            201: shapes.AttemptSerializer,
            200: OpenApiResponse(shapes.AttemptSerializer, description="The attempt was there already."),
        },
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        given = self.read(shapes.StartSerializer, request.data)
        quiz = visible_quizzes().filter(uuid=uuid).first()
        if quiz is None:
            raise Http404
        attempt, made = start_attempt(user=request.user, quiz=quiz, attempt_id=given["id"])
        attempt = close_when_over(attempt=attempt)
        return Response(shapes.AttemptSerializer(shown_attempt(attempt)).data, status=201 if made else 200)


class AttemptView(PersonalView):
    """One attempt of the learner."""

    @extend_schema(responses=shapes.AttemptSerializer)
    def get(self, request: Request, uuid: UUID) -> Response:
        attempt = close_when_over(attempt=self.attempt_or_404(uuid))
        return Response(shapes.AttemptSerializer(shown_attempt(attempt)).data)


class ResponseView(PersonalView):
    """Keep one answer. Sending it again changes nothing and gets the same reply."""

    @extend_schema(request=shapes.AnswerSerializer, responses=shapes.KeptAnswerSerializer)
    def put(self, request: Request, uuid: UUID, exercise: UUID) -> Response:
        given = self.read(shapes.AnswerSerializer, request.data)
        kept = answer_exercise(
            user=request.user,
            attempt=uuid,
            exercise=exercise,
            answer=given["answer"],
            client_id=given.get("id"),
            device_time=given.get("device_time"),
        )
        return Response(shapes.KeptAnswerSerializer(kept_answer(kept)).data)


class SubmitView(PersonalView):
    """Close the attempt and count it. A second call gets the same."""

    @extend_schema(request=shapes.SubmitSerializer, responses=shapes.AttemptSerializer)
    def post(self, request: Request, uuid: UUID) -> Response:
        self.read(shapes.SubmitSerializer, request.data)
        attempt = submit_attempt(attempt=self.attempt_or_404(uuid))
        return Response(shapes.AttemptSerializer(shown_attempt(attempt)).data)


class HintView(PersonalView):
    """Ask for a hint that costs. A second call changes nothing; after the answer that counts it costs nothing."""

    @extend_schema(request=shapes.EmptySerializer, responses=shapes.OpenedHintSerializer)
    def put(self, request: Request, uuid: UUID, exercise: UUID, number: int) -> Response:
        self.read(shapes.EmptySerializer, request.data)
        item, hints = open_hint(user=request.user, attempt=uuid, exercise=exercise, number=number)
        return Response(shapes.OpenedHintSerializer({"item": item, "hints": hints}).data)


class AppealView(PersonalView):
    """Say that the answer that counts should be right. A native reviewer decides; a second call changes nothing."""

    @extend_schema(request=shapes.EmptySerializer, responses=shapes.AppealSerializer)
    def post(self, request: Request, uuid: UUID, exercise: UUID) -> Response:
        self.read(shapes.EmptySerializer, request.data)
        appealed = appeal_answer(user=request.user, attempt=uuid, exercise=exercise)
        return Response(shapes.AppealSerializer(shown_appealed(appealed)).data)


class SeenView(PersonalView):
    """Keep that the learner has seen what is new about an attempt. A second call changes nothing."""

    @extend_schema(request=shapes.EmptySerializer, responses={204: None})
    def post(self, request: Request, uuid: UUID) -> Response:
        self.read(shapes.EmptySerializer, request.data)
        see_notices(attempt=self.attempt_or_404(uuid))
        return Response(status=204)


class ProgressView(PersonalView):
    """All progress of the learner."""

    @extend_schema(responses=shapes.ProgressSerializer)
    def get(self, request: Request) -> Response:
        user: Any = request.user
        attempts = close_all_over(attempts=attempts_of(user).order_by("-id")[:MOST_ATTEMPTS])[::-1]
        return Response(
            shapes.ProgressSerializer(
                {
                    "courses": CourseProgress.objects.filter(user=user).order_by("id"),
                    "lessons": LessonProgress.objects.filter(user=user).order_by("id"),
                    "quizzes": quiz_standings(attempts),
                    "notices": shown_notices(list(notices_of(user)[:MOST_NOTICES])),
                }
            ).data
        )


class LessonProgressView(PersonalView):
    """Keep where the learner is in a lesson."""

    @extend_schema(request=shapes.LessonProgressInputSerializer, responses=shapes.LessonProgressSerializer)
    def put(self, request: Request, key: UUID) -> Response:
        given = self.read(shapes.LessonProgressInputSerializer, request.data)
        lessons = list(LessonPage.objects.live().public().filter(translation_key=key).select_related("quiz"))
        if not lessons:
            raise Http404
        lesson = next((one for one in lessons if _has(one, given)), lessons[0])
        progress = record_lesson_progress(user=request.user, lesson=lesson, block=given["block"], done=given["done"])
        return Response(shapes.LessonProgressSerializer(progress).data)


def _has(lesson: LessonPage, given: dict[str, Any]) -> bool:
    """Say whether these parts are of this language's page: each translation has its own."""
    return {section.id for section in lesson.sections} >= ({given["block"]} - {""}) | set(given["done"])

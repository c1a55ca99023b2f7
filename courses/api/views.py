"""Courses over HTTP: public, the same for everyone; nobody is asked who they are, so every cache may keep them."""

from typing import Any

from django.http import Http404
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cms.caching import cacheable

from ..models import CoursePage
from ..outline import outline
from .serializers import CourseDetailSerializer, CourseSerializer


def visible_courses() -> Any:
    """Return the published courses in the language of the request."""
    language = get_language() or "lv"
    found = CoursePage.objects.live().public().filter(locale__language_code=language)
    return found.select_related("locale").order_by("path")


@method_decorator(cacheable, name="dispatch")
class CourseListView(ListAPIView):
    """The courses on offer."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []
    serializer_class = CourseSerializer
    queryset = CoursePage.objects.none()

    def get_queryset(self) -> Any:
        return visible_courses()


@method_decorator(cacheable, name="dispatch")
class CourseDetailView(APIView):
    """One course with its modules, lessons and tests."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []

    @extend_schema(responses=CourseDetailSerializer)
    def get(self, request: Request, slug: str) -> Response:
        course = visible_courses().filter(slug=slug).first()
        if course is None:
            raise Http404
        found = outline(course)
        course.modules, course.tests, course.lesson_count = found.modules, found.tests, found.lesson_count
        return Response(CourseDetailSerializer(course, context={"request": request}).data)

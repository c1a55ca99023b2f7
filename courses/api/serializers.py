"""Shapes of the courses API."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


@extend_schema_field(str)
class PageUrlField(serializers.Field):
    """Address of a page for people. The request keeps the site's paths, so no query is made per page."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source=kwargs.pop("source", "*"), read_only=True, **kwargs)

    def to_representation(self, value: Any) -> str:
        return getattr(value, "page", value).get_url(self.context["request"]) or ""


class OutlineItemSerializer(serializers.Serializer):
    """A lesson or a test of a module."""

    id = serializers.UUIDField(source="key", help_text="Of a lesson: its id in lessons/{id}/.")
    kind = serializers.ChoiceField(choices=["lesson", "test"], source="summary.kind")
    number = serializers.IntegerField(allow_null=True, help_text="Of a lesson: its place in the course, from 1.")
    title = serializers.CharField(source="page.title")
    url = PageUrlField()
    minutes = serializers.IntegerField(source="summary.minutes", default=None, allow_null=True)
    can_do = serializers.CharField(source="summary.can_do", default="")
    quiz = serializers.UUIDField(source="summary.quiz", default=None, allow_null=True)


class ModuleSerializer(serializers.Serializer):
    """A module with its lessons and its test, in order."""

    id = serializers.UUIDField(source="key")
    number = serializers.IntegerField()
    title = serializers.CharField(source="page.title")
    goal = serializers.CharField()
    url = PageUrlField()
    items = OutlineItemSerializer(many=True)


class CourseSerializer(serializers.Serializer):
    """A course as a list shows it."""

    id = serializers.UUIDField(source="translation_key")
    slug = serializers.SlugField()
    title = serializers.CharField()
    introduction = serializers.CharField()
    level = serializers.CharField()
    language = serializers.CharField(source="locale.language_code")
    url = PageUrlField()


class CourseDetailSerializer(CourseSerializer):
    """A course with its outline."""

    lesson_count = serializers.IntegerField()
    modules = ModuleSerializer(many=True)
    tests = OutlineItemSerializer(many=True, help_text="Tests of the whole course.")

"""Shapes of the lessons API. What an exercise shows has no field for its key."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.serializers import StrictSerializer
from courses.api.serializers import PageUrlField

from ..grading import VERDICTS

ANY_JSON = {"description": "Depends on the type of the exercise; see docs/api.md."}


@extend_schema_field({"type": "object", "additionalProperties": True, "nullable": True, **ANY_JSON})
class AnswerField(serializers.Field):
    """An answer as the exercise's type has it; null stands for “I do not know”."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_null=True, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        return data

    def to_representation(self, value: Any) -> Any:
        return value


class CheckSerializer(StrictSerializer):
    """One answer to judge."""

    answer = AnswerField()


class MessagePartSerializer(serializers.Serializer):
    """A piece of a message: its text, its language where that is not the interface's, whether it is marked."""

    text = serializers.CharField()
    lang = serializers.CharField(required=False)
    mark = serializers.BooleanField(required=False)


@extend_schema_field({"type": "object", "additionalProperties": True, "nullable": True})
class ObjectField(serializers.JSONField):
    """A JSON object whose fields depend on the type."""


class ResultSerializer(serializers.Serializer):
    """The verdict on one answer."""

    verdict = serializers.ChoiceField(choices=list(VERDICTS))
    feedback = serializers.CharField(help_text="What is said, finer than the verdict: see docs/api.md.")
    is_right = serializers.BooleanField()
    score = serializers.FloatField(help_text="Share of a point, 0 to 1.")
    title = serializers.CharField()
    message = MessagePartSerializer(many=True)
    solution = ObjectField()
    audio = ObjectField(allow_null=True)


@extend_schema_field(
    {
        "type": "object",
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "type": {"type": "string"},
            "question": {"type": "string"},
        },
        "required": ["id", "type", "question"],
        "additionalProperties": True,
    }
)
class ExerciseField(serializers.JSONField):
    """An exercise as the learner may see it: id, type, question, and what its type needs. Never the key."""


class RulesSerializer(serializers.Serializer):
    """What counts in a quiz."""

    id = serializers.UUIDField(source="quiz.uuid")
    title = serializers.CharField(source="quiz.title")
    exercise_count = serializers.IntegerField(source="count")
    needed = serializers.IntegerField(help_text="How many must be right to pass.")
    pass_mark = serializers.IntegerField(source="quiz.pass_mark", help_text="Per cent.")
    attempts_allowed = serializers.IntegerField(source="quiz.attempts_allowed", allow_null=True)
    feedback = serializers.CharField(source="quiz.feedback", help_text="at_once or at_end")
    minutes = serializers.IntegerField(help_text="About how long it takes.")
    time_limit_minutes = serializers.IntegerField(source="quiz.time_limit_minutes", allow_null=True)
    drawn_from = serializers.IntegerField(
        allow_null=True, help_text="Of how many exercises each attempt draws its own; null: all are asked."
    )
    has_hint_costs = serializers.BooleanField(help_text="Whether a hint takes points from its exercise.")


class QuizSerializer(RulesSerializer):
    """A quiz with its exercises, without keys; where an attempt draws some, with all of them."""

    exercises = serializers.ListField(child=ExerciseField())


class SectionSerializer(serializers.Serializer):
    """A part of a lesson; its id is what progress is told by."""

    id = serializers.CharField()
    name = serializers.CharField()
    blocks = serializers.SerializerMethodField()

    @extend_schema_field({"type": "array", "items": {"type": "object", "additionalProperties": True}})
    def get_blocks(self, section: Any) -> list[dict[str, Any]]:
        return [
            {
                "id": block.id,
                "type": block.block_type,
                "value": block.block.get_api_representation(block.value, self.context),
            }
            for block in section.blocks
        ]


class LessonSerializer(serializers.Serializer):
    """A lesson with all its parts."""

    id = serializers.UUIDField(source="translation_key")
    title = serializers.CharField()
    can_do = serializers.CharField()
    minutes = serializers.IntegerField()
    language = serializers.CharField(source="locale.language_code")
    url = PageUrlField()
    sections = SectionSerializer(many=True)
    practice = serializers.SerializerMethodField(help_text="Exercises in place, by the id of their block.")
    quiz = serializers.UUIDField(source="quiz.uuid", default=None, allow_null=True)

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "object", "additionalProperties": True}})
    def get_practice(self, lesson: Any) -> dict[str, Any]:
        from ..services import practice_of

        return practice_of(lesson)

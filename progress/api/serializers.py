"""Shapes of the progress API."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from accounts.api.serializers import StrictSerializer
from lessons.api.serializers import AnswerField, ExerciseField, ResultSerializer


class StartSerializer(StrictSerializer):
    """The client's own id for the attempt, so that asking twice starts one."""

    id = serializers.UUIDField()


class DeviceTimeField(serializers.DateTimeField):
    """A device's own clock. One that is far off is left out: it must never cost its owner an answer."""

    def to_internal_value(self, value: Any) -> datetime | None:  # type: ignore[override]  # None: left out
        try:
            moment = super().to_internal_value(value)
        except OverflowError:
            return None
        return moment if 1970 <= moment.year < 9000 else None


class AnswerSerializer(StrictSerializer):
    """One answer. `id` is the client's own; the same id again changes nothing."""

    answer = AnswerField()
    id = serializers.UUIDField(required=False, help_text="Made by the client; without it the content names the answer.")
    device_time = DeviceTimeField(required=False, help_text="The device's clock, for order on that device only.")


class SubmitSerializer(StrictSerializer):
    """Nothing needs to be sent."""


class AppealStateSerializer(serializers.Serializer):
    """What became of “My answer should count”."""

    status = serializers.ChoiceField(choices=["open", "accepted", "declined"])
    note = serializers.CharField(help_text="What the native reviewer wrote about it; may be empty.")


class HintSerializer(serializers.Serializer):
    """A hint of an exercise in which hints cost."""

    number = serializers.IntegerField()
    cost = serializers.IntegerField(help_text="Per cent of the exercise's points; 0: nothing.")
    text = serializers.CharField(allow_null=True, help_text="Null until this hint, or one before it, is asked for.")


class JudgedSerializer(ResultSerializer):
    """The verdict on an answer that counts; its `score` is what hints have left of it."""

    hint_cost = serializers.IntegerField(help_text="What hints took, in per cent of the point.")
    hint_note = serializers.CharField(help_text="The same in words; empty if they took nothing.")


class AttemptExerciseSerializer(serializers.Serializer):
    """One exercise of an attempt; `result` as soon as the learner may know it."""

    exercise = ExerciseField()
    hints = HintSerializer(many=True, help_text="Where one costs; else they stand in the exercise, and here is none.")
    is_answered = serializers.BooleanField()
    result = JudgedSerializer(allow_null=True)
    verdict_before = serializers.CharField(
        allow_null=True, help_text="The first verdict, where the answer was judged again since."
    )
    may_appeal = serializers.BooleanField(help_text="Whether the learner may say that the answer should count.")
    appeal = AppealStateSerializer(allow_null=True)


class CorrectionSerializer(serializers.Serializer):
    """How an attempt stood before it was judged again."""

    at = serializers.DateTimeField()
    score_before = serializers.FloatField()
    passed_before = serializers.BooleanField()


class AttemptSerializer(serializers.Serializer):
    """An attempt: its exercises in order and, once it is submitted, how it went."""

    id = serializers.UUIDField(source="attempt.uuid")
    quiz = serializers.UUIDField(source="attempt.quiz_uuid")
    feedback = serializers.CharField(source="attempt.feedback")
    pass_mark = serializers.IntegerField(source="attempt.pass_mark")
    started_at = serializers.DateTimeField(source="attempt.started_at")
    deadline_at = serializers.DateTimeField(
        source="attempt.deadline_at", allow_null=True, help_text="By the server's clock; null: no time limit."
    )
    seconds_left = serializers.IntegerField(
        source="attempt.seconds_left",
        allow_null=True,
        help_text="Counted by the server now; null: no limit, or closed.",
    )
    submitted_at = serializers.DateTimeField(source="attempt.submitted_at", allow_null=True)
    score = serializers.FloatField(source="attempt.score", allow_null=True)
    passed = serializers.BooleanField(source="attempt.passed", allow_null=True)
    correction = CorrectionSerializer(allow_null=True)
    exercises = AttemptExerciseSerializer(many=True)


class KeptAnswerSerializer(serializers.Serializer):
    """What became of an answer. `result` is null while feedback waits for the end."""

    id = serializers.UUIDField(source="answer.client_id")
    exercise = serializers.UUIDField(source="answer.exercise_uuid")
    counts = serializers.BooleanField(
        help_text="False: another answer counts (with feedback at once the first), or this one came after the end."
    )
    answered_at = serializers.DateTimeField(source="answer.answered_at")
    result = JudgedSerializer(allow_null=True)


class OpenedHintSerializer(serializers.Serializer):
    """The hints of an exercise after one was asked for."""

    exercise = serializers.UUIDField(source="item.exercise_uuid")
    hints = HintSerializer(many=True)


class EmptySerializer(StrictSerializer):
    """Nothing needs to be sent."""


class AppealSerializer(serializers.Serializer):
    """How an answer and its appeal stand after “My answer should count”."""

    exercise = serializers.UUIDField()
    appeal = AppealStateSerializer()
    result = JudgedSerializer()


class NoticeSerializer(serializers.Serializer):
    """News about an attempt: a result was corrected, or an appeal declined."""

    kind = serializers.ChoiceField(source="notice.kind", choices=["corrected", "declined"])
    attempt = serializers.UUIDField(source="attempt.uuid")
    exercise = serializers.UUIDField(source="notice.exercise_uuid")
    at = serializers.DateTimeField(source="notice.created_at")
    text = serializers.CharField()
    url = serializers.SerializerMethodField(help_text="The page of the result.")

    def get_url(self, news: dict[str, Any]) -> str:
        return reverse("attempt", args=[news["attempt"].uuid])


class LessonProgressInputSerializer(StrictSerializer):
    """Where the learner is, and which parts are done. Parts done add up."""

    block = serializers.CharField(required=False, max_length=64, allow_blank=True, default="")
    done = serializers.ListField(
        child=serializers.CharField(max_length=64), required=False, max_length=50, default=list
    )


class LessonProgressSerializer(serializers.Serializer):
    """How far the learner is in one lesson."""

    lesson = serializers.UUIDField(source="lesson_key")
    block = serializers.CharField(help_text="The part to come back to.")
    done = serializers.ListField(child=serializers.CharField())
    best_score = serializers.FloatField(allow_null=True)
    completed_at = serializers.DateTimeField(allow_null=True)


class TestProgressSerializer(serializers.Serializer):
    """How a quiz stands for the learner."""

    quiz = serializers.UUIDField()
    attempts = serializers.IntegerField()
    best_score = serializers.FloatField(allow_null=True)
    passed = serializers.BooleanField()
    open_attempt = serializers.UUIDField(allow_null=True)


class CourseProgressSerializer(serializers.Serializer):
    """How far the learner is in one course."""

    course = serializers.UUIDField(source="course_key")
    lessons_done = serializers.IntegerField()
    tests_passed = serializers.IntegerField()
    completed_at = serializers.DateTimeField(allow_null=True)


class ProgressSerializer(serializers.Serializer):
    """All that a course page shows of one learner."""

    courses = CourseProgressSerializer(many=True)
    lessons = LessonProgressSerializer(many=True)
    quizzes = TestProgressSerializer(many=True)
    notices = NoticeSerializer(many=True)

"""What learners did in lessons, and the summaries derived from it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LessonEvent(models.Model):
    """A learner came to a part of a lesson (`reached`) or finished it (`done`). Rows are only ever added.

    Personal data: where this person was in a lesson, and when; erased with the account.
    """

    REACHED, DONE = "reached", "done"
    KINDS = [(REACHED, _("reached")), (DONE, _("done"))]

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lesson_events")
    lesson_key = models.UUIDField()
    block = models.CharField(max_length=64)
    kind = models.CharField(max_length=8, choices=KINDS)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["user", "lesson_key"])]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.block}"


class LessonProgress(models.Model):
    """How far one learner is in one lesson; derived from events and attempts.

    A lesson is complete when its quiz has been passed; a lesson without a quiz when all its parts are done.
    Personal data: erased with the account.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lesson_progress")
    lesson_key = models.UUIDField()
    block = models.CharField(max_length=64, blank=True)
    done = models.JSONField(default=list)
    best_score = models.FloatField(null=True)
    completed_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lesson progress")
        verbose_name_plural = _("lesson progress")
        constraints = [models.UniqueConstraint(fields=["user", "lesson_key"], name="lesson_progress_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.lesson_key}"


class CourseProgress(models.Model):
    """How far one learner is in one course; derived from lesson progress and tests passed.

    Personal data: erased with the account.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="course_progress")
    course_key = models.UUIDField()
    lessons_done = models.PositiveSmallIntegerField(default=0)
    tests_passed = models.PositiveSmallIntegerField(default=0)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("course progress")
        verbose_name_plural = _("course progress")
        constraints = [models.UniqueConstraint(fields=["user", "course_key"], name="course_progress_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.course_key}"

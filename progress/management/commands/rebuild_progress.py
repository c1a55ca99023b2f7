"""Derive all progress again from the log of answers and lesson events."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from progress.models import Attempt, CourseProgress, LessonEvent, LessonProgress
from progress.summaries import rebuild


class Command(BaseCommand):
    help = "Drop lesson and course progress and derive it again from what learners did. Changes nothing that was right."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--user", metavar="EMAIL", help="only this learner")
        parser.add_argument("--dry-run", action="store_true", help="only say whose progress would change")

    def handle(self, *args: Any, **options: Any) -> None:
        looked, changed = 0, 0
        for user in self._learners(options["user"]).iterator(chunk_size=500):
            with transaction.atomic():
                before = snapshot(user)
                rebuild(user=user)
                is_changed = snapshot(user) != before
                transaction.set_rollback(options["dry_run"])
            looked += 1
            if is_changed:
                changed += 1
                self.stdout.write(f"learner {user.pk}: {'would change' if options['dry_run'] else 'corrected'}")
        self.stdout.write(f"Learners: {looked}. {'Would change' if options['dry_run'] else 'Corrected'}: {changed}.")

    def _learners(self, email: str | None) -> QuerySet[Any]:
        users = get_user_model().objects.order_by("pk")
        if email is not None:
            found = users.filter(email__iexact=email)
            if not found.exists():
                raise CommandError(f"There is no account {email}.")
            return found
        mine = [
            Exists(model.objects.filter(user=OuterRef("pk")))
            for model in (Attempt, LessonEvent, LessonProgress, CourseProgress)
        ]
        return users.filter(Q(mine[0]) | Q(mine[1]) | Q(mine[2]) | Q(mine[3]))


def snapshot(user: Any) -> list[tuple[Any, ...]]:
    """Return all that is derived for one learner, comparable."""
    lessons = LessonProgress.objects.filter(user=user).order_by("lesson_key")
    courses = CourseProgress.objects.filter(user=user).order_by("course_key")
    attempts = Attempt.objects.filter(user=user).order_by("pk")
    return [
        *lessons.values_list("lesson_key", "block", "done", "best_score", "completed_at", "updated_at"),
        *courses.values_list("course_key", "lessons_done", "tests_passed", "completed_at"),
        *attempts.values_list("uuid", "score", "passed", "submitted_at"),
    ]

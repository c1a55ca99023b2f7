"""Load the course files."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lessons.coursefiles.course import is_empty, load
from lessons.coursefiles.files import CourseFileError
from lessons.tasks import judge_course


class Command(BaseCommand):
    help = (
        "Load or update the course from its files. What authors changed since is never overwritten. Safe to run twice."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", nargs="?", default=str(Path(settings.BASE_DIR) / "content"), help="default: content/"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where a course was loaded before")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and not is_empty():
            self.stdout.write("The course is there already.")
            return
        try:
            report = load(Path(options["folder"]), dry_run=options["dry_run"])
        except CourseFileError as error:
            raise CommandError(str(error)) from error
        if not options["dry_run"]:
            judge_course.enqueue()  # what the desk shows of the course
        done = "Would be" if options["dry_run"] else "Done"
        self.stdout.write(f"{done}: {report.created} made, {report.updated} updated, {report.unchanged} as they were.")
        for title, keys in (
            ("Kept as authors changed them", report.kept),
            ("Kept deleted, as authors deleted them", report.deleted),
            ("CONFLICT, changed by an author and in the files; the author's stays", report.conflicts),
        ):
            for key in keys:
                self.stdout.write(f"{title}: {key}")

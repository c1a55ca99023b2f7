"""Judge the course."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from lessons.checking.reading import from_database, from_files
from lessons.checking.report import Report, judge
from lessons.coursefiles.files import CourseFileError


class Command(BaseCommand):
    help = (
        "Judge the course: is every Romani word accounted for, every taught word complete, does every lesson keep its "
        "load? Looks at the database, or at the files of a folder. Fails on anything that is not a declared gap."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", help="judge these files instead of the database")
        parser.add_argument("--json", action="store_true", help="print for programs")
        parser.add_argument("--gaps", action="store_true", help="list every gap, not only how many there are")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            course = from_files(Path(options["folder"])) if options["folder"] else from_database()
        except CourseFileError as error:
            raise CommandError(str(error)) from error
        report = judge(course)
        with translation.override("en"):  # as all commands; the desk speaks everyone's language
            self._show(report, options)
        if report.errors:
            raise CommandError(f"{len(report.errors)} findings are not declared gaps.")

    def _show(self, report: Report, options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False, indent=1))
        else:
            self._print(report, with_gaps=options["gaps"])

    def _print(self, report: Report, *, with_gaps: bool) -> None:
        self.stdout.write(", ".join(f"{number} {name}" for name, number in report.counts.items()))
        for kind, rule, number in report.by_rule():
            self.stdout.write(f"{kind:5}  {number:5}  {rule}")
        for finding in report.errors + (report.gaps if with_gaps else []):
            self.stdout.write(f"{finding.kind}: {finding.rule}: {finding.place}: {finding.message}")

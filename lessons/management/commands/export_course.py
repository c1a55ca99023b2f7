"""Write the course files."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from lessons.coursefiles.course import export


class Command(BaseCommand):
    help = "Write the course in the database to its files; a load of them changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", nargs="?", default=str(Path(settings.BASE_DIR) / "content"), help="default: content/"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        export(Path(options["folder"]))
        self.stdout.write(f"Written to {options['folder']}.")

"""Delete private files that no row names."""

from typing import Any

from django.core.management.base import BaseCommand

from media.orphans import sweep


class Command(BaseCommand):
    help = (
        "Delete files of the private storage that no recording, upload or consent names: a process was killed between "
        "storing them and writing the row. Files younger than two hours stay. Run it daily."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        gone = sweep()
        if gone or options["verbosity"] > 0:
            self.stdout.write(f"Files that no row named, deleted: {gone}.")

"""Find uploads whose worker died, and set them going again; delete those that nobody went on with."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from media.management.commands.reap_recordings import minutes
from studio.upload_reaper import STUCK_AFTER, reap_uploads


class Command(BaseCommand):
    help = (
        "Give uploads that a dead worker left unfinished back to the workers; give up after three attempts. Delete "
        "uploads that were never confirmed after two weeks. "
        "Run it every few minutes, or with --older-than 0 before the only worker of a machine starts."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--older-than",
            type=minutes,
            default=STUCK_AFTER,
            metavar="MINUTES",
            help="How long a file must have been in work or waiting; 15 unless given.",
        )

    def handle(self, *args: Any, older_than: Any, **options: Any) -> None:
        reaped = reap_uploads(older_than=older_than)
        if reaped.queued or reaped.failed or reaped.deleted or options["verbosity"] > 0:
            self.stdout.write(f"Queued again: {reaped.queued}. Given up: {reaped.failed}. Deleted: {reaped.deleted}.")

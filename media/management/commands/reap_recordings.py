"""Find recordings whose worker died, and set them going again; delete files that are due, and old lines of the log."""

import argparse
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from media import access, files
from media.services import STUCK_AFTER, reap_recordings


def minutes(text: str) -> timedelta:
    try:
        number = float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of minutes.") from error
    if not 0 <= number <= 525_600:
        raise argparse.ArgumentTypeError("Give a number of minutes between 0 and a year.")
    return timedelta(minutes=number)


class Command(BaseCommand):
    help = (
        "Give recordings that a dead worker left unfinished back to the workers; give up after three attempts. "
        "Run it every few minutes, or with --older-than 0 before the only worker of a machine starts."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--older-than",
            type=minutes,
            default=STUCK_AFTER,
            metavar="MINUTES",
            help="How long a recording must have been in work or waiting; 15 unless given.",
        )

    def handle(self, *args: Any, older_than: timedelta, **options: Any) -> None:
        reaped = reap_recordings(older_than=older_than)
        if reaped.queued or reaped.failed or options["verbosity"] > 0:
            self.stdout.write(f"Queued again: {reaped.queued}. Given up: {reaped.failed}.")
        deleted, forgotten = files.carry_out_due(), access.prune_log()
        if deleted or forgotten:
            self.stdout.write(f"Files deleted: {deleted}. Old lines of the access log forgotten: {forgotten}.")

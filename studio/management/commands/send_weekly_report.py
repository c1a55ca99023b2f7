"""Write the weekly letter to staff who want it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from studio.weekly import send_due


class Command(BaseCommand):
    help = (
        "Write to staff who want the weekly letter what the course still lacks. Run it daily: each person gets one "
        "letter a week, and who missed it because the mail server was away gets it the next day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        sent, waiting = send_due()
        if options["verbosity"] > 0:
            self.stdout.write(f"Letters sent: {sent}. Waiting for the next run: {waiting}.")
        if waiting:
            raise CommandError("The mail server did not take all letters; they go out with the next run.")

"""What `make run` does between an empty folder and a site that can be served: `python -m config.prepare`.

One process does all of it: starting Django once for each step took a fifth of the time until the first page.
Every step is safe to repeat. Ends with 1 where a step could not be done, and says which.
"""

import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

STEPS = (
    ("migrate", "--verbosity", "0"),
    ("load_course", "--if-empty"),
    ("create_first_accounts",),
    # Free what a worker that was killed still holds. Right only while no worker runs, as here: there is but one.
    ("reap_recordings", "--older-than", "0", "--verbosity", "0"),
    ("reap_uploads", "--older-than", "0", "--verbosity", "0"),
)


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        print(error, file=sys.stderr)  # names the variable; a traceback would bury it
        return 1
    for name, *words in STEPS:
        try:
            call_command(name, *words, skip_checks=name != STEPS[0][0])
        except CommandError as error:
            print(f"The start stopped at {name}: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

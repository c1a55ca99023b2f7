"""How one run of a worker ends, and how often it tries."""

from enum import StrEnum

MAX_ATTEMPTS = 3


class Step(StrEnum):
    DONE = "done"  # or nothing to do, or another run has it
    MORE = "more"  # there is more: call again
    LATER = "later"  # an accident: call again a little later
    FAILED = "failed"  # and says why; more runs would not help

"""Recording sessions and uploads: who is recorded, what is asked for, and what came of it; and the weekly letter."""

from .letters import WeeklyLetter
from .sessions import Prompt, RecordingSession, SessionTake
from .uploads import LongPart, LongSound, UploadBatch, UploadedSound, UploadEntry

__all__ = [
    "LongPart",
    "LongSound",
    "Prompt",
    "RecordingSession",
    "SessionTake",
    "UploadBatch",
    "UploadEntry",
    "UploadedSound",
    "WeeklyLetter",
]

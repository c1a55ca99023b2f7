"""Recording sessions and uploads: who is recorded, what is asked for, and which take answered it."""

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
]

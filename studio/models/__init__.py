"""Recording sessions: who is recorded, what is asked for, and which take answered it."""

from .sessions import Prompt, RecordingSession, SessionTake

__all__ = ["Prompt", "RecordingSession", "SessionTake"]

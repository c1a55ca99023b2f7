"""Recording sessions: who is recorded, what is asked for, and which take answered it; and the weekly letter."""

from .letters import WeeklyLetter
from .sessions import Prompt, RecordingSession, SessionTake

__all__ = ["Prompt", "RecordingSession", "SessionTake", "WeeklyLetter"]

"""What learners did. The logs of answers, regradings and lesson events are the truth; all else is derived from them."""

from .attempts import Answer, Attempt, AttemptItem, OpenedHint
from .corrections import Appeal, AppealedForm, Notice, Regrading
from .lessons import CourseProgress, LessonEvent, LessonProgress

__all__ = [
    "Answer",
    "Appeal",
    "AppealedForm",
    "Attempt",
    "AttemptItem",
    "CourseProgress",
    "LessonEvent",
    "LessonProgress",
    "Notice",
    "OpenedHint",
    "Regrading",
]

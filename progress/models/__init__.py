"""What learners did. The log of answers and lesson events is the truth; all else is derived from it."""

from .attempts import Answer, Attempt, AttemptItem
from .lessons import CourseProgress, LessonEvent, LessonProgress

__all__ = ["Answer", "Attempt", "AttemptItem", "CourseProgress", "LessonEvent", "LessonProgress"]

"""What is taught: lesson pages, the exercise bank, quizzes. Definitions only, no learner data."""

from .exercises import Exercise, ExerciseEntry, ExerciseVersion
from .judging import CourseReport
from .loading import LoadedItem
from .pages import LessonPage, TestPage
from .quizzes import Quiz, QuizItem

__all__ = [
    "CourseReport",
    "Exercise",
    "ExerciseEntry",
    "ExerciseVersion",
    "LessonPage",
    "LoadedItem",
    "Quiz",
    "QuizItem",
    "TestPage",
]

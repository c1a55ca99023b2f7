"""What is offered, and who takes it."""

from .enrollments import Enrollment
from .pages import CoursePage, ModulePage

__all__ = ["CoursePage", "Enrollment", "ModulePage"]

"""Progress as personal data: what an export holds, and how it is erased."""

from typing import Any

from .models import Attempt, CourseProgress, LessonEvent, LessonProgress


def export(user: Any) -> dict[str, Any]:
    """Return all that is kept of what the learner did."""
    attempts = Attempt.objects.filter(user=user).prefetch_related("answers")
    return {
        "attempts": [_attempt(attempt) for attempt in attempts],
        "lesson_events": [
            {"lesson": str(e.lesson_key), "part": e.block, "kind": e.kind, "at": e.created_at.isoformat()}
            for e in LessonEvent.objects.filter(user=user)
        ],
        "lessons": [
            {"lesson": str(p.lesson_key), "best_score": p.best_score, "completed_at": _iso(p.completed_at)}
            for p in LessonProgress.objects.filter(user=user)
        ],
        "courses": [
            {"course": str(p.course_key), "lessons_done": p.lessons_done, "completed_at": _iso(p.completed_at)}
            for p in CourseProgress.objects.filter(user=user)
        ],
    }


def _attempt(attempt: Attempt) -> dict[str, Any]:
    return {
        "id": str(attempt.uuid),
        "quiz": str(attempt.quiz_uuid),
        "started_at": attempt.started_at.isoformat(),
        "submitted_at": _iso(attempt.submitted_at),
        "score": attempt.score,
        "passed": attempt.passed,
        "answers": [
            {
                "exercise": str(a.exercise_uuid),
                "answer": a.content,
                "verdict": a.verdict,
                "at": a.answered_at.isoformat(),
            }
            for a in attempt.answers.all()
        ],
    }


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None


def erase(user: Any) -> None:
    """Delete everything that the learner did."""
    for model in (Attempt, LessonEvent, LessonProgress, CourseProgress):
        model.objects.filter(user=user).delete()

"""Progress as personal data: what an export holds, and how it is erased."""

from typing import Any

from .models import Appeal, AppealedForm, Attempt, CourseProgress, LessonEvent, LessonProgress


def export(user: Any) -> dict[str, Any]:
    """Return all that is kept of what the learner did."""
    attempts = Attempt.objects.filter(user=user).prefetch_related(
        "answers__regradings", "answers__appeals__appealed_form", "items__opened_hints", "notices"
    )
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
        "deadline_at": _iso(attempt.deadline_at),
        "submitted_at": _iso(attempt.submitted_at),
        "score": attempt.score,
        "passed": attempt.passed,
        "answers": [
            {
                "exercise": str(a.exercise_uuid),
                "answer": a.content,
                "verdict": a.verdict,
                "hint_cost": a.hint_cost,
                "at": a.answered_at.isoformat(),
                "judged_again": [
                    {"verdict": one.verdict, "score": one.score, "at": one.made_at.isoformat()}
                    for one in a.regradings.all()
                ],
                "appeals": [_appeal(one) for one in a.appeals.all()],
            }
            for a in attempt.answers.all()
        ],
        "hints": [
            {
                "exercise": str(item.exercise_uuid),
                "number": one.number,
                "cost": one.cost,
                "at": one.opened_at.isoformat(),
            }
            for item in attempt.items.all()
            for one in item.opened_hints.all()
        ],
        "notices": [
            {
                "exercise": str(one.exercise_uuid),
                "kind": one.kind,
                "at": one.created_at.isoformat(),
                "seen_at": _iso(one.seen_at),
            }
            for one in attempt.notices.all()
        ],
    }


def _appeal(appeal: Appeal) -> dict[str, Any]:
    form = appeal.appealed_form
    return {
        "expected": form.expected,
        "written": form.written,
        "at": appeal.created_at.isoformat(),
        "state": form.status,
        "note": form.note,
    }


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None


def erase(user: Any) -> None:
    """Delete everything that the learner did.

    What nobody else sent leaves the reviewers' queue with them; what was decided stays, as a fact of the language.
    """
    sent = list(AppealedForm.objects.filter(appeals__answer__attempt__user=user).values_list("pk", flat=True))
    for model in (Attempt, LessonEvent, LessonProgress, CourseProgress):
        model.objects.filter(user=user).delete()
    alone = AppealedForm.objects.filter(pk__in=sent, status=AppealedForm.OPEN, appeals=None, said_by_speaker=False)
    alone.delete()

"""rebuild_progress: what is derived can be dropped and derived again with equal rows; the log stays as it is."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from progress.management.commands.rebuild_progress import snapshot
from progress.models import Answer, Attempt, AttemptItem, CourseProgress, LessonEvent, LessonProgress
from tests.lessons import building

from .conftest import answer_all, items, right, wrong

pytestmark = pytest.mark.django_db


def rebuild(**options):
    out = StringIO()
    call_command("rebuild_progress", stdout=out, **options)
    return out.getvalue()


def facts():
    """Everything that must never change, row by row."""
    return [
        list(Answer.objects.order_by("pk").values()),
        list(AttemptItem.objects.order_by("pk").values()),
        list(LessonEvent.objects.order_by("pk").values()),
        list(
            Attempt.objects.order_by("pk").values(
                "uuid", "user", "quiz_uuid", "started_at", "submitted_at", "pass_mark"
            )
        ),
    ]


@pytest.fixture
def much(api, strange_api, course, quiz, quiet_quiz):
    """Two learners who did all there is to do: reading, failing, passing, stopping in the middle, coming late."""
    reading = building.lesson(course, "Tikai lasāma", body=[("text", {"heading": "Lasīt", "text": "<p>a</p>"})])
    english = building.translated(reading, "Reading only")
    for device, how in ((api, right), (strange_api, wrong)):
        for test in (quiz, quiet_quiz):
            attempt = device.attempt(test)
            answer_all(device, attempt, how)
            device.submit(attempt)
            device.put(attempt, items(attempt)[0].exercise_uuid, None)
        device.attempt(quiz)
        for page in (reading, english):
            part = page.sections[0].id
            path = f"me/progress/lessons/{page.translation_key}/"
            reply = device.send("put", path, {"block": part, "done": [part] if how is right else []})
            assert reply.status_code == 200, reply.content
    return course


def test_equal_rows_come_back_and_the_log_is_untouched(much, anna, berta):
    people = (anna, berta)
    before, log = [snapshot(person) for person in people], facts()
    assert all(before) and LessonProgress.objects.count() == 4 and CourseProgress.objects.count() == 2
    assert rebuild() == "Learners: 2. Corrected: 0.\n"
    assert [snapshot(person) for person in people] == before
    assert facts() == log
    LessonProgress.objects.all().delete()
    CourseProgress.objects.all().delete()
    Attempt.objects.filter(submitted_at__isnull=False).update(score=0.123, passed=None)
    assert "Learners: 2. Corrected: 2." in rebuild()
    assert [snapshot(person) for person in people] == before
    assert facts() == log


def test_one_learner_alone(much, anna, berta):
    LessonProgress.objects.all().delete()
    assert "Learners: 1. Corrected: 1." in rebuild(user="ANNA@example.lv")
    assert LessonProgress.objects.filter(user=anna).exists()
    assert not LessonProgress.objects.filter(user=berta).exists()


def test_a_dry_run_says_whose_and_changes_nothing(much, anna):
    LessonProgress.objects.filter(user=anna).delete()
    before = snapshot(anna)
    out = rebuild(dry_run=True)
    assert f"learner {anna.pk}: would change" in out
    assert snapshot(anna) == before


def test_an_account_that_does_not_exist_is_named(db):
    with pytest.raises(CommandError, match=r"nobody@example\.lv"):
        rebuild(user="nobody@example.lv")


def test_a_course_is_complete_when_every_lesson_and_test_is(much, anna, berta):
    done, begun = CourseProgress.objects.get(user=anna), CourseProgress.objects.get(user=berta)
    assert (done.lessons_done, done.tests_passed, begun.lessons_done, begun.tests_passed) == (2, 1, 0, 0)
    moments = [*LessonProgress.objects.filter(user=anna).values_list("completed_at", flat=True)]
    moments += Attempt.objects.filter(user=anna, passed=True).values_list("submitted_at", flat=True)
    assert done.completed_at == max(moments)
    assert begun.completed_at is None


def test_a_quiz_of_two_lessons_counts_for_both(api, anna, course, quiz):
    second = building.lesson(course, "Otrā", test=quiz)
    attempt = api.attempt(quiz)
    answer_all(api, attempt)
    api.submit(attempt)
    assert LessonProgress.objects.filter(user=anna, completed_at__isnull=False).count() == 2
    assert LessonProgress.objects.filter(lesson_key=second.translation_key).exists()

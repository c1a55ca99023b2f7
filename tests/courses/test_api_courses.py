"""courses/ over HTTP, on the starter course."""

from io import StringIO

from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from courses.models import CoursePage, Enrollment, ModulePage
from courses.services import enroll_learner
from lessons.models import LessonPage


class StarterCourse(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("load_course", stdout=StringIO())

    def get(self, path, language="lv"):
        return self.client.get(f"/api/v1/{path}", headers={"accept-language": language})

    def test_lists_the_courses_of_the_language(self):
        assert [course["slug"] for course in self.get("courses/").json()["results"]] == ["pamatkurss"]
        assert [course["slug"] for course in self.get("courses/", "en").json()["results"]] == ["basic-course"]

    def test_tells_modules_lessons_and_tests_in_order(self):
        course = self.get("courses/pamatkurss/").json()
        assert course["lesson_count"] == 36
        assert [module["number"] for module in course["modules"]] == list(range(1, 13))
        assert [item["kind"] for item in course["modules"][0]["items"]] == ["lesson", "lesson", "lesson", "test"]
        numbers = [item["number"] for module in course["modules"] for item in module["items"]]
        assert numbers[:8] == [1, 2, 3, None, 4, 5, 6, None] and numbers[-4:] == [34, 35, 36, None]
        first = course["modules"][0]["items"][0]
        assert self.get(f"lessons/{first['id']}/").json()["title"] == first["title"]
        assert self.client.get(f"/api/v1/quizzes/{first['quiz']}/").status_code == 200
        assert self.client.get(first["url"]).status_code == 200

    def test_unpublished_and_unknown_are_not_there(self):
        LessonPage.objects.get(slug="sveiki").unpublish()
        assert self.get("courses/pamatkurss/").json()["lesson_count"] == 35
        assert self.get("courses/nothing/").status_code == 404
        assert self.get("courses/basic-course/", "lv").status_code == 404
        assert self.client.post("/api/v1/courses/").status_code == 405

    def test_the_number_of_queries_does_not_grow_with_the_course(self):
        def count():
            with CaptureQueriesContext(connection) as queries:
                assert self.get("courses/pamatkurss/").status_code == 200
            return len(queries)

        small = count()
        module = ModulePage.objects.filter(locale__language_code="lv").last()
        for number in range(12):
            module.add_child(
                instance=LessonPage(title=f"L{number}", slug=f"l{number}", can_do="x", locale=module.locale)
            )
        assert count() == small

    def test_enrolling_twice_is_once(self):
        from accounts.models import User

        user = User.objects.create_user("ilze@skola.example", name="Ilze")
        key = CoursePage.objects.first().translation_key
        assert enroll_learner(user=user, course_key=key).pk == enroll_learner(user=user, course_key=key).pk
        assert Enrollment.objects.count() == 1

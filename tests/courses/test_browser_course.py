"""The course page in a real browser: what one learner has done, on a page that is the same for everyone."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone, translation
from playwright.sync_api import expect

from cms.models import HomePage
from lessons.models import LessonPage
from progress.models import Attempt, LessonProgress
from tests.inprocess import ORIGIN
from tests.making import make_course, make_entry, make_quiz, make_test, make_typed

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db]


@pytest.fixture
def quiz():
    return make_quiz(make_typed(make_entry("rl0375", "dīs", "diena")))


@pytest.fixture
def course(quiz):
    with translation.override("en"):
        home = HomePage.objects.get(locale__language_code="en")
        made = make_course(home, modules=2, lessons=2, title="Course", slug="course", locale=home.locale)
        make_test(made.get_children().first(), quiz, title="Test 1", locale=home.locale)
        yield made


@pytest.fixture
def learner():
    return get_user_model().objects.create_user("ilze@example.lv", "correct horse battery", name="Ilze")


def progress(learner, lesson, **fields):
    defaults = {"block": "", "done": [], "updated_at": timezone.now()}
    return LessonProgress.objects.create(user=learner, lesson_key=lesson.translation_key, **(defaults | fields))


def test_a_visitor_starts_at_the_first_lesson_and_asks_nothing_of_the_api(visit, course):
    window = visit()
    page = window.open(course.url)
    expect(page.get_by_role("link", name="Start lesson 1")).to_be_visible()
    expect(page.locator("[data-yours] >> visible=true")).to_have_count(0)
    assert not [path for _, path, _ in window.requests if "/api/" in path]


def test_a_learner_without_progress_starts_like_everyone(visit, course, learner):
    page = visit(learner).open(course.url)
    expect(page.locator("[data-visitor]")).to_have_count(0)
    expect(page.get_by_role("link", name="Start lesson 1")).to_be_visible()


def test_what_is_done_has_a_check_and_what_comes_next_is_marked(visit, course, learner):
    first, second, *_ = LessonPage.objects.order_by("path")
    progress(learner, first, completed_at=timezone.now(), best_score=0.925)
    progress(learner, second, block="b-1", done=["b-0"])
    page = visit(learner).open(course.url)
    done = page.locator(f'[data-key="{first.translation_key}"]')
    expect(done).to_contain_text("Complete. 93 %")
    current = page.locator('.lessons [aria-current="step"]')
    expect(current).to_have_attribute("data-key", str(second.translation_key))
    expect(page.get_by_text("Lessons completed: 1 of 4.")).to_be_visible()
    expect(page.get_by_role("img", name="Lessons completed: 1 of 4.")).to_be_visible()
    go_on = page.locator("[data-continue]")
    expect(go_on).to_have_attribute("href", f"{ORIGIN}{second.url}#b-1")
    expect(page.get_by_role("link", name="Start lesson 1")).to_have_count(0)


def test_a_finished_module_steps_back(visit, course, learner, quiz):
    first, second, *_ = LessonPage.objects.order_by("path")
    for lesson in (first, second):
        progress(learner, lesson, completed_at=timezone.now(), best_score=1)
    Attempt.objects.create(
        user=learner, quiz=quiz, quiz_uuid=quiz.uuid, pass_mark=70, submitted_at=timezone.now(), score=0.8, passed=True
    )
    page = visit(learner).open(course.url)
    expect(page.locator("#m1 details")).not_to_have_attribute("open", "")
    expect(page.locator("#m2 details")).to_have_attribute("open", "")
    expect(page.locator("#m1 .wheel")).to_have_attribute("aria-label", "Lessons completed: 2 of 2.")


def test_a_test_not_passed_shows_its_best_result(visit, course, learner, quiz):
    Attempt.objects.create(
        user=learner, quiz=quiz, quiz_uuid=quiz.uuid, pass_mark=70, submitted_at=timezone.now(), score=0.5, passed=False
    )
    lesson = LessonPage.objects.order_by("path").first()
    progress(learner, lesson, block="b-1", done=["b-0"])
    page = visit(learner).open(course.url)
    expect(page.locator('[data-kind="test"]')).to_contain_text("Not passed yet, best result 50 %")


def test_when_progress_cannot_be_read_the_page_stays_as_it_is(visit, course, learner):
    window = visit(learner)
    window.failing = {"/me/progress/": 503}
    page = window.open(course.url)
    page.wait_for_timeout(500)
    expect(page.get_by_role("link", name="Start lesson 1")).to_be_visible()

"""Course and module pages: everything open to everyone, the person's own state left to the script."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.test.utils import page_tests
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.models import HomePage
from courses.models import CoursePage, ModulePage
from lessons.models import LessonPage, TestPage
from tests.making import make_choice, make_course, make_entry, make_lesson, make_quiz, make_test

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def latvian():
    with translation.override("lv"):
        yield


@pytest.fixture
def home():
    return HomePage.objects.get(locale__language_code="lv")


@pytest.fixture
def english_home():
    return HomePage.objects.get(locale__language_code="en")


@pytest.fixture
def pages(client, monkeypatch):
    monkeypatch.setattr(page_tests, "AUTH_BACKEND", BACKEND)
    case = page_tests.WagtailPageTestCase()
    case.client, case.dummy_request = client, page_tests.get_dummy_request()
    return case


@pytest.fixture
def admin():
    return get_user_model().objects.create_superuser("admin@example.lv", "correct horse battery", name="Aija")


@pytest.fixture
def quiz():
    day, good = make_entry("rl0375", "dīs", "diena"), make_entry("rl0590", "lačho", "labs")
    return make_quiz(make_choice(day, good), make_choice(good, day))


def html(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_who_stands_under_whom(pages):
    pages.assertAllowedParentPageTypes(CoursePage, {HomePage})
    pages.assertAllowedSubpageTypes(CoursePage, {ModulePage, TestPage})
    pages.assertAllowedParentPageTypes(ModulePage, {CoursePage})
    pages.assertAllowedSubpageTypes(ModulePage, {LessonPage, TestPage})


def test_course_and_module_are_editable_and_previewable(pages, home, admin):
    course = make_course(home)
    module = course.get_children().first().specific
    common = {"introduction": "", "comments": inline_formset([])}
    form = nested_form_data(common | {"title": "Kurss", "slug": "kurss", "level": "A1"})
    pages.assertPageIsEditable(course, user=admin, post_data=form)
    pages.assertPageIsPreviewable(course, user=admin, post_data=form)
    form = nested_form_data(common | {"title": "Ģimene", "slug": "gimene", "goal": "Saprast, par ko runā."})
    pages.assertPageIsEditable(module, user=admin, post_data=form)
    pages.assertPageIsPreviewable(module, user=admin, post_data=form)


def test_a_course_lists_modules_and_lessons_numbered_through(client, home, quiz):
    course = make_course(home, modules=2, lessons=2)
    test = make_test(course.get_children().last(), quiz)
    shown = html(client, course)
    rows = re.findall(r'<a href="([^"]+)" data-key="([^"]+)".*?<b>(.*?)</b>', shown)
    assert [title for _, _, title in rows] == [
        "1. Nodarbība 1-1",
        "2. Nodarbība 1-2",
        "3. Nodarbība 2-1",
        "4. Nodarbība 2-2",
        "Moduļa tests",
    ]
    assert (rows[-1][0], rows[-1][1]) == (test.url, str(test.translation_key))
    assert f'data-quiz="{quiz.uuid}" data-kind="test"' in shown
    assert shown.count("<details open>") == 2


def test_a_visitor_is_shown_where_to_start_and_what_counts(client, english_home):
    course = make_course(english_home, title="Course", locale=english_home.locale)
    shown = html(client, course)
    first = LessonPage.objects.first()
    assert f'<a class="btn" href="{first.url}">Start lesson 1</a>' in shown
    assert "12 minutes, without signing up" in shown
    assert "A lesson is complete when its quiz is passed" in shown
    # What belongs to a person waits, hidden, for the script.
    assert all("hidden" in tag for tag in re.findall(r"<\w+[^>]*data-yours[^>]*>", shown))


def test_drafts_are_not_offered(client, home):
    course = make_course(home, lessons=2)
    LessonPage.objects.last().unpublish()
    assert "Nodarbība 1-2" not in html(client, course)


def test_an_empty_course_and_module_say_so(client, english_home):
    course = make_course(english_home, modules=0, locale=english_home.locale)
    assert "still being written" in html(client, course)
    module = course.add_child(instance=ModulePage(title="First", slug="first", goal="A goal."))
    assert "still being written" in html(client, module)


def test_a_module_shows_its_goal_and_only_its_own_lessons(client, home, quiz):
    course = make_course(home, modules=2, lessons=1)
    module = course.get_children().last().specific
    shown = html(client, module)
    assert "Mērķis 2." in shown
    assert "2. Nodarbība 2-1" in shown and "Nodarbība 1-1" not in shown
    assert f'href="{course.url}"' in shown


def test_a_test_page_tells_the_rules_and_leads_into_the_test(client, english_home, quiz):
    course = make_course(english_home, locale=english_home.locale)
    test = make_test(course.get_children().first(), quiz, locale=english_home.locale)
    shown = html(client, test)
    assert "2 questions, about 1 minute. Passed with at least 2 of 2 right." in shown
    assert "You may try as often as you like; the best attempt counts." in shown
    assert f'/en/tests/{quiz.uuid}/"' in shown


def test_a_test_page_without_questions_offers_no_start(client, english_home):
    course = make_course(english_home, locale=english_home.locale)
    shown = html(client, make_test(course.get_children().first(), make_quiz(), slug="last", locale=english_home.locale))
    assert "still being written" in shown
    assert "/tests/" not in shown.split("<main")[1].split("</main>")[0]


def test_the_page_is_the_same_for_everyone_and_may_be_kept(client, home, admin):
    course = make_course(home)
    visitor = client.get(course.url)
    client.force_login(admin, BACKEND)
    signed_in = client.get(course.url)
    assert visitor.content == signed_in.content
    assert "public" in visitor["Cache-Control"]
    assert "Cookie" not in visitor.get("Vary", "")


def test_the_number_of_queries_does_not_grow_with_the_course(client, home, quiz):
    course = make_course(home, modules=1, lessons=1)
    module = course.get_children().first()
    make_lesson(module, quiz=quiz)
    make_test(module, quiz)

    def count(page):
        with CaptureQueriesContext(connection) as queries:
            html(client, page)
        return len(queries)

    count(course)
    few = count(course), count(module.specific)
    for number in range(2, 12):
        added = course.add_child(instance=ModulePage(title=f"Modulis {number}", slug=f"m{number}", goal="Mērķis."))
        for _ in range(4):
            make_lesson(added, quiz=quiz)
        make_test(added, quiz)
    for _ in range(40):
        make_lesson(module, quiz=quiz)
    assert (count(course), count(module.specific)) == few

"""The result of a quiz as a page: what was reached, what to hear again, and where it goes from there."""

import re

import pytest

from lessons.models import Exercise, LessonPage
from tests.lessons import building

from .conftest import answer_all, items, right, wrong
from .test_views_quiz import attempt_url, html, quiz_url

pytestmark = pytest.mark.django_db


def test_a_result_names_what_is_needed_and_what_to_hear_again(api, browser, quiz):
    attempt = api.attempt(quiz)
    chosen = items(attempt)
    for item in chosen[:3]:
        api.put(attempt, item.exercise_uuid, right(item))
    api.put(attempt, chosen[3].exercise_uuid, wrong(chosen[3]))
    api.submit(attempt)
    page = html(browser.get(attempt_url(attempt, "/en")))
    assert "Not passed yet" in page and "Right 3 of 6 (50 %); 5 were needed." in page
    again = re.search(r'<ul class="words">.*?</ul>', page)[0]
    assert re.findall(r'class="rom" lang="rml">([^<]+)<', again) == ["del lačho dīs", "phenel avri", "phal"]
    assert again.count('class="hear small"') == 3
    assert page.count("No answer") == 2
    assert 'Your answer: <span lang="rml">dīs lačho del</span>' in page
    assert f'href="{quiz_url(quiz, "/en")}"' in page


def test_a_score_is_never_rounded_up_to_the_pass_mark(api, browser, course):
    made = building.quiz(building.one_of_each()[:3], pass_mark=67)
    building.lesson(course, "Trīs", test=made)
    attempt = api.attempt(made)
    for item in items(attempt)[:2]:
        api.put(attempt, item.exercise_uuid, right(item))
    api.submit(attempt)
    page = html(browser.get(attempt_url(attempt, "/en")))
    assert "Not passed yet" in page and "(66 %)" in page


def test_a_result_leads_to_the_next_lesson(api, browser, course, quiz):
    building.lesson(course, "Otrā nodarbība", slug="otra")
    attempt = api.attempt(quiz)
    answer_all(api, attempt)
    api.submit(attempt)
    page = html(browser.get(attempt_url(attempt)))
    assert re.search(r'<a class="btn" href="/kurss/pirma/otra/">[^<]*Otrā nodarbība</a>', page)


def test_the_last_test_of_a_module_leads_to_the_test_of_the_course_and_that_one_to_the_course(
    api, browser, course, quiz
):
    final = building.quiz()
    building.course_test(course, "Viss kurss", final)
    for taken, onward in ((quiz, "/kurss/viss-kurss/"), (final, "/kurss/")):
        attempt = api.attempt(taken)
        answer_all(api, attempt)
        api.submit(attempt)
        page = html(browser.get(attempt_url(attempt)))
        assert re.search(r'<p class="row act"><a class="btn" href="([^"]*)"', page)[1] == onward


def test_a_result_speaks_the_language_of_its_address(api, browser, quiz):
    attempt = api.attempt(quiz)
    answer_all(api, attempt, wrong)
    api.submit(attempt)
    latvian, english = html(browser.get(attempt_url(attempt))), html(browser.get(attempt_url(attempt, "/en")))
    assert '<html lang="en">' in english and '<html lang="lv">' in latvian
    assert "brālis" in latvian and "brother" in english and "brother" not in latvian


@pytest.mark.parametrize("what", ["quiz gone", "exercises unpublished", "page gone"])
def test_a_result_stays_when_its_quiz_goes(api, browser, quiz, what):
    attempt = api.attempt(quiz)
    open_attempt = api.attempt(quiz)
    answer_all(api, attempt)
    api.submit(attempt)
    if what == "quiz gone":
        quiz.delete()
    if what == "exercises unpublished":
        Exercise.objects.update(live=False)
    if what == "page gone":
        LessonPage.objects.get(quiz=quiz).delete()
    assert "100 %" in html(browser.get(attempt_url(attempt)))
    assert browser.get(attempt_url(open_attempt)).status_code == 200


# --- what a page is made of -----------------------------------------------------------------------------

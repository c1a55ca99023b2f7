"""Lessons and tests on paper: every type is usable with a pencil, nothing has to be heard, no key is printed."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from lessons.definitions import define
from lessons.exercises import types
from lessons.models import LessonPage
from lessons.paper import printed, sheets_of_lesson, sheets_of_quiz
from tests.lessons import building
from tests.lessons.test_exercises_twin import every_way, only_heard, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    test = building.quiz()
    body = [("practice", {"heading": "Kartītes", "exercise": one}) for one in building.practised_only()]
    return building.lesson(building.course(), "Labdien", test=test, body=body)


def paper(page):
    reply = Client().get(f"{page.url}?druka")
    assert reply.status_code == 200
    return reply.content.decode()


def main_of(html):
    return re.search(r"<main.*</main>", html, re.DOTALL)[0]


def test_a_lesson_prints_its_practice_and_its_quiz(page):
    html = main_of(paper(page))
    assert html.count("<h3>") == len(building.practised_only()) + page.quiz.items.count()
    for expected in ('class="box"', 'class="letters"', 'class="write"', 'class="blank-gap"', 'class="pairs"'):
        assert expected in html
    assert "<input" not in html and "<select" not in html and "<button" not in html


def test_what_is_heard_on_the_site_is_written_on_paper(page):
    html = main_of(paper(page))
    assert "audio" not in html and "hear" not in html
    assert "Ko jūs dzirdat?" not in html and ">dīs<" in html
    assert "brālis" in html, "a dictation is a translation"


def test_no_way_of_asking_needs_ears_on_paper():
    asked = every_way()
    assert {kind for kind, _block in asked} == set(types())
    for definition in define([block for _kind, block in asked]):
        exercise, template = printed(shown(definition))
        assert not only_heard(exercise) and "twin" not in exercise
        assert template.endswith(f"/{definition['type']}.html")


def test_paper_holds_no_key():
    choice = building.exercise("choice", item="raj", mode="listen", distractors=["rāni", "phal"])
    order = building.exercise("order", item="del lačho dīs", parts=[])
    cards = building.exercise("flashcards", items=["ami", "na"], mode="romani")
    body = [("practice", {"heading": "Vingrinājumi", "exercise": one}) for one in (choice, order, cards)]
    html = main_of(paper(building.lesson(building.course(), "Papīrs", body=body)))
    assert re.sub(r"<[^>]+>|\s+", " ", html).count("del lačho dīs") == 0
    assert ">ami<" in html and ">jā<" not in html, "the other side of a card is for the learner to write"
    assert html.count('class="box"') == 6


def test_a_test_prints_its_quiz_in_the_language_of_the_page(page):
    within = page.get_parent().get_parent()
    made = building.module_test(within, "Moduļa tests", page.quiz)
    html = main_of(paper(made))
    assert html.count("<h3>") == page.quiz.items.count() and "Noslēguma tests" in html
    with translation.override("en"):
        assert sheets_of_quiz(made.quiz)[0].title == "Final quiz"


def test_nothing_to_print_is_said():
    html = paper(building.lesson(building.course(), "Tukša"))
    assert "Šeit vēl nav vingrinājumu, ko drukāt." in html


def test_the_lesson_leads_to_its_paper(page):
    assert 'href="?druka"' in Client().get(page.url).content.decode()
    assert 'name="robots" content="noindex"' in paper(page)


def test_paper_costs_the_same_queries_however_many(page, django_assert_max_num_queries):
    body = [
        ("practice", {"heading": "Vairāk", "exercise": building.exercise("type", item=text, mode="translate")})
        for text in ("phal", "raj", "rāni", "dīs")
    ]
    course = page.get_parent().get_parent()
    short = building.lesson(course, "Īsa", test=page.quiz, body=body)
    long = building.lesson(course, "Gara", test=page.quiz, body=[*body, *body, *body])
    few = queries_for(short)
    assert few > 0
    with django_assert_max_num_queries(few):
        sheets_of_lesson(LessonPage.objects.get(pk=long.pk))


def queries_for(page):
    with CaptureQueriesContext(connection) as asked:
        sheets_of_lesson(LessonPage.objects.get(pk=page.pk))
    return len(asked)

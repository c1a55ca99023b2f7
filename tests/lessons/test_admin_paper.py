"""A quiz on paper with its answers: for authors, and for nobody else."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from lessons.definitions import define
from lessons.paper_key import right_answers
from tests.lessons import building

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"


def person(django_user_model, *permissions):
    made = django_user_model.objects.create_user(f"{uuid4().hex}@example.lv", "correct horse battery", name="Ilze")
    made.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(made, BACKEND)
    return client


def address(quiz):
    return reverse("quiz-on-paper", args=[quiz.uuid])


def test_an_author_gets_the_answers_on_a_page_of_their_own(django_user_model):
    quiz = building.quiz()
    reply = person(django_user_model, "access_admin", "change_exercise").get(address(quiz))
    assert reply.status_code == 200 and "no-store" in reply.headers["Cache-Control"]
    asked, answers = reply.content.decode().split('id="answers"')
    assert asked.count("<h3>") == quiz.items.count()
    for right in ("del lačho dīs", "phenel avri", "phal", "kundze"):
        assert right in answers
    assert "del lačho dīs" not in asked


def test_nobody_else_gets_them(django_user_model):
    quiz = building.quiz()
    assert Client().get(address(quiz)).status_code == 302
    assert person(django_user_model).get(address(quiz)).status_code in (302, 403)
    reply = person(django_user_model, "access_admin").get(address(quiz))
    assert reply.status_code in (302, 403) and b"phenel avri" not in reply.content


def test_an_unknown_quiz_is_not_found(django_user_model):
    author = person(django_user_model, "access_admin", "change_exercise")
    assert author.get(reverse("quiz-on-paper", args=[uuid4()])).status_code == 404


def test_the_list_of_quizzes_leads_there(django_user_model):
    quiz = building.quiz()
    author = person(django_user_model, "access_admin", "change_exercise", "change_quiz", "view_quiz")
    assert address(quiz) in author.get(reverse("wagtailsnippets_lessons_quiz:list")).content.decode()


def test_each_right_option_is_a_line():
    options = [{"text_lv": "a", "is_correct": True}, {"text_lv": "b", "is_correct": True}, {"text_lv": "c"}]
    made = building.exercise("choice", mode="meaning", question_lv="?", options=options)
    lines = right_answers(define([made.stored_block])[0], "lv")
    assert [line["meaning"] for line in lines] == ["a", "b"]

"""Addresses of quizzes as pages, below /tests/."""

from django.urls import path

from . import views

urlpatterns = [
    path("<uuid:uuid>/", views.quiz, name="quiz"),
    path("meginajums/<uuid:uuid>/", views.attempt, name="attempt"),
]

"""Routes of the lessons API, below /api/v1/."""

from django.urls import path

from . import views

urlpatterns = [
    path("lessons/<uuid:key>/", views.LessonView.as_view(), name="lesson-detail"),
    path("exercises/<uuid:uuid>/check/", views.CheckView.as_view(), name="exercise-check"),
    path("quizzes/<uuid:uuid>/", views.QuizView.as_view(), name="quiz-detail"),
]

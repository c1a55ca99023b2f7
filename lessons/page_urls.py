"""Addresses of exercises by themselves, in both languages."""

from django.urls import path

from .views import ExercisePageView

urlpatterns = [path("<uuid:uuid>/", ExercisePageView.as_view(), name="exercise")]

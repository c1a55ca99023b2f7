"""Addresses below `/admin/`."""

from django.urls import path

from . import views

urlpatterns = [
    path("translations/", views.translations, name="translations"),
    path("translations/<int:pk>/", views.translation, name="translation"),
]

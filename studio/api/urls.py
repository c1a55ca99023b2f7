"""Routes of the studio's API, below /api/v1/."""

from django.urls import path

from . import views

urlpatterns = [
    path("studio/sessions/<uuid:uuid>/", views.SessionView.as_view(), name="studio-session"),
    path("studio/sessions/<uuid:uuid>/takes/<uuid:take>/", views.TakeView.as_view(), name="studio-take"),
    path("studio/sessions/<uuid:uuid>/prompts/<int:prompt>/", views.PromptView.as_view(), name="studio-prompt"),
]

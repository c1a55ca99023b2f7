"""Routes of the dictionary API, below /api/v1/."""

from django.urls import path

from . import views
from .recordings import RecordingListView

urlpatterns = [
    path("words/", views.WordListView.as_view(), name="word-list"),
    path("words/<slug:code>/", views.WordView.as_view(), name="word-detail"),
    path("phrases/", views.PhraseListView.as_view(), name="phrase-list"),
    path("phrases/<slug:code>/", views.PhraseView.as_view(), name="phrase-detail"),
    path("recordings/", RecordingListView.as_view(), name="recording-list"),
    path("phrasebook/", views.PhrasebookView.as_view(), name="phrasebook"),
    path("phrasebook/<slug:key>/", views.SituationView.as_view(), name="phrasebook-situation"),
]

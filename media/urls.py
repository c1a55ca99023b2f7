"""Below /audio/."""

from django.urls import path

from media.views import serve_audio

urlpatterns = [
    path("<uuid:uuid>.<str:extension>", serve_audio, name="audio"),
]

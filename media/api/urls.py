"""Below /api/v1/."""

from django.urls import path

from media.api.views import RecordingView

urlpatterns = [
    path("recordings/<uuid:uuid>/", RecordingView.as_view(), name="recordings-detail"),
]

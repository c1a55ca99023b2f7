"""Pages of this room that stand in no page tree; below the language prefix."""

from django.urls import path

from .views import listening

urlpatterns = [path("", listening, name="listening")]

"""Addresses of the authors' try-out, below /admin/try-out/.

They stand before Wagtail's own: those send a visitor to the sign-in, while here is nothing for a visitor to find.
"""

from django.urls import path

from . import views

urlpatterns = [
    path("exercise/new/", views.TryOutView.as_view(), name="try-out-new"),
    path("exercise/new/lines/", views.TryOutLinesView.as_view(), name="try-out-new-lines"),
    path("exercise/<int:pk>/", views.TryOutView.as_view(), name="try-out"),
    path("exercise/<int:pk>/lines/", views.TryOutLinesView.as_view(), name="try-out-lines"),
]

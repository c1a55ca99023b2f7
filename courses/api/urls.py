"""Routes of the courses API, below /api/v1/."""

from django.urls import path

from .views import CourseDetailView, CourseListView

urlpatterns = [
    path("courses/", CourseListView.as_view(), name="course-list"),
    path("courses/<slug:slug>/", CourseDetailView.as_view(), name="course-detail"),
]

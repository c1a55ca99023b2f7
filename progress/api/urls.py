"""Routes of the progress API, below /api/v1/."""

from django.urls import path

from . import views

urlpatterns = [
    path("quizzes/<uuid:uuid>/attempts/", views.AttemptListView.as_view(), name="quiz-attempts"),
    path("attempts/<uuid:uuid>/", views.AttemptView.as_view(), name="attempt-detail"),
    path("attempts/<uuid:uuid>/responses/<uuid:exercise>/", views.ResponseView.as_view(), name="attempt-response"),
    path("attempts/<uuid:uuid>/responses/<uuid:exercise>/appeal/", views.AppealView.as_view(), name="attempt-appeal"),
    path(
        "attempts/<uuid:uuid>/responses/<uuid:exercise>/hints/<int:number>/",
        views.HintView.as_view(),
        name="attempt-hint",
    ),
    path("attempts/<uuid:uuid>/seen/", views.SeenView.as_view(), name="attempt-seen"),
    path("attempts/<uuid:uuid>/submit/", views.SubmitView.as_view(), name="attempt-submit"),
    path("me/progress/", views.ProgressView.as_view(), name="me-progress"),
    path("me/progress/lessons/<uuid:key>/", views.LessonProgressView.as_view(), name="me-progress-lesson"),
]

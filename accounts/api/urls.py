"""Addresses below /api/v1/ that concern the person who asks."""

from django.urls import path

from accounts.api import views

urlpatterns = [
    path("me/", views.MeView.as_view(), name="me"),
    path("me/export/", views.ExportView.as_view(), name="me-export"),
    path("tokens/", views.TokensView.as_view(), name="tokens"),
    path("tokens/current/", views.CurrentTokenView.as_view(), name="tokens-current"),
]

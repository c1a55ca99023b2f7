"""Addresses below /api/v1/ that concern the person who asks."""

urlpatterns: list = []

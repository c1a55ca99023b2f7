"""Addresses of the tables in the CMS."""

from django.urls import path

from . import views

urlpatterns = [
    path("tables/<slug:name>/", views.TableView.as_view(), name="tables"),
    path("tables/<slug:name>/as/<slug:form>/", views.DownloadView.as_view(), name="tables_download"),
    path("tables/<slug:name>/<int:pk>/", views.RunView.as_view(), name="tables_run"),
    path("tables/<slug:name>/<int:pk>/undo/", views.UndoView.as_view(), name="tables_undo"),
    path("tables/<slug:name>/<int:pk>/again/", views.AgainView.as_view(), name="tables_again"),
]

"""The site's addresses and the bare view."""

from django.http import HttpResponse
from django.urls import path

from config.urls import *
from config.urls import urlpatterns as site


def bare(request):
    """Answer as little as Django can."""
    return HttpResponse(b"ok", content_type="text/plain")


urlpatterns = [path("bench/bare", bare), *site]

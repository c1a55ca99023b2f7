"""The site's addresses and two views to measure against."""

from django.db import connection
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from config.urls import *
from config.urls import urlpatterns as site


def bare(request):
    """Answer as little as Django can."""
    return HttpResponse(b"ok", content_type="text/plain")


@csrf_exempt
def insert(request):
    """Keep what came, by the least that a database can be asked for: one INSERT, committed."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_kept (content) VALUES (%s)", [request.body.decode()])
    return HttpResponse(b"ok", content_type="text/plain")


urlpatterns = [path("bench/bare", bare), path("bench/insert", insert), *site]

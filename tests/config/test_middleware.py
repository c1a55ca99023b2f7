"""What happens around every request."""

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from config.middleware import CleanQueryMiddleware, CompressMiddleware

PLENTY = "romani čhib " * 200


def compressed(response):
    request = RequestFactory().get("/", HTTP_ACCEPT_ENCODING="gzip, br")
    return CompressMiddleware(lambda _request: response)(request).get("Content-Encoding") == "gzip"


def test_pages_and_api_answers_travel_compressed():
    assert compressed(HttpResponse(PLENTY))
    assert compressed(HttpResponse(PLENTY, content_type="application/problem+json"))


def test_public_pages_go_out_in_brotli_and_personal_ones_never():
    def coding(cache_control, accepts="gzip, br"):
        response = HttpResponse(PLENTY, headers={"Cache-Control": cache_control, "ETag": '"a"'})
        request = RequestFactory().get("/", HTTP_ACCEPT_ENCODING=accepts)
        sent = CompressMiddleware(lambda _request: response)(request)
        return sent["Content-Encoding"], sent["ETag"], sent["Vary"], sent

    assert coding("public, max-age=60")[:3] == ("br", 'W/"a"', "Accept-Encoding")
    assert brotli.decompress(coding("public, max-age=60")[3].content).decode() == PLENTY
    assert coding("private")[0] == "gzip"
    assert coding("public, max-age=60", "gzip")[0] == "gzip"


def test_sound_is_never_compressed():
    assert not compressed(StreamingHttpResponse([PLENTY.encode()], content_type="audio/ogg"))
    assert not compressed(HttpResponse(PLENTY, content_type="audio/mpeg"))


@pytest.mark.parametrize("name", ["q", "search", "query"])
@pytest.mark.parametrize(("typed", "searched"), [('"', ""), ('a"b', "a b"), ("a\x00b", "a b"), ("lačho", "lačho")])
def test_search_terms_lose_what_a_database_cannot_take(name, typed, searched):
    seen = []
    CleanQueryMiddleware(lambda request: seen.append(request.GET[name]))(RequestFactory().get("/", {name: typed}))
    assert seen == [searched]

"""When something fails: plain words in the visitor's language, a way on, and no blank page."""

import pytest
from django.test import Client, RequestFactory

from cms import errors

pytestmark = pytest.mark.django_db


def test_missing_page_offers_search_and_the_front_page(client, home):
    response = client.get("/en/nothing-here/")
    html = response.content.decode()
    assert response.status_code == 404
    assert "There is no such page" in html
    assert 'action="/en/search/"' in html
    assert '<a class="btn quiet" href="/en/">' in html
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "address", ["/%00", "/%ff%fe/", "/" + "a/" * 500, "/" + "x" * 3000 + "/", "/..%2f..%2fetc/passwd"]
)
def test_odd_addresses_are_missing_pages(client, home, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("handler", "status", "words"),
    [
        (errors.bad_request, 400, "This request cannot be read"),
        (errors.permission_denied, 403, "This page is not open to you"),
        (errors.page_not_found, 404, "There is no such page"),
    ],
)
def test_each_failure_has_words_and_a_status(home, handler, status, words):
    response = handler(RequestFactory().get("/en/x/"), Exception("inner detail"))
    assert response.status_code == status
    assert b"inner detail" not in response.content


@pytest.mark.parametrize(
    ("handler", "status"),
    [
        (errors.bad_request, 400),
        (errors.permission_denied, 403),
        (errors.page_not_found, 404),
        (errors.server_error, 500),
    ],
)
def test_programs_get_problem_details(handler, status):
    request = RequestFactory().get("/api/v1/x/")
    response = handler(request) if status == 500 else handler(request, Exception("x"))
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"


def test_expired_form_says_that_nothing_typed_is_lost(home):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/en/accounts/login/", {"login": "a@example.lv"})
    html = response.content.decode()
    assert response.status_code == 403
    assert "The form has expired" in html
    assert "What you typed is still there" in html


def test_server_error_page_needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert b"<h1>" in response.content


def test_server_error_page_survives_broken_templates(monkeypatch):
    def broken(*args, **kwargs):
        raise OSError("disk gone")

    monkeypatch.setattr(errors.loader, "render_to_string", broken)
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert b"<h1>" in response.content
    assert b"disk gone" not in response.content


def test_an_exception_in_a_page_becomes_the_failure_page(client, home, monkeypatch):
    from cms.models import HomePage

    def broken(self, request, *args, **kwargs):
        raise RuntimeError("secret inner words")

    monkeypatch.setattr(HomePage, "get_context", broken)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert b"secret inner words" not in response.content
    assert b"<h1>" in response.content

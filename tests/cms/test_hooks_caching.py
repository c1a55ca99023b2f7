"""Pages are the same for everyone, so everyone may keep them; private ones nobody."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from cms.caching import make_public

pytestmark = pytest.mark.django_db

ADDRESSES = ["/", "/en/", "/meklet/?q=avots", "/par-kursu-un-avotiem/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_public_pages_are_cacheable_and_set_nothing(client, about, address):
    response = client.get(address)
    control = response.headers["Cache-Control"]
    assert "public" in control and "max-age=60" in control
    assert response.headers["ETag"]
    assert response.cookies == {}
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "csrf" not in response.content.decode().lower()


@pytest.mark.parametrize("address", ADDRESSES)
def test_signed_in_people_get_the_same_bytes(client, about, author, address):
    before = client.get(address).content
    client.force_login(author, "django.contrib.auth.backends.ModelBackend")
    response = client.get(address)
    assert response.content == before
    assert "Cookie" not in response.headers.get("Vary", "")


def test_unchanged_page_costs_no_body(client, about):
    etag = client.get(about.url).headers["ETag"]
    again = client.get(about.url, headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert again.content == b""


def test_changed_page_is_sent_again(client, about):
    etag = client.get(about.url).headers["ETag"]
    about.introduction = "Tagad citādi."
    about.save_revision().publish()
    again = client.get(about.url, headers={"If-None-Match": etag})
    assert again.status_code == 200
    assert "Tagad citādi." in again.content.decode()


def test_private_pages_are_kept_by_nobody(client, about, author):
    about.view_restrictions.create(restriction_type="login")
    refused = client.get(about.url)
    assert refused.status_code == 302
    client.force_login(author, "django.contrib.auth.backends.ModelBackend")
    response = client.get(about.url)
    assert response.status_code == 200
    control = response.headers["Cache-Control"]
    assert "no-store" in control and "private" in control and "public" not in control


def test_previews_are_kept_by_nobody(author_client, about):
    about.save_revision()
    response = author_client.get(f"/admin/pages/{about.pk}/view_draft/")
    assert response.status_code == 200
    assert "public" not in response.headers.get("Cache-Control", "")


@pytest.mark.parametrize(("method", "status"), [("post", 200), ("get", 404), ("get", 500), ("get", 302)])
def test_only_plain_answers_are_public(method, status):
    response = make_public(getattr(RequestFactory(), method)("/"), HttpResponse("x", status=status))
    assert "Cache-Control" not in response.headers

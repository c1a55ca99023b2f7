"""The content policy: strict for visitors, what Wagtail needs for editors."""

import pytest

pytestmark = pytest.mark.django_db


def policy(response):
    parts = (part.strip().split(" ", 1) for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: values.split() for name, values in parts}


@pytest.mark.parametrize("address", ["/", "/en/", "/meklet/", "/nav-tadas/", "/accounts/login/"])
def test_visitors_pages_allow_nothing_inline(client, home, address):
    rules = policy(client.get(address))
    assert rules["script-src"] == ["'self'"]
    assert rules["style-src"] == ["'self'"]
    assert rules["default-src"] == ["'self'"]


def test_admin_allows_what_its_date_pickers_need_and_no_other_origin(author_client):
    rules = policy(author_client.get("/admin/"))
    assert rules["script-src"] == ["'self'", "'unsafe-inline'"]
    assert rules["img-src"] == ["'self'", "data:", "blob:"]
    assert rules["default-src"] == ["'self'"]
    assert not [value for values in rules.values() for value in values if "//" in value]

"""People and their mailboxes for the tests of accounts."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.models import ApiToken, User

PASSWORD = "mežs-upe-ezers-3"


@pytest.fixture(autouse=True)
def no_memory_of_attempts():
    """Limits of attempts are counted in the cache; each test begins at nothing."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def make_user(db):
    """Make an account with a confirmed address."""

    def make(email="ilze@skola.example", *, verified=True, groups=(), **fields):
        user = User.objects.create_user(email, fields.pop("password", PASSWORD), **{"name": "Ilze Bērziņa", **fields})
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=verified)
        user.groups.add(*groups)
        return user

    return make


@pytest.fixture
def ilze(make_user):
    return make_user()


@pytest.fixture
def signed_in(client, ilze):
    """A browser in which Ilze signed in through the page."""
    client.post("/accounts/login/", {"login": ilze.email, "password": PASSWORD})
    assert client.session.get("_auth_user_id") == str(ilze.pk)
    return client


@pytest.fixture
def api():
    return APIClient()


@pytest.fixture
def ilzes_api(ilze):
    client = APIClient()
    client.force_login(ilze, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def token(ilze):
    """The text of a key of Ilze's."""
    return ApiToken.objects.create(user=ilze, name="Tālrunis")[1]


@pytest.fixture
def count_queries():
    """Return how many queries a call makes; called once before, so that nothing first-time counts."""

    def count(call):
        call()
        with CaptureQueriesContext(connection) as queries:
            call()
        return len(queries)

    return count


@pytest.fixture
def link():
    """Return the path of the only link in a letter that leads to a page of accounts."""

    def find(letter):
        (found,) = re.findall(r"https?://[^/\s]+(/\S*accounts/\S+)", letter.body)
        return found

    return find

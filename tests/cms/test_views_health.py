"""/healthz: ready, or what is not; never why."""

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection

from cms import health

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forget():
    """A success about migrations is remembered by the process, so each test begins without one."""
    health.migrations.cache_clear()
    yield
    health.migrations.cache_clear()


def broken(*args, **kwargs):
    raise DatabaseError("password=hunter2")


def test_a_working_server_is_ready(client):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ready"}
    assert "no-store" in response.headers["Cache-Control"]


def test_it_leaves_nothing_behind(client):
    client.get("/healthz")
    assert not default_storage.exists("healthz/probe")


@pytest.mark.parametrize(
    ("where", "what", "part"),
    [
        (connection, "cursor", "database"),
        (health, "MigrationExecutor", "migrations"),
        (health.cache, "set", "cache"),
        (health.default_storage, "save", "storage"),
    ],
)
def test_a_broken_part_is_named_without_its_reason(client, monkeypatch, where, what, part):
    monkeypatch.setattr(where, what, broken)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert part in response.json()["failing"]
    assert b"hunter2" not in response.content


def test_a_waiting_migration_is_not_ready_and_is_looked_for_again(client, monkeypatch):
    with monkeypatch.context() as waiting:
        waiting.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: [("cms.9999", False)])
        assert client.get("/healthz").json() == {"status": "not ready", "failing": ["migrations"]}
    assert client.get("/healthz").status_code == 200


def test_a_forgetful_cache_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(health.cache, "get", lambda key: None)
    assert client.get("/healthz").json()["failing"] == ["cache"]


def test_it_is_only_read(client):
    assert client.post("/healthz").status_code == 405


def test_it_touches_no_session(client):
    assert client.get("/healthz").cookies == {}

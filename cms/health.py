"""Whether this server can do its work. For load balancers and for whoever is on call."""

import logging
import secrets
from collections.abc import Callable
from functools import cache as remember

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


class NotReady(Exception):
    """A part answers, but cannot be worked with yet."""


def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


@remember
def migrations() -> None:
    """Fail while a migration waits. A success is remembered: migrations are not undone under a running server."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReady("migrations wait")


def cache_entry() -> None:
    value = secrets.token_hex(8)
    cache.set("healthz", value, 30)
    # Another server may have written in between: any value proves that the cache keeps what it gets.
    if cache.get("healthz") is None:
        raise NotReady("the cache forgets")


def storage() -> None:
    name = default_storage.save("healthz/probe", ContentFile(b"ready"))
    default_storage.delete(name)


CHECKS: dict[str, Callable[[], None]] = {
    "database": database,
    "migrations": migrations,
    "cache": cache_entry,
    "storage": storage,
}


def failing() -> list[str]:
    """Return the names of the parts that do not work, an empty list if all do. Reasons go to the log only."""
    names = []
    for name, check in CHECKS.items():
        try:
            check()
        except Exception:  # whatever fails here is what the caller asks about
            logger.exception("Not ready: %s", name)
            names.append(name)
    return names


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when everything works, else 503 and what does not."""
    names = failing()
    if names:
        return JsonResponse({"status": "not ready", "failing": names}, status=503)
    return JsonResponse({"status": "ready"})

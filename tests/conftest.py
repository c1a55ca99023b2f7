"""What all tests share: how they are dealt out between processes, a warm database, a browser before the site."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling


class BrowsersTogether(LoadScopeScheduling):
    """Every test by itself, but what shares one running site, one browser or one class's data, in one process.

    xdist's own groups (`xdist_group`) do not hold under pytest 9.2: pytest-xdist issue 1386.
    """

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.split("::")[0]
        if module.startswith("tests/browser/"):
            return "tests/browser"
        if "/test_browser_" in module:
            return module
        return nodeid.rsplit("::", 1)[0] if nodeid.count("::") == 2 else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling | None:
    return BrowsersTogether(config, log) if config.getvalue("dist") == "loadgroup" else None


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Know the content types from the start, as a process that has served for a while does.

    Else the first test to ask for one counts a query more than the same test after another.
    """
    from django.apps import apps
    from django.contrib.contenttypes.models import ContentType

    with django_db_blocker.unblock():
        ContentType.objects.get_for_models(*apps.get_models())
        ContentType.objects.get_for_models(*apps.get_models(), for_concrete_models=False)


@pytest.fixture
def unindexed() -> Iterator[None]:
    """Keep neither the index for search nor that of what is used where: half of what making an exercise costs."""
    from tests.making import without_indexes

    with without_indexes():
        yield


@pytest.fixture(scope="module")
def chromium(django_db_setup: None) -> Iterator[Any]:
    """Debian's Chromium, with a microphone that hums.

    The database comes first: made while Playwright's loop runs, it would be that loop's own (`asgiref.local`), and
    what the tests that really commit put back would be lost.
    """
    from tests.inprocess import chromium as started

    with started() as opened:
        yield opened


@pytest.fixture
def visit(chromium: Any) -> Iterator[Callable]:
    """Open windows that are closed again; no script of ours may have failed in them."""
    from tests.inprocess import Visit

    opened = []

    def open_one(user: Any = None, **window: Any) -> Visit:
        opened.append(Visit(chromium, user, **window))
        return opened[-1]

    yield open_one
    for one in opened:
        one.context.close()
        assert one.errors == []

"""How the tests are shared out between processes."""

from collections.abc import Iterator
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling


class BrowsersTogether(LoadScopeScheduling):
    """Every test by itself, but what shares one running site, or one browser, in one process.

    xdist's own groups (`xdist_group`) do not hold under pytest 9.2: pytest-xdist issue 1386.
    """

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.split("::")[0]
        if module.startswith("tests/browser/"):
            return "tests/browser"
        return module if "/test_browser_" in module else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling | None:
    return BrowsersTogether(config, log) if config.getvalue("dist") == "loadgroup" else None


@pytest.fixture
def unindexed() -> Iterator[None]:
    """Keep neither the index for search nor that of what is used where: half of what making an exercise costs."""
    from tests.making import without_indexes

    with without_indexes():
        yield

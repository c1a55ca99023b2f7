"""Tests of lessons begin in Latvian and with empty throttles."""

import pytest
from django.core.cache import cache
from django.utils import translation


@pytest.fixture(autouse=True)
def indexes(request):
    """Leave the indexes out, but for those modules that look for what they find: `pytestmark` names `indexed`."""
    if request.node.get_closest_marker("indexed") is None:
        request.getfixturevalue("unindexed")


@pytest.fixture(autouse=True)
def latvian():
    """Begin in Latvian: a request leaves its language active in the process."""
    cache.clear()
    with translation.override("lv"):
        yield

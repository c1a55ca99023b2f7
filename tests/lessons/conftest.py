"""Tests of lessons begin in Latvian and with empty throttles; what several of their modules ask for."""

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


@pytest.fixture
def english(settings, tmp_path):
    """Speak English to the learner, and keep pictures out of the way."""
    settings.MEDIA_ROOT = tmp_path
    with translation.override("en"):
        yield


@pytest.fixture
def still(visit):
    """Open windows that may use the microphone and in which nothing moves."""

    def open_one(user=None, **window):
        return visit(user, **({"permissions": ["microphone"], "reduced_motion": "reduce"} | window))

    return open_one

"""Whose request this is, where servers of ours stand in front."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config.middleware import ClientAddressMiddleware


def address_seen(forwarded: str | None, *, remote: str = "10.0.0.1") -> str:
    seen = []

    def view(request):
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    ClientAddressMiddleware(view)(RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote))
    return seen[0]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.7", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, None, "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "unknown", "10.0.0.1"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies
    assert address_seen(forwarded) == expected


def test_behind_a_unix_socket_the_visitor_is_still_known(settings):
    settings.TRUSTED_PROXIES = 1
    assert address_seen("203.0.113.9", remote="") == "203.0.113.9"


def test_a_visitor_cannot_escape_the_limit_by_writing_another_address(settings, client, db):
    from django.core.cache import cache
    from rest_framework.throttling import AnonRateThrottle

    cache.clear()
    rates = {**AnonRateThrottle.THROTTLE_RATES, "anon": "2/min"}
    original, AnonRateThrottle.THROTTLE_RATES = AnonRateThrottle.THROTTLE_RATES, rates
    try:
        codes = [
            client.get("/api/v1/courses/", headers={"x-forwarded-for": f"6.6.6.{n}"}).status_code for n in range(3)
        ]
    finally:
        AnonRateThrottle.THROTTLE_RATES = original
        cache.clear()
    assert codes == [200, 200, 429]

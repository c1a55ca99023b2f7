"""The arithmetic of Range."""

import pytest

from media.ranges import Unsatisfiable, byte_range


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-", (0, 1000)),
        ("bytes=0-0", (0, 1)),
        ("bytes=0-99", (0, 100)),
        ("bytes=999-", (999, 1)),
        ("bytes=900-5000", (900, 100)),
        ("bytes=-1", (999, 1)),
        ("bytes=-5000", (0, 1000)),
        ("BYTES=5-6", (5, 2)),
        ("bytes= 5-6 ", (5, 2)),
    ],
)
def test_one_range(header, expected):
    assert byte_range(header, 1000) == expected


@pytest.mark.parametrize(
    "header",
    [
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "items=0-5",
        "bytes=5-4",
        "bytes=0-1,5-6",
        "bytes=--5",
        "bytes=٣-٤",
    ],
)
def test_malformed_or_several_ranges_give_the_whole_file(header):
    assert byte_range(header, 1000) is None


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=999999999999999999-"])
def test_a_range_behind_the_end(header):
    with pytest.raises(Unsatisfiable):
        byte_range(header, 1000)


def test_a_number_with_a_million_digits_costs_nothing():
    assert byte_range("bytes=" + "9" * 1_000_000 + "-", 1000) is None

"""The locked requirements: what was locked is what pip installs, today and in a year."""

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
LINE = re.compile(r"^([A-Za-z0-9._-]+(?:\[[^]]+\])?==[^\s;]+)", re.M)


def locked(name):
    found = {}
    for line in LINE.findall((ROOT / name).read_text(encoding="utf-8")):
        requirement = Requirement(line)
        found[requirement.name.lower()] = requirement
    return found


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_an_extra_that_one_package_asks_of_another_is_locked_with_it(name):
    """pip takes `coverage[toml]>=7` for met by `coverage[toml]==7.17`, not by `coverage==7.17`.

    Without the extra it looks for a newer release, finds one some day, and refuses it for want of a hash.
    """
    lock = locked(name)
    asked = [one for package in lock.values() for one in asked_by(package)]
    with_extras = [one for one in asked if one.extras and one.name.lower() in lock]
    assert "pyjwt[crypto]" in {f"{one.name}[{','.join(one.extras)}]" for one in with_extras}
    assert not [f"{one}" for one in with_extras if not one.extras <= lock[one.name.lower()].extras]


def asked_by(package):
    """Return what a locked package asks for, with the extras that it is locked with."""
    try:
        texts = metadata.requires(package.name) or []
    except metadata.PackageNotFoundError:  # locked for another system or Python
        return []
    wanted = map(Requirement, texts)
    return [
        one for one in wanted if not one.marker or any(one.marker.evaluate({"extra": e}) for e in ("", *package.extras))
    ]

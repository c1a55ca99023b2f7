"""`create_first_accounts`: how a new site's owner gets in."""

import re
import stat
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.management.commands import create_first_accounts as command
from accounts.models import User


@pytest.fixture
def run(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"

    def call():
        out = StringIO()
        call_command("create_first_accounts", stdout=out)
        return out.getvalue()

    return call


@pytest.fixture
def passwords(tmp_path):
    def read():
        lines = (tmp_path / "var" / "accounts.txt").read_text().splitlines()
        return dict(line.split() for line in lines)

    return read


def test_six_people_who_can_sign_in(db, run, passwords, client, tmp_path):
    said = run()
    kept = passwords()
    assert str(tmp_path / "var" / "accounts.txt") in said
    assert list(kept) == [
        f"{name}@pamatkurss.example" for name in ("admin", "author", "reviewer", "editor", "coordinator", "learner")
    ]
    assert all(email in said and password not in said for email, password in kept.items())
    for email, password in kept.items():
        browser = type(client)()
        assert browser.post("/accounts/login/", {"login": email, "password": password})["Location"] == "/"
    groups = {user.email.split("@")[0]: [group.name for group in user.groups.all()] for user in User.objects.all()}
    assert groups == {
        "admin": ["Administrators"], "author": ["Authors"], "reviewer": ["Native reviewers"],
        "editor": ["Editors"], "coordinator": ["Coordinators"], "learner": ["Learners"],
    }  # fmt: skip
    assert [user.email for user in User.objects.filter(is_superuser=True)] == ["admin@pamatkurss.example"]


def test_only_the_owner_reads_the_file(db, run, tmp_path):
    run()
    assert stat.S_IMODE((tmp_path / "var" / "accounts.txt").stat().st_mode) == 0o600


def test_running_it_again_changes_nothing(db, run, passwords):
    run()
    before = passwords()
    hashes = set(User.objects.values_list("email", "password"))
    said = run()
    assert passwords() == before and set(User.objects.values_list("email", "password")) == hashes
    assert "accounts.txt" in said and "admin@pamatkurss.example" in said


def test_a_site_with_accounts_gets_none_and_a_deleted_one_stays_deleted(db, run, passwords):
    run()
    User.objects.get(email="admin@pamatkurss.example").delete()
    run()
    assert not User.objects.filter(email="admin@pamatkurss.example").exists()
    assert len(passwords()) == 6


def test_no_account_without_a_written_password(db, run, monkeypatch):
    """If the file cannot be written, nobody would know the passwords: no account may stay."""

    def full(path, made):
        raise OSError

    monkeypatch.setattr(command, "write", full)
    with pytest.raises(OSError):
        run()
    assert not User.objects.exists()


def test_passwords_are_long_and_easy_to_type():
    found = {command.easy_password() for _ in range(200)}
    assert len(found) == 200
    assert all(re.fullmatch(r"([a-km-np-z2-9]{5}-){2}[a-km-np-z2-9]{5}", one) for one in found)

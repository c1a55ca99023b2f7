"""A new e-mail address counts once it is confirmed, and only then."""

import time

import pytest
from allauth.account.models import EmailAddress
from django.utils import translation

from tests.accounts.conftest import PASSWORD

NEW = "ilze.jauna@skola.example"


@pytest.fixture
def sure(signed_in):
    """Ilze typed her password again a moment ago."""
    signed_in.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return signed_in


def add(client, email=NEW, prefix=""):
    return client.post(f"{prefix}/accounts/email/", {"action_add": "", "email": email})


def test_the_whole_way(sure, ilze, mailoutbox, link):
    assert add(sure).status_code == 302
    ilze.refresh_from_db()
    assert ilze.email == "ilze@skola.example"
    assert NEW.encode() in sure.get("/accounts/email/").content
    (letter,) = mailoutbox
    assert letter.to == [NEW]
    assert sure.post(link(letter))["Location"] == "/accounts/profile/"
    ilze.refresh_from_db()
    assert ilze.email == NEW
    assert list(EmailAddress.objects.filter(user=ilze).values_list("email", "verified", "primary")) == [
        (NEW, True, True)
    ]


def test_the_old_address_hears_of_it(sure, ilze, mailoutbox, link):
    add(sure)
    sure.post(link(mailoutbox[0]))
    with translation.override("lv"):
        subject = translation.gettext("Your e-mail has been changed")
    assert [letter.to for letter in mailoutbox if letter.subject == subject] == [["ilze@skola.example"]]


def test_the_old_address_opens_nothing_afterwards(sure, ilze, mailoutbox, link):
    add(sure)
    sure.post(link(mailoutbox[0]))
    other = type(sure)()
    other.post("/accounts/login/", {"login": "ilze@skola.example", "password": PASSWORD})
    assert "_auth_user_id" not in other.session


def test_the_password_is_asked_once_more_first(signed_in, ilze, mailoutbox):
    answer = add(signed_in)
    assert answer["Location"].startswith("/accounts/reauthenticate/") and mailoutbox == []
    wrong = signed_in.post("/en/accounts/reauthenticate/", {"password": "wrong"})
    assert b"This is not your password." in wrong.content
    signed_in.post(answer["Location"], {"password": PASSWORD, "next": "/accounts/email/"})
    assert [letter.to for letter in mailoutbox] == [[NEW]], "what was typed before is not lost"


def test_it_can_be_taken_back(sure, ilze):
    add(sure)
    sure.post("/accounts/email/", {"action_remove": "", "email": NEW})
    assert list(EmailAddress.objects.filter(user=ilze).values_list("email", flat=True)) == ["ilze@skola.example"]


def test_the_only_address_stays(sure, ilze):
    sure.post("/accounts/email/", {"action_remove": "", "email": "ilze@skola.example"})
    assert EmailAddress.objects.filter(user=ilze, email="ilze@skola.example").exists()


def test_somebody_elses_address_is_not_told_apart(sure, make_user, mailoutbox, ilze, link):
    """Asking for it looks the same; the letter goes to its owner, and cannot take it away."""
    make_user("anna@skola.example")
    assert add(sure, "anna@skola.example").status_code == 302
    assert mailoutbox[-1].to == ["anna@skola.example"]
    ilze.refresh_from_db()
    assert ilze.email == "ilze@skola.example"


def test_mistakes_are_named(sure):
    assert b"The @ sign is missing" in add(sure, "ilze", "/en").content
    assert b"This is your e-mail already." in add(sure, "ILZE@skola.example", "/en").content


def test_nonsense_changes_nothing(sure, ilze):
    for body in ({}, {"action_primary": "", "email": "x"}, {"action_send": "", "email": "nobody@skola.example"}):
        assert sure.post("/accounts/email/", body).status_code in (200, 302)
    assert EmailAddress.objects.filter(user=ilze).count() == 1


def test_being_sure_lasts_five_minutes(sure, mailoutbox):
    session = sure.session
    records = session["account_authentication_methods"]
    for record in records:
        record["at"] = time.time() - 301
    session["account_authentication_methods"] = records
    session.save()
    assert add(sure)["Location"].startswith("/accounts/reauthenticate/")

"""Signing in and out."""

import re

import pytest
from axes.models import AccessAttempt
from django.utils import translation

from tests.accounts.conftest import PASSWORD


def sign_in(client, email="ilze@skola.example", password=PASSWORD, prefix="", **more):
    return client.post(f"{prefix}/accounts/login/", {"login": email, "password": password, **more})


@pytest.mark.parametrize("email", ["ilze@skola.example", "ILZE@Skola.Example", " ilze@skola.example "])
def test_with_the_right_password(client, ilze, email):
    answer = sign_in(client, email)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(ilze.pk)


def test_the_front_page_follows_in_the_language_of_the_page(client, ilze):
    assert sign_in(client, prefix="/en")["Location"] == "/en/"


def test_the_page_one_came_from_follows(client, ilze):
    assert b'value="/kurss/"' in client.get("/accounts/login/?next=/kurss/").content
    assert sign_in(client, next="/kurss/")["Location"] == "/kurss/"


@pytest.mark.parametrize("next_page", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(client, ilze, next_page):
    assert sign_in(client, next=next_page)["Location"] == "/"


@pytest.mark.parametrize("email", ["ilze@skola.example", "nobody@skola.example"])
def test_a_wrong_password_and_an_unknown_address_look_alike(client, ilze, email):
    page = sign_in(client, email, "wrong-password", "/en").content.decode()
    assert "You could not be signed in" in page and "The e-mail and the password do not match." in page
    assert 'href="#id_password"' in page and 'href="/en/accounts/password/reset/"' in page
    assert f'value="{email}"' in page and "wrong-password" not in page
    assert "_auth_user_id" not in client.session


def test_the_latvian_words(client, ilze):
    page = sign_in(client, password="wrong-password").content.decode()
    with translation.override("lv"):
        headline = translation.gettext("You could not be signed in")
    assert f"<strong>{headline}</strong>" in page and '<html lang="lv">' in page


@pytest.mark.parametrize(
    ("email", "password", "field", "says"),
    [
        ("", PASSWORD, "login", "Please write your e-mail address."),
        ("ilze", PASSWORD, "login", "The @ sign is missing, for example ilze@skola.lv."),
        ("ilze@skola.example", "", "password", "Please write your password."),
    ],
)
def test_a_missing_field_is_named(client, ilze, email, password, field, says):
    page = sign_in(client, email, password, "/en").content.decode()
    assert re.search(rf'id="id_{field}_error">.*?{re.escape(says)}', page, re.DOTALL)


def test_a_closed_account_is_told_so_only_with_its_password(client, make_user):
    make_user("slegts@skola.example", is_active=False)
    assert "You could not be signed in" in sign_in(client, "slegts@skola.example", "wrong", "/en").content.decode()
    answer = sign_in(client, "slegts@skola.example", prefix="/en")
    assert answer["Location"] == "/en/accounts/inactive/"
    assert b"This account is closed" in client.get(answer["Location"]).content
    assert "_auth_user_id" not in client.session


def test_an_unconfirmed_address_gets_its_letter_again(client, make_user, mailoutbox):
    make_user("jauna@skola.example", verified=False)
    assert sign_in(client, "jauna@skola.example")["Location"] == "/accounts/confirm-email/"
    assert [letter.to for letter in mailoutbox] == [["jauna@skola.example"]]
    assert "_auth_user_id" not in client.session


def test_after_five_wrong_passwords_even_the_right_one_waits(client, ilze):
    for _ in range(5):
        sign_in(client, password="wrong")
    page = sign_in(client, prefix="/en")
    assert b"too many attempts" in page.content and "_auth_user_id" not in client.session


def test_others_are_not_shut_out_by_that(client, ilze, make_user):
    make_user("anna@skola.example")
    for _ in range(5):
        sign_in(client, password="wrong")
    assert sign_in(client, "anna@skola.example").status_code == 302


def test_axes_shuts_the_door_of_the_desk_too(client, ilze, settings):
    """allauth's limits do not know Wagtail's own sign-in page."""
    settings.AXES_ENABLED = True
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = client.post("/admin/login/", {"username": "ILZE@skola.example", "password": "wrong"})
    assert answer.status_code == 429 and "text/html" in answer["Content-Type"]
    assert AccessAttempt.objects.get().username == "ilze@skola.example"
    assert client.post("/accounts/login/", {"login": "ilze@skola.example", "password": PASSWORD}).status_code == 429


def test_only_staff_sign_in_at_the_desk(client, ilze, make_user):
    """Otherwise an address that nobody confirmed would get in there."""
    page = client.post("/admin/login/", {"username": ilze.email, "password": PASSWORD})
    assert page.status_code == 200 and "_auth_user_id" not in client.session
    boss = make_user("vadiba@skola.example", is_superuser=True)
    assert client.post("/admin/login/", {"username": boss.email, "password": PASSWORD}).status_code == 302
    assert client.session["_auth_user_id"] == str(boss.pk)


def test_signing_out(signed_in):
    page = signed_in.get("/accounts/logout/")
    assert page.status_code == 200 and "_auth_user_id" in signed_in.session, "a link alone must not sign out"
    assert signed_in.post("/accounts/logout/")["Location"] == "/"
    assert "_auth_user_id" not in signed_in.session


def test_the_hint_cookie_says_only_that(client, ilze):
    assert sign_in(client).cookies["signed_in"].value == "1"
    assert client.post("/accounts/logout/").cookies["signed_in"].value == ""


def test_pages_of_signing_in_are_kept_by_no_cache(client, db):
    for page in ("login", "signup"):
        assert "no-store" in client.get(f"/accounts/{page}/")["Cache-Control"]


def test_a_form_from_elsewhere_is_refused(db, ilze):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict).status_code == 403

"""Keys for programs: asking for one, using it, giving it back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import ApiToken
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_api_me import problem

TOKENS, ME = "/api/v1/tokens/", "/api/v1/me/"


def ask(api, email="ilze@skola.example", password=PASSWORD, **more):
    return api.post(TOKENS, {"email": email, "password": password, **more})


def test_a_key_for_e_mail_and_password(api, ilze):
    answer = ask(api, name="Skripts")
    assert answer.status_code == 201 and answer["Cache-Control"] == "private, no-store"
    body = answer.json()
    assert set(body) == {"token", "name", "expiry"} and body["name"] == "Skripts"
    assert api.get(ME, HTTP_AUTHORIZATION=f"Token {body['token']}").json()["email"] == ilze.email
    assert ApiToken.objects.get().expiry > timezone.now() + timedelta(days=179)


@pytest.mark.parametrize(("email", "password"), [("ilze@skola.example", "wrong"), ("nobody@skola.example", PASSWORD)])
def test_a_wrong_password_and_an_unknown_address_look_alike(api, ilze, email, password):
    body = problem(ask(api, email, password), 400)
    assert set(body["errors"]) == {"password"} and not ApiToken.objects.exists()


def test_a_closed_account_looks_like_a_wrong_password(api, make_user):
    make_user("slegts@skola.example", is_active=False)
    assert set(problem(ask(api, "slegts@skola.example"), 400)["errors"]) == {"password"}


def test_an_unconfirmed_address_must_be_confirmed(api, make_user):
    make_user("jauna@skola.example", verified=False)
    assert set(problem(ask(api, "jauna@skola.example"), 400)["errors"]) == {"email"}
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"email", "password"}),
        ({"email": "ilze", "password": "x"}, {"email"}),
        ({"email": "ilze@skola.example", "password": ["x"]}, {"password"}),
        ({"email": "ilze@skola.example", "password": "x", "name": "x" * 61}, {"name"}),
        ({"email": "ilze@skola.example", "password": "x", "admin": True}, {"admin"}),
        ({"email": "a\x00@skola.example", "password": "x"}, {"email"}),
    ],
)
def test_what_is_wrong_is_named(api, ilze, body, fields):
    assert set(problem(api.post(TOKENS, body), 400)["errors"]) == fields


def test_the_limit_of_attempts_is_shared_with_the_page(api, client, ilze):
    for _ in range(3):
        ask(api, password="wrong")
    for _ in range(2):
        client.post("/accounts/login/", {"login": ilze.email, "password": "wrong"})
    problem(ask(api), 429)


def test_axes_answers_programs_in_their_shape(api, ilze, settings):
    settings.AXES_ENABLED, settings.AXES_FAILURE_LIMIT = True, 2
    for _ in range(2):
        answer = ask(api, password="wrong")
    problem(answer, 429)
    problem(ask(api), 429)


def test_keys_by_the_dozen_are_throttled(api, db):
    for _ in range(20):
        problem(api.post(TOKENS, {}), 400)
    problem(api.post(TOKENS, {}), 429)


def test_ten_keys_are_the_most(api, ilze):
    for number in range(10):
        ApiToken.objects.create(user=ilze, name=str(number))
    assert set(problem(ask(api), 400)["errors"]) == {"name"}


def test_giving_a_key_back(api, ilze, token):
    other = ApiToken.objects.create(user=ilze, name="Cita")[1]
    header = {"HTTP_AUTHORIZATION": f"Token {token}"}
    assert api.delete(f"{TOKENS}current/", **header).status_code == 204
    problem(api.get(ME, **header), 401)
    problem(api.delete(f"{TOKENS}current/", **header), 401)
    assert api.get(ME, HTTP_AUTHORIZATION=f"Token {other}").status_code == 200


def test_a_session_has_no_key_to_give_back(ilzes_api):
    problem(ilzes_api.delete(f"{TOKENS}current/"), 401)


def test_an_old_key_opens_nothing(api, ilze):
    _row, text = ApiToken.objects.create(user=ilze, name="Veca", expiry=-timedelta(seconds=1))
    problem(api.get(ME, HTTP_AUTHORIZATION=f"Token {text}"), 401)


def test_a_key_in_use_lives_on(api, ilze):
    row, text = ApiToken.objects.create(user=ilze, name="Lietota", expiry=timedelta(days=3))
    api.get(ME, HTTP_AUTHORIZATION=f"Token {text}")
    row.refresh_from_db()
    assert row.expiry > timezone.now() + timedelta(days=100)


def test_a_closed_accounts_key_opens_nothing(api, ilze, token):
    ilze.is_active = False
    ilze.save()
    problem(api.get(ME, HTTP_AUTHORIZATION=f"Token {token}"), 401)


@pytest.mark.parametrize(
    "header", ["Token", "Token a b", "Token \xff\xfe", "Token ''", "Token %00", "Token " + "a" * 5000]
)
def test_what_is_no_key_is_401(api, db, header):
    problem(api.get(ME, HTTP_AUTHORIZATION=header), 401)


def test_another_scheme_is_a_visitor(api, db):
    problem(api.get(ME, HTTP_AUTHORIZATION="Basic aWx6ZTp4"), 401)

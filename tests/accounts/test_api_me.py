"""`/api/v1/me/`: reading, changing, taking away and erasing one's own account."""

import json

import pytest
from allauth.account.models import EmailAddress
from axes.models import AccessAttempt
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from accounts import personal_data, services
from accounts.models import ApiToken, User
from tests.accounts.conftest import PASSWORD

ME = "/api/v1/me/"


def problem(answer, status):
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    body = json.loads(answer.content)
    assert body["status"] == status
    return body


# --- reading -------------------------------------------------------------------------------


def test_a_visitor_gets_401(api, db):
    for method, path in (("get", ME), ("patch", ME), ("delete", ME), ("get", f"{ME}export/")):
        problem(getattr(api, method)(path), 401)


def test_one_sees_oneself(ilzes_api, ilze):
    body = ilzes_api.get(ME).json()
    assert body["email"] == "ilze@skola.example" and body["name"] == "Ilze Bērziņa"
    assert (body["role"], body["municipality"], body["municipality_name"]) == ("other", "", "")
    assert body["language"] == "lv" and body["may_enter_desk"] is False
    assert set(body) == {
        "email", "name", "role", "municipality", "municipality_name", "language", "wants_answer_mail",
        "listening_variety", "listening_speed", "date_joined", "may_enter_desk",
    }  # fmt: skip


def test_how_one_likes_to_listen_is_kept(ilzes_api, ilze):
    body = ilzes_api.patch(ME, {"listening_variety": "lithuanian", "listening_speed": 70}).json()
    assert (body["listening_variety"], body["listening_speed"]) == ("lithuanian", 70)
    export = ilzes_api.get(f"{ME}export/").json()
    assert (export["account"]["listening_variety"], export["account"]["listening_speed"]) == ("lithuanian", 70)
    body = ilzes_api.patch(ME, {"listening_variety": "", "listening_speed": None}).json()
    assert (body["listening_variety"], body["listening_speed"]) == ("", None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("listening_variety", "qq"),
        ("listening_variety", "x" * 60),
        ("listening_speed", 33),
        ("listening_speed", "fast"),
    ],
)
def test_a_variety_or_speed_that_does_not_exist_is_refused_and_named(ilzes_api, ilze, field, value):
    assert list(problem(ilzes_api.patch(ME, {field: value}), 400)["errors"]) == [field]
    ilze.refresh_from_db()
    assert (ilze.listening_variety, ilze.listening_speed) == ("", None)


def test_it_brings_the_csrf_cookie_and_is_kept_by_no_cache(ilzes_api):
    answer = ilzes_api.get(ME)
    assert answer.cookies["csrftoken"].value
    assert answer["Cache-Control"] == "private, no-store"


def test_by_key_as_well(api, ilze, token):
    assert api.get(ME, HTTP_AUTHORIZATION=f"Token {token}").json()["email"] == ilze.email


@pytest.mark.parametrize("path", [ME, f"{ME}export/", "/api/v1/tokens/", "/api/v1/tokens/current/"])
def test_a_wrong_method_is_405(ilzes_api, ilze, token, path):
    ilzes_api.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    problem(ilzes_api.put(path, {}), 405)


def test_reading_asks_little_of_the_database(ilzes_api, ilze, count_queries, make_user):
    few = count_queries(lambda: ilzes_api.get(ME))
    for number in range(9):
        ApiToken.objects.create(user=ilze, name="x")
        make_user(f"a{number}@skola.example", groups=Group.objects.all())
    assert count_queries(lambda: ilzes_api.get(ME)) == few <= 5


# --- changing ------------------------------------------------------------------------------


def test_changing_some_fields(ilzes_api, ilze):
    body = ilzes_api.patch(ME, {"role": "social_worker", "municipality": "LV-RIX"}).json()
    assert (body["role"], body["municipality_name"], body["name"]) == ("social_worker", "Rīga", "Ilze Bērziņa")
    ilze.refresh_from_db()
    assert ilze.municipality == "LV-RIX"


def test_changing_nothing_is_fine(ilzes_api):
    assert ilzes_api.patch(ME, {}).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""), ("name", " "), ("name", None), ("name", "x" * 151), ("name", ["x"]), ("name", "a\x00b"),
        ("role", "boss"), ("role", None), ("municipality", "Rīga"), ("language", "rml"), ("language", ""),
        ("email", "new@skola.example"), ("is_superuser", True), ("groups", [1]), ("ethnicity", "x"), ("id", 1),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_name(ilzes_api, ilze, field, value):
    body = problem(ilzes_api.patch(ME, {"name": "Cita", field: value}), 400)
    assert set(body["errors"]) == {field}
    ilze.refresh_from_db()
    assert ilze.name == "Ilze Bērziņa" and not ilze.is_superuser


@pytest.mark.parametrize("raw", [b"{", b"[]", b'"x"', b"null", b"7", b"\xff\xfe", b"[{}]", b'{"name": ' + b"[" * 5000])
def test_a_malformed_body_is_400(ilzes_api, raw):
    problem(ilzes_api.patch(ME, raw, content_type="application/json"), 400)


def test_another_format_is_415(ilzes_api):
    problem(ilzes_api.patch(ME, "name=x", content_type="application/x-www-form-urlencoded"), 415)


def test_errors_come_in_the_language_of_the_request(ilzes_api):
    english = ilzes_api.patch(ME, {"x": 1}, HTTP_ACCEPT_LANGUAGE="en").json()
    latvian = ilzes_api.patch(ME, {"x": 1}, HTTP_ACCEPT_LANGUAGE="lv").json()
    assert english["errors"]["x"] == ["This field is not known here."]
    assert latvian["errors"]["x"] != english["errors"]["x"]


def test_a_session_needs_the_csrf_header(ilze):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ilze, backend="django.contrib.auth.backends.ModelBackend")
    assert strict.patch(ME, "{}", content_type="application/json").status_code == 403
    strict.get(ME)
    header = {"HTTP_X_CSRFTOKEN": strict.cookies["csrftoken"].value}
    assert strict.patch(ME, "{}", content_type="application/json", **header).status_code == 200


# --- taking away ---------------------------------------------------------------------------


def test_the_export_has_every_part(ilzes_api, ilze, token):
    UserProfile.get_for_user(ilze)
    AccessAttempt.objects.create(
        username=ilze.email, ip_address="192.0.2.1", user_agent="Pārlūks", failures_since_start=1
    )
    answer = ilzes_api.get(f"{ME}export/")
    body = answer.json()
    assert set(body) == {"exported_at", *personal_data.names()}
    assert {"account", "enrolments", "progress"} <= set(body)
    account = body["account"]
    assert account["email"] == ilze.email and account["addresses"][0]["verified"] is True
    assert account["keys"][0]["name"] == "Tālrunis" and account["failed_sign_ins"][0]["ip_address"] == "192.0.2.1"
    assert account["desk"]["preferred_language"] == "lv"
    assert ilze.password not in answer.content.decode() and token not in answer.content.decode()
    assert answer["Content-Disposition"].startswith("attachment;") and answer["Cache-Control"] == "private, no-store"


def test_the_export_names_nobody_else(ilzes_api, make_user):
    make_user("anna@skola.example", name="Anna Ozola")
    text = ilzes_api.get(f"{ME}export/").content.decode()
    assert "anna@skola.example" not in text and "Anna Ozola" not in text


# --- erasing -------------------------------------------------------------------------------


def test_erasing_takes_everything(ilzes_api, ilze, token):
    profile = UserProfile.get_for_user(ilze)
    profile.avatar.save("bilde.png", ContentFile(b"x"))
    place, storage = profile.avatar.name, profile.avatar.storage
    AccessAttempt.objects.create(username=ilze.email, ip_address="192.0.2.1", user_agent="x", failures_since_start=1)
    ModelLogEntry.objects.log_action(ilze, "wagtail.edit")

    assert ilzes_api.delete(ME, {"password": PASSWORD}).status_code == 204
    assert not User.objects.filter(pk=ilze.pk).exists()
    assert not EmailAddress.objects.filter(email=ilze.email).exists()
    assert not ApiToken.objects.exists() and not AccessAttempt.objects.exists()
    assert not ModelLogEntry.objects.filter(label__contains="Ilze").exists()
    assert not storage.exists(place)
    problem(ilzes_api.get(ME), 401)


def test_every_part_is_erased_and_then_the_account(ilzes_api, ilze, monkeypatch):
    erased = []
    monkeypatch.setitem(
        personal_data._parts, "probe", personal_data.Part(lambda user: {}, lambda user: erased.append(user.email))
    )
    ilzes_api.delete(ME, {"password": PASSWORD})
    assert erased == ["ilze@skola.example"]


def test_nothing_goes_when_one_part_fails(ilze, monkeypatch):
    def fail(user):
        raise RuntimeError

    monkeypatch.setitem(personal_data._parts, "probe", personal_data.Part(lambda user: {}, fail))
    with pytest.raises(RuntimeError), transaction.atomic():
        services.erase_account(user=ilze)
    assert User.objects.filter(pk=ilze.pk).exists() and EmailAddress.objects.filter(user=ilze).exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "password"), ({"password": ""}, "password"), ({"password": "wrong"}, "password"), ({"sure": 1}, "sure")],
)
def test_erasing_needs_the_password(ilzes_api, ilze, body, field):
    assert set(problem(ilzes_api.delete(ME, body), 400)["errors"]) == {field}
    assert User.objects.filter(pk=ilze.pk).exists()


def test_or_a_sign_in_just_now(client, ilze):
    client.post("/accounts/login/", {"login": ilze.email, "password": PASSWORD})
    assert client.delete(ME, "{}", content_type="application/json").status_code == 204


def test_a_key_alone_does_not_erase(api, ilze, token):
    api.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    problem(api.delete(ME, {}), 400)
    assert api.delete(ME, {"password": PASSWORD}).status_code == 204


def test_guessing_is_limited(ilzes_api, ilze):
    for _ in range(5):
        ilzes_api.delete(ME, {"password": "wrong"})
    problem(ilzes_api.delete(ME, {"password": PASSWORD}), 429)
    assert User.objects.filter(pk=ilze.pk).exists()

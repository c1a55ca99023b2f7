"""The person's own page: details, keys, erasure."""

import re

import pytest
from django.test import override_settings
from wagtail.users.models import UserProfile

from accounts.models import ApiToken, User
from tests.accounts.conftest import PASSWORD

GOOD = {"name": "Ilze Kalniņa", "role": "mediator", "municipality": "LV-113", "language": "en"}
PAGES = ["/accounts/profile/", "/accounts/profile/keys/", "/accounts/profile/erase/"]


@pytest.mark.parametrize("page", [*PAGES, "/accounts/email/", "/accounts/password/change/", "/accounts/3rdparty/"])
def test_a_visitor_is_sent_to_sign_in_and_back(client, db, page):
    assert client.get(page)["Location"] == f"/accounts/login/?next={page}"


@pytest.mark.parametrize("page", PAGES)
def test_no_cache_keeps_these_pages(signed_in, page):
    answer = signed_in.get(page)
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("prefix", "language"), [("", "lv"), ("/en", "en")])
def test_both_languages(signed_in, page, prefix, language):
    assert f'<html lang="{language}">' in signed_in.get(prefix + page).content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_other_methods_are_refused(signed_in, page):
    assert signed_in.put(page).status_code == 405
    assert signed_in.delete(page).status_code == 405


def test_changing_details(signed_in, ilze):
    assert signed_in.post("/accounts/profile/", GOOD)["Location"] == "/accounts/profile/"
    ilze.refresh_from_db()
    assert {name: getattr(ilze, name) for name in GOOD} == GOOD
    assert 'data-v="exact"' in signed_in.get("/accounts/profile/").content.decode()


def test_letters_about_answers_can_be_switched_off_and_on(signed_in, ilze):
    assert ilze.wants_answer_mail and "checked" in signed_in.get("/accounts/profile/").content.decode()
    signed_in.post("/accounts/profile/", GOOD)
    ilze.refresh_from_db()
    assert not ilze.wants_answer_mail
    signed_in.post("/accounts/profile/", {**GOOD, "wants_answer_mail": "on"})
    ilze.refresh_from_db()
    assert ilze.wants_answer_mail


def test_the_municipality_may_be_left_open(signed_in, ilze):
    signed_in.post("/accounts/profile/", {**GOOD, "municipality": ""})
    ilze.refresh_from_db()
    assert ilze.municipality == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "x" * 151), ("role", "boss"), ("municipality", "LV-999"), ("language", "xx")],
)
def test_a_mistake_is_named_and_changes_nothing(signed_in, ilze, field, value):
    page = signed_in.post("/en/accounts/profile/", {**GOOD, field: value}).content.decode()
    assert f'id="id_{field}_error"' in page
    assert f'value="{value if field == "name" else GOOD["name"]}"' in page or value == ""
    ilze.refresh_from_db()
    assert ilze.name == "Ilze Bērziņa"


def test_nothing_else_can_be_set(signed_in, ilze):
    """Fields that the form does not have change nothing, however they are called."""
    signed_in.post(
        "/accounts/profile/", {**GOOD, "is_superuser": "on", "email": "x@y.lv", "groups": "1", "password": "x"}
    )
    ilze.refresh_from_db()
    assert not ilze.is_superuser and ilze.email == "ilze@skola.example" and ilze.check_password(PASSWORD)
    assert not ilze.groups.exists()


def test_the_page_of_staff_leads_to_the_desk(client, make_user, signed_in):
    assert b'href="/admin/"' not in signed_in.get("/accounts/profile/").content
    boss = make_user("vadiba@skola.example", is_superuser=True)
    client.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")
    assert b'href="/admin/"' in client.get("/accounts/profile/").content


def test_the_desk_follows_the_language(signed_in, ilze):
    assert UserProfile.get_for_user(ilze).preferred_language == "lv"
    signed_in.post("/accounts/profile/", GOOD)
    assert UserProfile.objects.get(user=ilze).get_preferred_language() == "en"


def test_the_account_follows_the_desk(ilze):
    profile = UserProfile.get_for_user(ilze)
    profile.preferred_language = "en"
    profile.save()
    ilze.refresh_from_db()
    assert ilze.language == "en"


# --- keys ----------------------------------------------------------------------------------


def test_a_key_is_shown_once_and_works(signed_in, ilze, api):
    page = signed_in.post("/accounts/profile/keys/", {"name": "Tālrunis"}).content.decode()
    (text,) = re.findall(r"<code>(\w+)</code>", page)
    assert api.get("/api/v1/me/", HTTP_AUTHORIZATION=f"Token {text}").data["email"] == ilze.email
    later = signed_in.get("/accounts/profile/keys/").content.decode()
    assert "Tālrunis" in later and text not in later
    assert text not in str(list(ApiToken.objects.values()))


def test_a_key_needs_a_name(signed_in):
    page = signed_in.post("/en/accounts/profile/keys/", {"name": " "}).content.decode()
    assert "Give the key a name" in page and not ApiToken.objects.exists()
    assert signed_in.post("/accounts/profile/keys/", {"name": "x" * 61}).status_code == 200
    assert not ApiToken.objects.exists()


def test_ten_keys_are_the_most(signed_in, ilze):
    for number in range(10):
        signed_in.post("/accounts/profile/keys/", {"name": f"Ierīce {number}"})
    page = signed_in.post("/en/accounts/profile/keys/", {"name": "Vēl viena"}).content.decode()
    assert "You have 10 keys already." in page and 'value="Vēl viena"' in page
    assert ApiToken.objects.filter(user=ilze).count() == 10


def test_taking_a_key_back(signed_in, ilze, token, api):
    key = ApiToken.objects.get().token_key
    assert signed_in.get(f"/accounts/profile/keys/{key}/").status_code == 405
    assert signed_in.post(f"/accounts/profile/keys/{key}/")["Location"] == "/accounts/profile/keys/"
    assert api.get("/api/v1/me/", HTTP_AUTHORIZATION=f"Token {token}").status_code == 401


def test_somebody_elses_key_is_not_there(signed_in, make_user):
    ApiToken.objects.create(user=make_user("anna@skola.example"), name="Annas")
    key = ApiToken.objects.get().token_key
    assert b"Annas" not in signed_in.get("/accounts/profile/keys/").content
    assert signed_in.post(f"/accounts/profile/keys/{key}/").status_code == 404
    assert signed_in.post("/accounts/profile/keys/none/").status_code == 404
    assert ApiToken.objects.exists()


def test_the_page_of_keys_asks_no_more_of_the_database_for_more_keys(signed_in, ilze, token, count_queries):
    few = count_queries(lambda: signed_in.get("/accounts/profile/keys/"))
    for number in range(9):
        ApiToken.objects.create(user=ilze, name=f"Ierīce {number}")
    assert count_queries(lambda: signed_in.get("/accounts/profile/keys/")) == few


# --- erasure -------------------------------------------------------------------------------


def test_erasing_asks_for_the_password(signed_in, ilze):
    page = signed_in.post("/en/accounts/profile/erase/", {"password": "wrong"}).content.decode()
    assert "This is not your password." in page and "The account was not erased" in page
    page = signed_in.post("/en/accounts/profile/erase/", {"password": ""}).content.decode()
    assert "Type your password to confirm." in page
    assert User.objects.filter(pk=ilze.pk).exists()


def test_erasing(signed_in, ilze):
    assert signed_in.post("/en/accounts/profile/erase/", {"password": PASSWORD})["Location"] == "/en/"
    assert not User.objects.filter(pk=ilze.pk).exists()
    assert "_auth_user_id" not in signed_in.session


def test_who_has_no_password_must_have_signed_in_just_now(client, make_user):
    user = make_user("darbs@skola.example")
    user.set_unusable_password()
    user.save()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    page = client.post("/en/accounts/profile/erase/", {}).content.decode()
    assert "sign in again" in page and User.objects.filter(pk=user.pk).exists()


def test_the_last_administrator_stays(client, make_user):
    boss = make_user("vadiba@skola.example", is_superuser=True)
    client.post("/accounts/login/", {"login": boss.email, "password": PASSWORD})
    page = client.post("/en/accounts/profile/erase/", {"password": PASSWORD}).content.decode()
    assert "You are the only administrator." in page and User.objects.filter(pk=boss.pk).exists()
    make_user("otra@skola.example", is_superuser=True)
    client.post("/accounts/profile/erase/", {"password": PASSWORD})
    assert not User.objects.filter(pk=boss.pk).exists()


@override_settings(ACCOUNT_RATE_LIMITS={"login_failed": "2/m/key"})
def test_guessing_the_password_of_an_open_session_is_limited(signed_in, ilze):
    for _ in range(3):
        page = signed_in.post("/en/accounts/profile/erase/", {"password": "wrong"})
    assert b"too many attempts" in page.content

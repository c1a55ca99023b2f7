"""Accounts in the CMS: with our fields, in both languages, and only for administrators."""

import io

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image

from accounts import roles
from accounts.models import User
from tests.accounts.conftest import PASSWORD

USERS = "/admin/users/"
NEW = {
    "email": "Anna@Skola.example",
    "name": "Anna Ozola",
    "role": "teacher",
    "municipality": "LV-RIX",
    "language": "lv",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


ACCOUNT = {
    "name_email-name": "Vadība Jauna",
    "locale-preferred_language": "en",
    "locale-current_time_zone": "Europe/Riga",
    "theme-theme": "system",
    "theme-contrast": "system",
    "theme-density": "default",
}


@pytest.fixture
def boss(client, make_user):
    user = make_user("vadiba@skola.example", name="Vadība", groups=[Group.objects.get(name=roles.ADMINISTRATORS)])
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def member(make_user, group):
    return make_user(f"{group.split()[0].lower()}@skola.example", groups=[Group.objects.get(name=group)])


@pytest.mark.parametrize("group", roles.GROUPS)
def test_who_may_look_after_accounts(client, make_user, group):
    client.force_login(member(make_user, group), backend="django.contrib.auth.backends.ModelBackend")
    allowed = group == roles.ADMINISTRATORS
    assert (client.get(USERS).status_code == 200) is allowed
    assert (client.get(f"{USERS}new/").status_code == 200) is allowed


def test_the_list_shows_and_finds_people(boss, ilze):
    page = boss.get(USERS).content.decode()
    assert "Ilze Bērziņa" in page and "ilze@skola.example" in page
    found = boss.get(USERS, {"q": "Bērz"}).content.decode()
    assert (
        "ilze@skola.example" in found and "vadiba@skola.example" not in found.split("<main", 1)[1].split("</main", 1)[0]
    )
    for query in (
        {"ordering": "name"},
        {"ordering": "-name"},
        {"role": "teacher"},
        {"municipality": "LV-RIX"},
        {"role": "x"},
    ):
        assert boss.get(USERS, query).status_code == 200


def test_the_list_asks_no_more_of_the_database_for_more_people(boss, make_user, count_queries):
    make_user("a@skola.example")
    few = count_queries(lambda: boss.get(USERS))
    for number in range(19):
        make_user(f"a{number}@skola.example")
    assert count_queries(lambda: boss.get(USERS)) == few


def test_making_an_account(boss, client):
    page = boss.get(f"{USERS}new/").content.decode()
    assert 'name="municipality"' in page and "first_name" not in page
    learners = Group.objects.get(name=roles.LEARNERS)
    assert boss.post(f"{USERS}new/", {**NEW, "groups": [learners.pk]}).status_code == 302
    anna = User.objects.get(email="anna@skola.example")
    assert (anna.name, anna.role, anna.municipality) == ("Anna Ozola", "teacher", "LV-RIX")
    browser = type(client)()
    assert browser.post("/accounts/login/", {"login": "anna@skola.example", "password": PASSWORD})["Location"] == "/"


def test_a_mistake_is_named(boss, ilze):
    page = boss.post(f"{USERS}new/", {**NEW, "email": "ILZE@skola.example"}).content.decode()
    assert User.objects.count() == 2 and "error-message" in page and 'value="Anna Ozola"' in page


def test_changing_an_account_and_its_address(boss, ilze, client):
    path = f"{USERS}edit/{ilze.pk}/"
    assert 'value="Ilze Bērziņa"' in boss.get(path).content.decode()
    changed = {
        **NEW,
        "email": "ilze.ozola@skola.example",
        "name": "Ilze Ozola",
        "password1": "",
        "password2": "",
        "is_active": "on",
    }
    assert boss.post(path, changed).status_code == 302
    ilze.refresh_from_db()
    assert (ilze.name, ilze.email) == ("Ilze Ozola", "ilze.ozola@skola.example")
    assert list(EmailAddress.objects.filter(user=ilze).values_list("email", "verified")) == [(ilze.email, True)]
    old, new = type(client)(), type(client)()
    old.post("/accounts/login/", {"login": "ilze@skola.example", "password": PASSWORD})
    new.post("/accounts/login/", {"login": "ilze.ozola@skola.example", "password": PASSWORD})
    assert "_auth_user_id" not in old.session and "_auth_user_id" in new.session


def test_deleting_an_account_erases_what_apps_keep(boss, ilze, monkeypatch):
    from accounts import personal_data

    erased = []
    monkeypatch.setitem(
        personal_data._parts, "probe", personal_data.Part(lambda u: {}, lambda u: erased.append(u.email))
    )
    assert boss.post(f"{USERS}delete/{ilze.pk}/").status_code == 302
    assert not User.objects.filter(pk=ilze.pk).exists() and erased == ["ilze@skola.example"]


def test_ones_own_account_page_of_the_desk(boss):
    page = boss.get("/admin/account/").content.decode()
    assert 'name="name_email-name"' in page and "first_name" not in page and 'name="name_email-email"' not in page
    answer = boss.post("/admin/account/", ACCOUNT)
    assert answer.status_code == 302
    user = User.objects.get(email="vadiba@skola.example")
    assert (user.name, user.language) == ("Vadība Jauna", "en")


@pytest.mark.parametrize("language", ["lv", "en"])
def test_the_desk_speaks_the_persons_language_from_the_first_page(client, make_user, language):
    make_user("vadiba@skola.example", is_superuser=True, language=language)
    client.post("/accounts/login/", {"login": "vadiba@skola.example", "password": PASSWORD})
    assert f'<html lang="{language}"' in client.get(USERS).content.decode()


def test_ones_picture_at_the_desk_is_shown(boss):
    data = io.BytesIO()
    Image.new("RGB", (20, 20), "#123e85").save(data, "PNG")
    picture = SimpleUploadedFile("es.png", data.getvalue(), "image/png")
    boss.post("/admin/account/", {**ACCOUNT, "avatar-avatar": picture})
    avatar = User.objects.get(email="vadiba@skola.example").wagtail_userprofile.avatar
    assert avatar and boss.get(avatar.url).status_code == 200
    assert avatar.url in boss.get(USERS).content.decode()


def test_our_words_are_translated(db):
    with translation.override("lv"):
        labels = [str(User._meta.get_field(name).verbose_name) for name in ("name", "role", "municipality", "language")]
        assert labels == ["vārds", "darbs", "pašvaldība", "valoda"]
        assert "Teacher" not in [str(label) for _value, label in User.Role.choices]

"""The user model: one account per e-mail, whatever its case; names for people and for Wagtail."""

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models

from accounts import languages, municipalities
from accounts.models import User


def test_an_address_is_kept_in_small_letters(db):
    user = User.objects.create_user("Ilze.Berzina@Skola.LV", "mežs-upe-ezers-3", name="Ilze")
    assert user.email == "ilze.berzina@skola.lv"
    assert User.objects.get(email="ILZE.BERZINA@SKOLA.LV") == user
    assert User.objects.get_by_natural_key("Ilze.berzina@skola.lv") == user


def test_two_accounts_cannot_differ_by_case_alone(db):
    User.objects.create_user("ilze@skola.lv", name="Ilze")
    with pytest.raises(IntegrityError):
        User.objects.create_user("ILZE@skola.lv", name="Ilze")


def test_a_form_learns_of_the_other_account(db):
    User.objects.create_user("ilze@skola.lv", name="Ilze")
    with pytest.raises(ValidationError) as error:
        User(email="ILZE@skola.lv", name="Cita", password="x").full_clean()
    assert set(error.value.message_dict) == {"email"}


def test_an_account_needs_an_address():
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("")


def test_a_superuser_is_one_and_may_enter_the_desk(db):
    boss = User.objects.create_superuser("vadiba@skola.lv", "mežs-upe-ezers-3", name="Vadība")
    assert boss.is_superuser and boss.is_staff
    with pytest.raises(ValueError, match="is_superuser"):
        User.objects.create_superuser("cits@skola.lv", is_superuser=False)


def test_a_closed_account_does_not_enter_the_desk(db):
    assert not User.objects.create_superuser("vadiba@skola.lv", is_active=False).is_staff


def test_names(db):
    assert User(email="a@b.lv", name="Ilze Bērziņa").get_full_name() == "Ilze Bērziņa"
    assert User(email="a@b.lv", name="Ilze Bērziņa").get_short_name() == "Ilze"
    assert str(User(email="a@b.lv")) == User(email="a@b.lv").get_short_name() == "a@b.lv"


def test_the_case_of_a_login_does_not_matter(ilze, rf):
    request = rf.post("/accounts/login/")
    assert authenticate(request, username="ILZE@Skola.Example", password="mežs-upe-ezers-3") == ilze


def test_municipalities_are_those_of_the_standard():
    """ISO 3166-2:LV after the reform of 2021: 7 state cities and 36 municipalities."""
    assert (len(municipalities.STATE_CITIES), len(municipalities.MUNICIPALITIES)) == (7, 36)
    assert len(municipalities.NAMES) == 43
    assert all(code.startswith("LV-") and len(code) == 6 for code in municipalities.NAMES)
    assert all(name.endswith(" novads") for _code, name in municipalities.MUNICIPALITIES)
    assert municipalities.NAMES["LV-RIX"] == "Rīga" and municipalities.NAMES["LV-113"] == "Valmieras novads"


def test_languages_are_named_in_themselves():
    assert languages.choices() == [("lv", "Latviešu"), ("en", "English")]


def test_no_relation_can_stop_an_erasure():
    """A protected relation to a person would turn `erase my account` into an error."""
    stopping = [
        relation.related_model._meta.label
        for relation in User._meta.related_objects
        if relation.on_delete in (models.PROTECT, models.RESTRICT)
    ]
    assert stopping == []

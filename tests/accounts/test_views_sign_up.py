"""From sign-up over the letter to the first sign-in, and what can go wrong on the way."""

import re

import pytest
from django.utils import translation

from accounts.models import User

FORM = {
    "name": "Ilze Bērziņa",
    "email": "ilze@skola.example",
    "password1": "mežs-upe-ezers-3",
    "role": "teacher",
    "municipality": "LV-RIX",
    "language": "lv",
}


def sign_up(client, prefix="", **changes):
    return client.post(f"{prefix}/accounts/signup/", {**FORM, **changes})


def test_the_whole_way(client, db, mailoutbox, link):
    page = client.get("/accounts/signup/")
    assert page.status_code == 200 and b'lang="lv"' in page.content

    answer = sign_up(client)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/confirm-email/")
    user = User.objects.get()
    assert (user.name, user.role, user.municipality, user.language) == ("Ilze Bērziņa", "teacher", "LV-RIX", "lv")
    assert [group.name for group in user.groups.all()] == ["Learners"]
    assert user.check_password(FORM["password1"])

    # Before the letter is answered nobody gets in.
    client.post("/accounts/login/", {"login": user.email, "password": FORM["password1"]})
    assert "_auth_user_id" not in client.session

    address = link(mailoutbox[0])
    confirmation = client.get(address)
    assert b'method="post"' in confirmation.content and user.email.encode() in confirmation.content
    client.post(address)
    client.post("/accounts/login/", {"login": user.email, "password": FORM["password1"]})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_whoever_confirms_in_the_same_browser_is_signed_in(client, db, mailoutbox, link):
    sign_up(client)
    answer = client.post(link(mailoutbox[0]))
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_a_link_opened_by_a_mail_scanner_confirms_nothing(client, db, mailoutbox, link):
    """Scanners of mail open every link; only the button counts."""
    sign_up(client)
    client.get(link(mailoutbox[0]))
    assert not User.objects.get().emailaddress_set.get().verified


def test_a_link_confirms_in_another_browser_without_signing_in(client, db, mailoutbox, link, django_user_model):
    sign_up(client)
    other = type(client)()
    assert other.post(link(mailoutbox[0]))["Location"] == "/accounts/login/"
    assert "_auth_user_id" not in other.session
    assert b"ilze@skola.example" in other.get("/accounts/login/").content


def test_a_wrong_or_old_link_explains_itself(client, db):
    page = client.get("/en/accounts/confirm-email/MQ:1abc:def/")
    assert page.status_code == 200 and b"no longer valid" in page.content
    assert client.post("/accounts/confirm-email/MQ:1abc:def/").status_code == 404


@pytest.mark.parametrize(("prefix", "language"), [("", "lv"), ("/en", "en")])
def test_the_language_is_preset_from_the_address(client, db, prefix, language):
    page = client.get(f"{prefix}/accounts/signup/").content.decode()
    assert re.search(rf'<option value="{language}" selected>', page)


def test_the_letter_is_in_the_language_that_was_chosen(client, db, mailoutbox, link):
    """Chosen on the Latvian page: English. The letter and the page behind its link are English."""
    sign_up(client, language="en")
    (letter,) = mailoutbox
    assert letter.subject == "Confirm your e-mail" and "Good day, Ilze Bērziņa!" in letter.body
    assert link(letter).startswith("/en/accounts/confirm-email/")
    assert b'lang="en"' in client.get(link(letter)).content
    assert letter.alternatives == []


def test_the_latvian_letter(client, db, mailoutbox, link):
    sign_up(client, prefix="/en", language="lv")
    (letter,) = mailoutbox
    with translation.override("lv"):
        assert letter.subject == translation.gettext("Confirm your e-mail")
    assert link(letter).startswith("/accounts/confirm-email/")


def test_it_says_that_ethnicity_is_never_asked(client, db):
    assert b"never ask for anybody's ethnicity" in client.get("/en/accounts/signup/").content


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "", "Please write your name."),
        ("email", "", "Please write your e-mail address."),
        ("email", "ilze.skola.example", "The @ sign is missing"),
        ("email", "ilze@", "This is not an e-mail address."),
        ("password1", "", "Please choose a password."),
        ("password1", "īsa", "too short"),
        ("password1", "ilze@skola.example", "too similar to the e-mail"),
        ("role", "", "Please choose what fits best."),
        ("role", "boss", "Select a valid choice"),
        ("municipality", "LV-999", "Select a valid choice"),
        ("language", "xx", "Select a valid choice"),
        ("name", "a" * 151, "at most 150 characters"),
        ("name", "a\x00b", "Null characters"),
    ],
)
def test_a_mistake_is_named_at_its_field_and_nothing_typed_is_lost(client, db, field, value, says):
    page = sign_up(client, "/en", **{field: value})
    html = page.content.decode()
    assert page.status_code == 200 and User.objects.count() == 0
    assert re.search(rf'id="id_{field}_error">.*?{re.escape(says)}', html, re.DOTALL)
    assert re.search(rf'name="{field}"[^>]*aria-invalid="true"', html)
    for other in {"name", "email"} - {field}:
        assert f'value="{FORM[other]}"' in html
    assert FORM["password1"] not in html


def test_who_has_an_account_gets_a_letter_and_a_stranger_learns_nothing(client, ilze, mailoutbox):
    """The answer is that of a new address; only the letter, which only Ilze reads, is another."""
    new = sign_up(client, "/en", email="jauna@skola.example")
    known = sign_up(type(client)(), "/en", email="ILZE@skola.example")
    assert (known.status_code, known["Location"]) == (new.status_code, new["Location"])
    _first, second = mailoutbox
    assert second.to == ["ilze@skola.example"]
    # Ilze's own language, not that of whoever tried.
    with translation.override("lv"):
        assert second.subject == translation.gettext("You have an account already")
    assert "/accounts/password/reset/" in second.body and "/en/" not in second.body
    assert User.objects.count() == 2


def test_who_is_signed_in_is_not_asked_to_sign_up(signed_in):
    assert signed_in.get("/accounts/signup/").status_code == 302


def test_a_training_room_signs_up_together_but_a_machine_must_wait(client, db):
    answers = {sign_up(client, email=f"a{number}", role="boss").status_code for number in range(60)}
    assert answers == {200}
    answer = sign_up(client, "/en", email="a61")
    assert answer.status_code == 429 and b"Please wait a little" in answer.content


def test_other_methods_are_refused(client, db):
    assert client.put("/accounts/signup/").status_code in (200, 405)
    assert client.delete("/accounts/signup/").status_code == 405

"""A forgotten password, a changed one, and what a new password ends."""

import pytest
from django.utils import translation

from accounts.models import ApiToken
from tests.accounts.conftest import PASSWORD

NEW = "tilts-māja-logs-5"


def ask(client, email="ilze@skola.example", prefix=""):
    return client.post(f"{prefix}/accounts/password/reset/", {"email": email})


def open_link(client, path):
    answer = client.get(path)
    return answer["Location"] if answer.status_code == 302 else None


def test_the_whole_way(client, ilze, mailoutbox, link):
    assert ask(client)["Location"] == "/accounts/password/reset/done/"
    assert client.get("/accounts/password/reset/done/").status_code == 200
    form = open_link(client, link(mailoutbox[0]))
    assert "key" in form and b'name="password1"' in client.get(form).content
    assert client.post(form, {"password1": NEW, "password2": NEW})["Location"] == "/accounts/password/reset/key/done/"
    ilze.refresh_from_db()
    assert ilze.check_password(NEW)
    assert b"sign in" in client.get("/en/accounts/password/reset/key/done/").content
    notice = mailoutbox[1]
    with translation.override("lv"):
        assert notice.subject == translation.gettext("Your password has been changed")


def test_a_link_works_once(client, ilze, mailoutbox, link):
    ask(client, prefix="/en")
    path = link(mailoutbox[0])
    client.post(open_link(client, path), {"password1": NEW, "password2": NEW})
    again = type(client)().get("/en" + path)
    assert again.status_code == 200 and b"no longer valid" in again.content


@pytest.mark.parametrize("key", ["1-abc", "zzzzzzzzzzzzzzz-abc", "1-cxyz12-0123456789abcdef0123456789abcdef"])
def test_a_made_up_link_explains_itself(client, ilze, key):
    page = client.get(f"/en/accounts/password/reset/key/{key}/")
    assert page.status_code == 200 and b"no longer valid" in page.content


def test_a_stranger_learns_nothing(client, ilze, mailoutbox):
    """Known and unknown addresses get the same answer; the letter tells only its reader."""
    known, unknown = ask(client, prefix="/en"), ask(client, "nobody@skola.example", "/en")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [letter.to[0] for letter in mailoutbox] == ["ilze@skola.example", "nobody@skola.example"]
    assert mailoutbox[1].subject == "There is no account with this address"
    assert "/en/accounts/signup/" in mailoutbox[1].body


def test_the_letter_is_in_the_readers_language(client, make_user, mailoutbox, link):
    make_user("john@skola.example", language="en")
    ask(client, "john@skola.example")
    assert mailoutbox[0].subject == "A new password"
    assert link(mailoutbox[0]).startswith("/en/accounts/password/reset/key/")


def test_a_closed_account_gets_no_link(client, make_user, mailoutbox):
    make_user("slegts@skola.example", is_active=False)
    ask(client, "slegts@skola.example")
    assert "/reset/key/" not in mailoutbox[0].body


def test_five_letters_a_minute_are_enough(client, ilze, mailoutbox):
    for _ in range(5):
        ask(client)
    answer = ask(client, prefix="/en")
    assert answer.status_code == 429 and b"Please wait a little" in answer.content
    assert len(mailoutbox) == 5


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [(NEW, "other-password-1", "same password each time"), ("short", "short", "too short"), ("", "", "Please choose")],
)
def test_mistakes_in_a_new_password_are_named(client, ilze, mailoutbox, link, first, second, says):
    ask(client)
    form = open_link(client, "/en" + link(mailoutbox[0]))
    page = client.post(form, {"password1": first, "password2": second})
    assert page.status_code == 200 and says in page.content.decode()
    ilze.refresh_from_db()
    assert ilze.check_password(PASSWORD)


def change(client, old=PASSWORD, prefix=""):
    return client.post(f"{prefix}/accounts/password/change/", {"oldpassword": old, "password1": NEW, "password2": NEW})


def test_changing_it_keeps_this_browser_and_ends_all_else(signed_in, ilze, token, mailoutbox):
    elsewhere = type(signed_in)()
    elsewhere.force_login(ilze, backend="django.contrib.auth.backends.ModelBackend")
    assert change(signed_in)["Location"] == "/accounts/profile/"
    assert signed_in.get("/accounts/profile/").status_code == 200
    assert elsewhere.get("/accounts/profile/").status_code == 302
    assert not ApiToken.objects.filter(user=ilze).exists()
    assert len(mailoutbox) == 1


def test_the_present_password_is_needed(signed_in, ilze, token):
    page = change(signed_in, old="wrong", prefix="/en")
    assert b"This is not your present password." in page.content
    ilze.refresh_from_db()
    assert ilze.check_password(PASSWORD) and ApiToken.objects.filter(user=ilze).exists()


def test_a_reset_ends_keys_too(client, ilze, token, mailoutbox, link):
    ask(client)
    client.post(open_link(client, link(mailoutbox[0])), {"password1": NEW, "password2": NEW})
    assert not ApiToken.objects.filter(user=ilze).exists()


def test_a_visitor_is_sent_to_sign_in(client, db):
    assert client.get("/accounts/password/change/")["Location"].startswith("/accounts/login/")


def test_who_has_no_password_sets_one(client, make_user):
    user = make_user("darbs@skola.example")
    user.set_unusable_password()
    user.save()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/accounts/password/change/")["Location"] == "/accounts/password/set/"
    client.post("/accounts/password/set/", {"password1": NEW, "password2": NEW})
    user.refresh_from_db()
    assert user.check_password(NEW)

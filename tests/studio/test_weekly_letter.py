"""The weekly letter: once a week to those who want it, with what has changed, whatever the mail server does."""

import re
from datetime import date
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import translation

from accounts import personal_data, roles
from cms.models import HomePage
from studio import weekly
from studio.models import WeeklyLetter

from . import lacking

pytestmark = pytest.mark.django_db
WEEK, NEXT = "2020-W48", "2020-W49"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def member(email="zane@example.org", group=roles.AUTHORS, *, confirmed=True, wants=True, **fields):
    user = get_user_model().objects.create_user(email=email, **({"name": "Zane Paraudziņa", "language": "en"} | fields))
    if group:
        user.groups.add(Group.objects.get(name=group))
    if confirmed:
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if wants is not None:
        weekly.switch(user=user, is_wanted=wants)
    return user


@pytest.fixture
def course(db):
    """Three words, of which one has a native voice."""
    made = [lacking.entry(place, heard="synthetic" if place else "") for place in range(3)]
    lacking.take(made[2])
    lacking.course(HomePage.objects.get(locale__language_code="lv"), made)
    return made


def figures(letter):
    """The lines of the plain letter: label → what stands behind it."""
    return dict(re.findall(r"^([^:\n]+): (\d+.*)$", letter.body, re.MULTILINE))


def test_the_letter_says_what_is_missing_with_links_that_work(course):
    user = member()
    assert weekly.send_due(week=WEEK) == (1, 0)
    (letter,) = mail.outbox
    assert letter.to == [user.email] and letter.subject == "What is missing in the course this week"
    said = figures(letter)
    assert (said["With a native voice"], said["Nothing to hear"], said["Only a synthetic voice"]) == ("1", "1", "1")
    ((html, kind),) = letter.alternatives
    assert kind == "text/html" and "<strong>1</strong>" in html and "Good day, Zane Paraudziņa!" in html
    client = Client()
    client.force_login(user)
    addresses = set(re.findall(r"http://\S+/admin/\S+", letter.body))
    assert len(addresses) >= 8
    for address in addresses:
        assert client.get("/" + address.split("/", 3)[3].split("#")[0]).status_code == 200, address


def test_the_next_letter_says_what_has_changed(course):
    user = member()
    weekly.send_due(week=WEEK)
    lacking.take(course[0])
    course[1].delete()
    weekly.send_due(week=NEXT)
    said = figures(mail.outbox[1])
    assert said["With a native voice"] == "2 (+1)"
    assert said["Nothing to hear"] == "0 (−1)" and said["Only a synthetic voice"] == "0 (−1)"
    assert said["Listening exercises without a twin"] == "0 (as before)"
    assert WeeklyLetter.objects.get(user=user).counts["done"] == 2


def test_it_is_in_the_readers_language(course):
    member(language="lv")
    weekly.send_due(week=WEEK)
    (letter,) = mail.outbox
    assert letter.subject == "Kā kursā šonedēļ vēl trūkst" and "Labdien, Zane Paraudziņa!" in letter.body
    assert "/admin/studio/missing/?what=silent" in letter.body


def test_it_comes_once_a_week_however_often_the_command_runs(course):
    user = member()
    for _time in range(3):
        call_command("send_weekly_report", verbosity=0)
    assert len(mail.outbox) == 1
    assert WeeklyLetter.objects.get(user=user).sent_for_week == weekly.week_of(date.today())
    weekly.send_due(week="2099-W01")
    assert len(mail.outbox) == 2


def test_two_machines_at_once_send_one(course, monkeypatch):
    """The second has read the row before the first claimed it."""
    user = member()
    stale = WeeklyLetter.objects.get(user=user)
    weekly.send_due(week=WEEK)
    assert weekly._write(stale, user.email, WEEK, weekly.counts_now()) is False
    assert len(mail.outbox) == 1


def test_who_leaves_while_letters_go_out_gets_none(course):
    user = member()
    stale = WeeklyLetter.objects.get(user=user)
    weekly.switch(user=user, is_wanted=False)
    assert weekly._write(stale, user.email, WEEK, weekly.counts_now()) is False and mail.outbox == []


@pytest.mark.parametrize(
    "changes",
    [
        {"wants": None},
        {"wants": False},
        {"confirmed": False},
        {"is_active": False},
        {"group": roles.COORDINATORS},
        {"group": ""},
    ],
)
def test_only_active_staff_who_want_it_at_a_confirmed_address(course, changes):
    user = member(**changes)
    assert weekly.send_due(week=WEEK) == (0, 0) and mail.outbox == []
    assert not WeeklyLetter.objects.filter(user=user).exclude(sent_for_week="").exists()


class Away(EmailBackend):
    """A mail server that is away a few times."""

    times, error = 0, SMTPServerDisconnected("away")

    def send_messages(self, messages):
        if Away.times > 0:
            Away.times -= 1
            raise Away.error
        return super().send_messages(messages)


@pytest.fixture
def away(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Away"

    def begin(times, error=None):
        Away.times, Away.error = times, error or SMTPServerDisconnected("away")

    yield begin
    Away.times = 0


def test_a_mail_server_that_is_away_gets_the_letter_the_next_day_with_the_same_change(course, away):
    member()
    member("anda@example.org")
    weekly.send_due(week=WEEK)
    lacking.take(course[0])
    away(1)
    with pytest.raises(CommandError):
        call_command("send_weekly_report", verbosity=0)
    assert len(mail.outbox) == 3, "the other one got theirs"
    call_command("send_weekly_report", verbosity=0)
    assert len(mail.outbox) == 4 and figures(mail.outbox[3])["With a native voice"] == "2 (+1)"


def test_an_address_that_is_refused_for_good_is_not_asked_daily(course, away):
    member()
    away(1, SMTPRecipientsRefused({"a": (550, b"no such")}))
    assert weekly.send_due(week=WEEK) == (0, 0)
    assert weekly.send_due(week=WEEK) == (0, 0) and mail.outbox == []


def test_no_query_for_each_reader_but_what_their_rights_and_their_row_take(course, django_assert_max_num_queries):
    for number in range(6):
        member(f"a{number}@example.org")
    with django_assert_max_num_queries(20 + 6 * 6):
        assert weekly.send_due(week=WEEK) == (6, 0)


@pytest.fixture
def browser(db):
    client = Client()
    client.force_login(member(wants=None))
    return client


def test_one_click_on_the_report_subscribes_and_one_leaves(browser):
    address = "/admin/studio/letter/"
    reply = browser.post(address, {"wanted": "yes"}, follow=True)
    assert "You will get a letter each week." in reply.content.decode() and WeeklyLetter.objects.get().is_wanted
    assert "No more letters" in reply.content.decode()
    reply = browser.post(address, {"wanted": "no", "next": "https://elsewhere.example/"}, follow=True)
    assert "You will get no more weekly letters." in reply.content.decode()
    assert not WeeklyLetter.objects.get().is_wanted and reply.request["PATH_INFO"] == "/admin/studio/completeness/"
    assert browser.get(address).status_code == 405


def test_only_who_works_on_it_may_subscribe():
    client = Client()
    client.force_login(member(group=roles.COORDINATORS, wants=None))
    assert client.post("/admin/studio/letter/", {"wanted": "yes"}).url == "/admin/"
    assert not WeeklyLetter.objects.exists()
    assert "weekly_letter-is_wanted" not in client.get("/admin/account/").content.decode()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(member("b@example.org", wants=None))
    assert strict.post("/admin/studio/letter/", {"wanted": "yes"}).status_code == 403


def test_who_has_not_confirmed_an_address_is_told(db):
    client = Client()
    client.force_login(member(confirmed=False))
    assert "Your address is not confirmed yet" in client.get("/admin/studio/completeness/").content.decode()


ACCOUNT = {
    "name_email-first_name": "Zane",
    "name_email-name": "Zane Paraudziņa",
    "locale-preferred_language": "en",
    "locale-current_time_zone": "Europe/Riga",
    "theme-theme": "system",
    "theme-contrast": "system",
    "theme-density": "default",
    "theme-keyboard_shortcuts": "on",
}


def test_the_switch_stands_in_the_accounts_settings_too(browser):
    assert "E-mail me each week what the course still lacks" in browser.get("/admin/account/").content.decode()
    reply = browser.post("/admin/account/", ACCOUNT | {"weekly_letter-is_wanted": "on"})
    assert reply.status_code == 302
    assert WeeklyLetter.objects.get().is_wanted
    browser.post("/admin/account/", ACCOUNT)
    assert not WeeklyLetter.objects.get().is_wanted


def test_it_is_part_of_a_persons_data_and_goes_with_the_account(course):
    user = member()
    weekly.send_due(week=WEEK)
    kept = personal_data.export_all(user)["studio_letters"]
    assert kept["is_wanted"] is True and kept["sent_for_week"] == WEEK and kept["counts"]["done"] == 1
    assert personal_data.export_all(member("none@example.org", wants=None))["studio_letters"] is None
    user.delete()
    assert not WeeklyLetter.objects.exists()

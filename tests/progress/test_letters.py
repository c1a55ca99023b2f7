"""Letters about decided answers: once, if wanted, in the reader's language, whatever the mail server does."""

import re
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from accounts import personal_data
from progress.appeals import accept_form, decline_form
from progress.letters import write_to
from progress.models import Appeal, AppealedForm
from progress.tasks import MOST_TRIES, write_decisions

from .conftest import appeal, taken

pytestmark = pytest.mark.django_db


def confirmed(user, **changes):
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    type(user).objects.filter(pk=user.pk).update(**changes)


def decided(reviewer, *, accept=True, note=""):
    form = AppealedForm.objects.get()
    if accept:
        return accept_form(form=form, by=reviewer, spelling=form.written, variety=form.entry.variety, note=note)
    return decline_form(form=form, by=reviewer, note=note or "Tā te nesaka.")


@pytest.mark.parametrize(
    ("language", "accept", "subject", "said", "path"),
    [
        ("lv", True, "Jūsu atbilde ir izskatīta", "„māl” ir pareizi", "/tests/meginajums/"),
        ("en", False, "Your answer has been looked at", "“māl” does not count here.", "/en/tests/meginajums/"),
    ],
)
def test_a_decision_is_written_once_with_the_way_to_the_attempt(
    api, browser, friend, reviewer, anna, language, accept, subject, said, path
):  # fmt: skip
    confirmed(anna, language=language)
    attempt = taken(api, friend)
    appeal(api, attempt)
    assert mail.outbox == []
    decided(reviewer, accept=accept, note="<Paldies & sveiki>")
    letter = mail.outbox[0]
    assert letter.to == [anna.email] and letter.subject == subject and said in letter.body
    assert "<Paldies & sveiki>" in letter.body and reviewer.email not in letter.body
    address = re.search(r"http://\S+/meginajums/\S+", letter.body)[0]
    assert f"{path}{attempt.uuid}/" in address and browser.get("/" + address.split("/", 3)[3]).status_code == 200
    assert re.search(r"http://\S+/accounts/profile/", letter.body)
    write_decisions.enqueue(AppealedForm.objects.get().pk)
    decided(reviewer, accept=accept, note="Vēlreiz.")
    assert len(mail.outbox) == 1


def test_another_decision_later_is_news_and_an_old_one_for_a_new_appeal_is_not(
    api, strange_api, friend, reviewer, anna, berta
):  # fmt: skip
    confirmed(anna)
    confirmed(berta)
    appeal(api, taken(api, friend))
    decided(reviewer, accept=False)
    appeal(strange_api, taken(strange_api, friend))
    assert [one.to for one in mail.outbox] == [[anna.email]], "Berta read it at once"
    decided(reviewer)
    assert sorted(one.to[0] for one in mail.outbox[1:]) == [anna.email, berta.email]


def test_what_is_decided_before_the_letter_goes_out_comes_in_one(api, friend, reviewer, anna, monkeypatch):
    confirmed(anna)
    appeal(api, taken(api, friend))
    appeal(api, taken(api, friend, "māle"))
    monkeypatch.setattr("progress.letters.write_to_learners_of", lambda form: (0, True))
    monkeypatch.setattr("progress.tasks.write_to_learners_of", lambda form: (0, True))
    for form in AppealedForm.objects.all():
        decline_form(form=form, by=reviewer, note="Tā te nesaka.")
    assert write_to(anna.pk) is True and write_to(anna.pk) is False
    (letter,) = mail.outbox
    assert "„māl”" in letter.body and "„māle”" in letter.body


@pytest.mark.parametrize(
    "changes", [{"wants_answer_mail": False}, {"is_active": False}, {"email": "cita@example.lv"}, None]
)
def test_who_does_not_want_it_or_has_not_confirmed_gets_none_ever(api, friend, reviewer, anna, changes):
    appeal(api, taken(api, friend))
    if changes is not None:
        confirmed(anna, **changes)
    decided(reviewer)
    assert mail.outbox == [] and Appeal.objects.get().told_at is not None
    assert AppealedForm.objects.get().is_accepted


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


@pytest.mark.parametrize(
    ("error", "letters"),
    [
        (None, 1),
        (ConnectionRefusedError(), 1),
        (SMTPRecipientsRefused({"a": (450, b"later")}), 1),
        (SMTPRecipientsRefused({"a": (550, b"no such")}), 0),
    ],
)
def test_a_mail_server_that_is_away_breaks_nothing_and_is_asked_again(
    api, friend, reviewer, anna, away, error, letters
):  # fmt: skip
    confirmed(anna)
    appeal(api, taken(api, friend))
    away(3, error)
    decided(reviewer)
    assert AppealedForm.objects.get().is_accepted and len(mail.outbox) == letters
    assert Appeal.objects.get().told_at is not None


def test_a_mail_server_that_stays_away_is_given_up(api, friend, reviewer, anna, away):
    confirmed(anna)
    appeal(api, taken(api, friend))
    away(10**6)
    decided(reviewer)
    assert Away.times == 10**6 - MOST_TRIES and mail.outbox == []


def test_the_switch_is_exported(anna):
    assert personal_data.export_all(anna)["account"]["wants_answer_mail"] is True

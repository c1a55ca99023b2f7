"""A speaker says in a recording session that a word is said otherwise: a native reviewer decides, no learner waits."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts import personal_data
from dictionary.models import Entry
from media.models import Variety
from progress.appeals import accept_form, decline_form, propose_spoken_form
from progress.models import AppealedForm
from tests.lessons import building

from .conftest import appeal, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def amal(db):
    building.word("amal", meaning=("draugs", "friend"))
    return Entry.objects.get(text="amal")


@pytest.fixture
def spoken(amal):
    return propose_spoken_form(entry=amal, form=" māl ")


def test_it_waits_in_the_queue_once_and_says_that_a_speaker_said_it(spoken, amal, desk):
    assert propose_spoken_form(entry=amal, form="māl") == spoken
    assert AppealedForm.objects.count() == 1
    for address in (reverse("appeals"), reverse("appeal_decide", args=[spoken.uuid]), "/admin/"):
        text = desk.get(address).content.decode()
        assert "māl" in text and "runātājs, ierakstu sesijā" in text, address


def test_accepted_it_is_a_variant_and_nobody_is_written_to(spoken, amal, desk, reviewer):
    address = reverse("appeal_decide", args=[spoken.uuid])
    variety = Variety.objects.get(code="latvian").pk
    reply = desk.post(address, {"form": "māl", "variety": variety, "note": "", "decision": "accept"})
    assert reply.status_code == 302
    assert [one.form for one in Entry.objects.get(pk=amal.pk).variants.all()] == ["māl"]
    assert mail.outbox == []
    again = propose_spoken_form(entry=amal, form="māl")
    assert again.is_accepted, "what was decided stays decided"


def test_declined_it_stays_out_of_the_dictionary(spoken, amal, reviewer):
    declined = decline_form(form=spoken, by=reviewer, note="Tā saka citur.")
    assert declined.status == AppealedForm.DECLINED
    assert not Entry.objects.get(pk=amal.pk).variants.exists()


def test_a_learner_and_a_speaker_share_the_row(api, friend, anna, desk):
    appeal(api, taken(api, friend))
    form = propose_spoken_form(entry=Entry.objects.get(text="amal"), form="māl")
    assert AppealedForm.objects.get() == form
    text = desk.get(reverse("appeals")).content.decode()
    assert "runātājs, ierakstu sesijā, 1 dalībnieks" in text
    # The learner is forgotten; what the speaker said stays in the queue.
    personal_data.erase_all(anna)
    assert AppealedForm.objects.get().said_by_speaker


def test_an_accepted_form_still_corrects_the_answers_of_learners(api, friend, reviewer):
    attempt = taken(api, friend)
    form = propose_spoken_form(entry=Entry.objects.get(text="amal"), form="māl")
    accept_form(form=form, by=reviewer, spelling="māl", variety=Variety.objects.get(code="latvian"))
    assert api.get(attempt).json()["score"] == 1


@pytest.mark.parametrize("form", ["", " ! ", "amal", "Amal!", "m" * 121])
def test_what_is_no_other_form_is_refused_by_name(amal, form):
    with pytest.raises(ValidationError) as error:
        propose_spoken_form(entry=amal, form=form)
    assert list(error.value.message_dict) == ["said_form"]
    assert not AppealedForm.objects.exists()

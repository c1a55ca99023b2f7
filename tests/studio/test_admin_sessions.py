"""Recording sessions in the admin: making one, looking at one, the paper list, and who may what."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import personal_data
from media import reviewing
from media.models import Recording, Speaker
from studio import services
from studio.models import RecordingSession
from tests.making import make_course, make_lesson, make_theme, take_consent_back
from tests.media import sounds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

NEW = "/admin/studio/sessions/new/"


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(author):
    return signed_in(author)


def page(reply, status=200):
    assert reply.status_code == status, reply.content
    return reply.content.decode()


def listed(reply):
    return [entry.text for entry in reply.context["entries"]]


def filled(speaker, *codes, **fields):
    given = {"speaker": speaker.pk, "variety": "", "held_on": "2026-11-26", "place": "Rīga", "purpose": "Ģimene"}
    return given | {"entry": codes, "do": "create"} | fields


def take(session, prompt, by, **fields):
    file = SimpleUploadedFile("take.webm", sounds.webm(0.6))
    given = {"take": uuid4(), "prompt": prompt.pk, "pace": "normal", "file": file, "by": by} | fields
    return services.keep_take(session=session, **given)[0]


# --- a new session --------------------------------------------------------------------------------


def test_the_page_begins_with_what_is_missing_and_makes_the_session(desk, words, speaker, author):
    reply = desk.get(NEW)
    assert listed(reply)[:5] == ["čhaj", "daj", "drom", "phal", "phen"]
    assert "Prompts: 10" in page(reply)
    codes = [entry.code for entry in reply.context["entries"]]
    reply = desk.post(NEW, filled(speaker, *codes))
    session = RecordingSession.objects.get()
    assert reply.url == reverse("studio_session", args=[session.pk])
    assert (session.speaker, session.variety, session.created_by) == (speaker, speaker.variety, author)
    assert (session.place, session.purpose) == ("Rīga", "Ģimene")
    assert [one.entry.code for one in session.prompts.select_related("entry")] == codes
    assert "A session with 10 prompts is ready." in page(desk.get(reply.url))


def test_other_pages_say_what_to_begin_with(desk, home, words):
    module = make_course(home, modules=1, lessons=0).get_children().get().specific
    lesson = make_lesson(module, body=[("words", {"heading": "Vārdi", "introduction": "", "items": words[:2]})])
    words[4].theme = make_theme("roads")
    words[4].save()
    for query, found in [
        (f"lesson={lesson.pk}", ["phal", "phen"]),
        (f"module={module.pk}", ["phal", "phen"]),
        ("theme=roads", ["drom"]),
        ("q=paldies", ["najis-ta"]),
        ("entries=w0008,w0003,none", ["ake", "daj"]),
    ]:
        assert listed(desk.get(f"{NEW}?{query}")) == found, query


@pytest.mark.parametrize("query", ["lesson=x", "lesson=99999999999999999999", "theme=none", "module=-1", "entries=,,"])
def test_what_makes_no_sense_in_the_address_is_left_out(desk, words, query):
    assert len(listed(desk.get(f"{NEW}?{query}"))) == 10


def test_prompts_are_moved_and_removed_without_a_script_and_nothing_typed_is_lost(desk, speaker, words):
    codes = ["w0000", "w0001", "w0002"]
    for action, found in [
        ("down:w0000", ["phen", "phal", "čhaj"]),
        ("up:w0000", ["phal", "phen", "čhaj"]),
        ("remove:w0001", ["phal", "čhaj"]),
        ("up:gone", ["phal", "phen", "čhaj"]),
    ]:
        reply = desk.post(NEW, filled(speaker, *codes, do=action))
        assert listed(reply) == found
        assert 'value="Ģimene"' in page(reply)
    reply = desk.post(NEW, filled(speaker, *codes, do="gather", q="paldies"))
    assert listed(reply) == ["najis-ta"] and 'value="Ģimene"' in page(reply)


def test_a_speaker_without_consent_is_refused_with_the_way_to_the_speaker(desk, words, latvian):
    silent = Speaker.objects.create(label="Speaker 2", variety=latvian)
    text = page(desk.post(NEW, filled(silent, "w0000")), 400)
    assert "consent is not on record yet" in text
    assert reverse("speaker:edit", args=[silent.pk]) in text
    assert not RecordingSession.objects.exists()


@pytest.mark.parametrize(("field", "value"), [("speaker", ""), ("held_on", "yesterday"), ("place", "x" * 121)])
def test_what_is_wrong_is_said_at_its_field(desk, speaker, words, field, value):
    reply = desk.post(NEW, filled(speaker, "w0000") | {field: value})
    assert field in reply.context["form"].errors and listed(reply) == ["phal"]
    assert reply.status_code == 400


def test_a_session_without_prompts_is_refused(desk, speaker, words):
    assert "There is nothing to record yet." in page(desk.post(NEW, filled(speaker, "gone")), 400)


def test_the_service_refuses_what_the_page_would_not_send(speaker, words, author):
    with pytest.raises(ValidationError) as error:
        services.create_session(speaker=speaker, entries=words * 31, by=author)
    assert list(error.value.message_dict) == ["entries"]
    take_consent_back(speaker)
    with pytest.raises(ValidationError) as error:
        services.create_session(speaker=speaker, entries=words, by=author)
    assert list(error.value.message_dict) == ["speaker"]


# --- one session ----------------------------------------------------------------------------------


def test_a_session_shows_how_far_it_is_and_each_take(desk, session, author, reviewer):
    first, second, third, *_others = session.prompts.select_related("entry")
    kept = take(session, first, author)
    reviewing.reject_take(kept.recording, by=reviewer, reason="noise", note="A car outside")
    broken = take(session, second, author, pace="slow").recording
    Recording.objects.filter(pk=broken.pk).update(status="failed", failure="damaged")
    services.skip_prompt(session=session, prompt=third.pk, reason="differently", said_form="šej")
    text = page(desk.get(reverse("studio_session", args=[session.pk])))
    for part in [
        "2 of 10",
        "Continue recording",
        reverse("recording:sound", args=[kept.recording_id, "mp3"]),
        "rejected: noise (A car outside)",
        "The file is damaged",
        reverse("recording:edit", args=[broken.pk]),
        "skipped: I say it differently",
        '<span lang="rml">šej</span>',
    ]:
        assert part in text, part


def test_it_costs_the_same_however_many_takes_there_are(desk, session, author):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            page(desk.get(reverse("studio_session", args=[session.pk])))
        return len(seen)

    prompts = list(session.prompts.all())
    take(session, prompts[0], author)
    page(desk.get(reverse("studio_session", args=[session.pk])))
    small = cost()
    for prompt in prompts[1:5]:
        take(session, prompt, author)
    assert cost() == small


def test_the_list_is_in_pages_and_costs_the_same(desk, session, speaker, words, author):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            text = page(desk.get(reverse("studio_sessions")))
        return len(seen), text

    page(desk.get(reverse("studio_sessions")))
    small, text = cost()
    assert "0 / 10" in text and "Pirmie vārdi" in text
    for _ in range(60):
        services.create_session(speaker=speaker, entries=words[:2], by=author)
    large, text = cost()
    # Two pages need their count and no more.
    assert large == small
    assert text.count('<td class="title"><a href="/admin/studio/sessions/') == 50 and "Next page" in text


def test_without_sessions_the_list_says_how_to_begin(desk):
    assert "A session begins with a list" in page(desk.get(reverse("studio_sessions")))


def test_a_session_is_over_and_goes_on_by_a_button(desk, session, author):
    address = reverse("studio_session_finish", args=[session.pk])
    assert desk.get(address).status_code == 405
    desk.post(address)
    session.refresh_from_db()
    assert session.closed_at is not None
    assert take(session, session.prompts.first(), author).recording, "what a device still sends is kept"
    desk.post(address)
    session.refresh_from_db()
    assert session.closed_at is None


def test_the_paper_list_has_romani_meaning_in_latvian_and_number(desk, session):
    text = page(desk.get(reverse("studio_session_paper", args=[session.pk])))
    assert '<li value="1"><span class="rom" lang="rml">phal</span> <span lang="lv">brālis</span></li>' in text
    assert text.count("<li value=") == 10


def test_without_consent_the_recorder_is_shut_and_shows_the_way(desk, session, speaker):
    take_consent_back(speaker)
    for name in ("studio_record", "studio_session"):
        text = page(desk.get(reverse(name, args=[session.pk])))
        assert "consent is not on record" in text and reverse("speaker:edit", args=[speaker.pk]) in text
    assert 'id="rec"' not in page(desk.get(reverse("studio_record", args=[session.pk])))
    session.speaker = None
    session.save()
    assert "taken their voice back" in page(desk.get(reverse("studio_record", args=[session.pk])))


def test_who_may_what(session, reviewer, learner, author):
    addresses = {
        name: reverse(name, args=[] if name in ("studio_sessions", "studio_new_session") else [session.pk])
        for name in (
            "studio_sessions",
            "studio_new_session",
            "studio_session",
            "studio_session_paper",
            "studio_record",
        )
    }
    sound = reverse("recording:sound", args=[take(session, session.prompts.first(), author).recording_id, "opus"])
    looks, strange = signed_in(reviewer), signed_in(learner)
    for name, address in addresses.items():
        allowed = name in ("studio_sessions", "studio_session", "studio_session_paper")
        assert (looks.get(address).status_code == 200) is allowed, name
        assert strange.get(address).status_code in (302, 403), name
    assert looks.get(sound).status_code == 200
    assert strange.get(sound).status_code in (302, 403)
    assert looks.post(reverse("studio_session_finish", args=[session.pk])).status_code in (302, 403)
    session.refresh_from_db()
    assert session.closed_at is None
    text = page(looks.get(addresses["studio_session"]))
    assert "Continue recording" not in text and "Start recording" not in text


def test_the_menu_leads_there(desk, session):
    assert reverse("studio_sessions") in page(desk.get("/admin/"))


def test_what_is_not_there_is_not_found(desk):
    for name in ("studio_session", "studio_record", "studio_session_paper"):
        assert desk.get(reverse(name, args=[987654])).status_code == 404


# --- people ---------------------------------------------------------------------------------------


def test_who_held_sessions_can_take_that_along_and_have_it_forgotten(session, author):
    found = personal_data.export_all(author)["studio"]["recording_sessions"]
    assert [(one["id"], one["place"]) for one in found] == [(str(session.uuid), "Rīga")]
    author.delete()
    session.refresh_from_db()
    assert session.created_by is None

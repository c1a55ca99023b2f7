"""The second listener's queue: one take after the other, by form alone."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from dictionary.models import Entry
from dictionary.voices import add_take
from media import reviewing
from media.models import Recording, Speaker, Variety
from studio.checking import token_of
from studio.models import Prompt, RecordingSession, SessionTake
from tests.making import make_recording
from tests.studio.takes.conftest import person, take_of, with_sound

pytestmark = pytest.mark.django_db
QUEUE = "/admin/studio/takes/"


@pytest.fixture
def listener(client, reviewer):
    client.force_login(reviewer)
    return client


def body(response):
    return response.content.decode()


def shown(client, query=""):
    """Return the word that the queue shows, or nothing."""
    found = re.search(r'id="take-word"[^>]*><span lang="rml">([^<]*)', body(client.get(QUEUE + query)))
    return found and found.group(1)


def hidden(page):
    """Return the fields that the form of the page carries."""
    form = page[page.index("data-decide") :]
    form = form[: form.index("</form>")]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def decide(client, recording, query="", **data):
    given = hidden(body(client.get(f"{QUEUE}?take={recording.uuid}{query}")))
    return client.post(reverse("studio_take_decide", args=[recording.uuid]), given | data, follow=True)


# --- one after the other ---------------------------------------------------------------------


def test_the_queue_shows_the_oldest_take_with_its_word_meaning_and_sound(listener, takes):
    page = body(listener.get(QUEUE))
    assert shown(listener) == "dīs"
    for said in ("day", "Latvian Romani", "Speaker 1", "3 takes wait"):
        assert said in page
    assert f"/admin/recordings/sound/{takes[0].pk}/opus/" in page
    assert takes[0].sources == [], "learners hear nothing of it"


def test_accepting_lets_learners_hear_it_and_shows_the_next(listener, takes, words, reviewer):
    page = body(decide(listener, takes[0], decision="accept"))
    takes[0].refresh_from_db()
    assert (takes[0].review, takes[0].reviewed_by, takes[0].is_heard) == ("accepted", reviewer, True)
    assert Entry.objects.get(pk=words[0].pk).recording == takes[0]
    assert "“dīs”: accepted" in page and ">lačho<" in page


@pytest.mark.parametrize("reason", Recording.Reason.values)
def test_rejecting_names_a_reason_and_keeps_the_remark(listener, takes, words, reason):
    before = words[0].recording
    decide(listener, takes[0], reason=reason, note="a door slams")
    takes[0].refresh_from_db()
    assert (takes[0].review, takes[0].review_reason, takes[0].review_note) == ("rejected", reason, "a door slams")
    assert Entry.objects.get(pk=words[0].pk).recording == before
    assert shown(listener) == "lačho"


def test_a_decision_without_a_reason_or_with_too_long_a_remark_says_so_and_keeps_what_was_typed(listener, takes):
    page = body(decide(listener, takes[0], reason="", note="hm"))
    assert "Choose why the take cannot be used." in page and 'value="hm"' in page
    long = "x" * 201
    response = decide(listener, takes[0], reason="noise", note=long)
    assert response.status_code == 400
    assert "Keep the remark under 200 characters." in body(response) and long in body(response)
    takes[0].refresh_from_db()
    assert takes[0].review == "open"


def test_leaving_for_later_goes_on_and_comes_round_again(listener, takes):
    query = ""
    seen = []
    for _ in range(4):
        page = body(listener.get(QUEUE + query))
        seen.append(shown(listener, query))
        query = re.search(r'href="/admin/studio/takes/([^"]*)" data-later', page).group(1)
    assert seen == ["dīs", "lačho", "duj", "dīs"]


def test_after_a_decision_the_queue_goes_on_from_where_it_was(listener, takes):
    page = body(decide(listener, takes[1], f"&after={takes[0].pk}", decision="accept"))
    assert ">duj<" in page


def test_the_last_decision_can_be_taken_back(listener, takes, words):
    before = words[0].recording
    page = body(decide(listener, takes[0], decision="accept"))
    assert reverse("studio_take_undo", args=[takes[0].uuid]) in page
    page = body(listener.post(reverse("studio_take_undo", args=[takes[0].uuid]), follow=True))
    takes[0].refresh_from_db()
    assert takes[0].review == "open" and ">dīs<" in page and "Taken back" in page
    assert Entry.objects.get(pk=words[0].pk).recording == before


def test_another_listeners_decision_is_not_taken_back(listener, takes):
    reviewing.accept_take(takes[0], by=person("other@example.org", roles.NATIVE_REVIEWERS))
    page = body(listener.post(reverse("studio_take_undo", args=[takes[0].uuid]), follow=True))
    takes[0].refresh_from_db()
    assert takes[0].review == "accepted" and "Somebody else has decided" in page


def test_an_old_decision_is_not_offered_to_be_taken_back(listener, takes, reviewer):
    reviewing.accept_take(takes[0], by=reviewer)
    Recording.objects.filter(pk=takes[0].pk).update(reviewed_at=timezone.now() - timezone.timedelta(hours=2))
    assert "Take back" not in body(listener.get(QUEUE))


# --- who hears what --------------------------------------------------------------------------


def test_nobody_is_offered_what_they_uploaded_themselves(client, author, takes):
    client.force_login(author)
    assert shown(client) is None
    page = body(client.get(f"{QUEUE}?take={takes[0].uuid}"))
    assert "You uploaded this take yourself" in page and "data-decide" not in page
    response = client.post(
        reverse("studio_take_decide", args=[takes[0].uuid]),
        {"decision": "accept", "seen": f"open-{takes[0].renditions.first().uuid.hex}"},
    )
    takes[0].refresh_from_db()
    assert response.status_code == 400 and takes[0].review == "open"


def test_a_take_of_nobodys_upload_is_offered_to_all(listener, words, speaker):
    take_of(words[0], speaker)
    assert shown(listener) == "dīs"


def test_synthetic_voices_and_what_is_not_ready_do_not_wait(listener, takes):
    Recording.objects.filter(pk=takes[0].pk).update(status="pending")
    Recording.objects.filter(pk=takes[1].pk).update(status="failed")
    assert shown(listener) == "duj"
    assert "1 take waits" in body(listener.get(QUEUE))


def test_a_synthetic_voice_is_not_to_be_decided_about(listener, words):
    synthetic = words[0].recording
    answer = listener.post(
        reverse("studio_take_decide", args=[synthetic.uuid]),
        {"seen": token_of(synthetic), "decision": "reject", "reason": "noise"},
    )
    synthetic.refresh_from_db()
    assert (answer.status_code, synthetic.is_heard) == (404, True)


def test_a_take_decided_meanwhile_says_so_and_moves_on(listener, takes):
    given = hidden(body(listener.get(QUEUE)))
    other = person("other@example.org", roles.NATIVE_REVIEWERS)
    reviewing.reject_take(takes[0], by=other, reason="noise")
    page = body(
        listener.post(reverse("studio_take_decide", args=[takes[0].uuid]), given | {"decision": "accept"}, follow=True)
    )
    takes[0].refresh_from_db()
    assert (takes[0].review, takes[0].reviewed_by) == ("rejected", other)
    assert "Somebody else has decided about “dīs” meanwhile: rejected" in page and ">lačho<" in page


def test_a_take_that_got_another_sound_meanwhile_is_not_decided(listener, takes):
    given = hidden(body(listener.get(QUEUE)))
    takes[0].renditions.all().delete()
    make_recording("dīs", "native", review="open").renditions.update(recording=takes[0])
    page = body(
        listener.post(reverse("studio_take_decide", args=[takes[0].uuid]), given | {"decision": "accept"}, follow=True)
    )
    takes[0].refresh_from_db()
    assert takes[0].review == "open" and "has changed meanwhile" in page


def test_other_voices_of_the_word_stand_beside_it(listener, takes, words, speaker):
    accepted = take_of(words[0], speaker, review="accepted")
    page = body(listener.get(QUEUE))
    assert "To compare" in page and "Zane, Latvian Romani" in page and "Synthetic voice, Latvian Romani" in page
    assert accepted.sources[0]["url"] in page


def test_a_decision_can_be_changed_from_the_list(listener, takes, reviewer):
    reviewing.reject_take(takes[0], by=person("o@example.org", roles.NATIVE_REVIEWERS), reason="noise")
    decide(listener, takes[0], decision="accept")
    takes[0].refresh_from_db()
    assert (takes[0].review, takes[0].reviewed_by) == ("accepted", reviewer)


# --- filters ---------------------------------------------------------------------------------


@pytest.fixture
def session_of_last(takes, words, speaker):
    session = RecordingSession.objects.create(speaker=speaker, variety=speaker.variety, place="Jelgava")
    prompt = Prompt.objects.create(session=session, entry=words[2], position=1, state="recorded")
    SessionTake.objects.create(uuid=takes[2].uuid, prompt=prompt, recording=takes[2])
    return session


def test_the_queue_can_be_one_sessions(listener, takes, session_of_last):
    assert shown(listener, f"?session={session_of_last.uuid}") == "duj"
    page = body(listener.get(f"{QUEUE}?session={session_of_last.uuid}"))
    assert "1 take waits" in page and "Jelgava" in page
    page = body(decide(listener, takes[2], f"&session={session_of_last.uuid}", decision="accept"))
    assert "Nothing waits here" in page


def test_the_queue_can_be_one_speakers_or_one_varietys(listener, takes, words, speaker):
    other = Speaker.objects.create(label="Speaker 2", variety=Variety.objects.exclude(code="latvian").first())
    take_of(words[1], other)
    Recording.objects.filter(speaker=other).update(variety=other.variety)
    assert shown(listener, f"?speaker={other.uuid}") == "lačho"
    assert "1 take waits" in body(listener.get(f"{QUEUE}?variety={other.variety.code}"))
    assert "3 takes wait" in body(listener.get(f"{QUEUE}?variety=latvian"))


@pytest.mark.parametrize(
    "query", ["?session=7", "?speaker=00000000-0000-0000-0000-000000000000", "?variety=qq", "?variety=%00", "?take=1"]
)
def test_what_is_not_there_is_not_found(listener, takes, query):
    assert listener.get(QUEUE + query).status_code == 404


@pytest.mark.parametrize("query", ["?after=-1", "?after=999999999999999999999999", "?after=x", "?after=²"])
def test_a_strange_place_in_the_queue_is_its_beginning(listener, takes, query):
    assert shown(listener, query) == "dīs"


# --- rights ----------------------------------------------------------------------------------


def test_who_may_not_check_is_sent_away(client, takes, learner_with_desk):
    client.force_login(learner_with_desk)
    for address in (QUEUE, f"{QUEUE}list/", f"/admin/recordings/sound/{takes[0].pk}/mp3/"):
        assert client.get(address).status_code == 302, address
    for name in ("studio_take_decide", "studio_take_undo"):
        assert client.post(reverse(name, args=[takes[0].uuid]), {"decision": "accept"}).status_code == 302
    takes[0].refresh_from_db()
    assert takes[0].review == "open"


@pytest.fixture
def learner_with_desk(db):
    user = person("coordinator@example.org", roles.COORDINATORS)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def test_decisions_are_posts(listener, takes):
    for name in ("studio_take_decide", "studio_take_undo"):
        assert listener.get(reverse(name, args=[takes[0].uuid])).status_code == 405


def test_the_menu_and_the_group_editor_offer_it(listener, client, takes):
    assert reverse("studio_takes") in body(listener.get("/admin/"))
    root = person("root@example.org", roles.ADMINISTRATORS)
    root.is_superuser = True
    root.save()
    client.force_login(root)
    group = Group.objects.get(name=roles.NATIVE_REVIEWERS)
    permission = Permission.objects.get(codename="check_recording")
    page = body(client.get(reverse("wagtailusers_groups:edit", args=[group.pk])))
    assert re.search(rf'value="{permission.pk}"[^>]*checked', page)


def test_the_desk_says_what_waits(listener, takes):
    page = body(listener.get("/admin/"))
    assert "Takes that wait for a second listener" in page and "Check all 3" in page


# --- the sound -------------------------------------------------------------------------------


def test_a_listener_hears_what_learners_do_not_with_ranges_and_nothing_keeps_it(listener, client, takes):
    with_sound(takes[0])
    rendition = takes[0].renditions.get(format="mp3")
    address = f"/admin/recordings/sound/{takes[0].pk}/mp3/"
    whole = listener.get(address)
    assert len(b"".join(whole.streaming_content)) == rendition.bytes
    assert {"private", "no-store"} <= set(whole.headers["Cache-Control"].split(", "))
    part = listener.get(address, headers={"Range": "bytes=0-99"})
    assert part.status_code == 206 and len(b"".join(part.streaming_content)) == 100
    assert client.get(rendition.url).status_code == 404
    assert listener.get(f"/admin/recordings/sound/{takes[0].pk}/flac/").status_code == 404


# --- the list --------------------------------------------------------------------------------


def test_authors_see_what_became_of_their_takes(client, author, reviewer, takes):
    reviewing.accept_take(takes[0], by=reviewer)
    reviewing.reject_take(takes[1], by=reviewer, reason="noise", note="a door slams")
    client.force_login(author)
    opened = body(client.get(f"{QUEUE}list/"))
    assert ">duj<" in opened and ">dīs<" not in opened
    rejected = body(client.get(f"{QUEUE}list/?state=rejected"))
    for said in (">lačho<", "Rejected: noise – “a door slams”. reviewer, "):
        assert said in rejected
    assert "Accepted. reviewer" in body(client.get(f"{QUEUE}list/?state=accepted"))
    assert ">duj<" in body(client.get(f"{QUEUE}list/?state=nonsense&p=99"))


def test_nothing_here_says_so(listener, db):
    assert "Everything has been heard" in body(listener.get(QUEUE))
    for state, said in (("open", "Every take has been heard"), ("rejected", "No take has been rejected")):
        assert said in body(listener.get(f"{QUEUE}list/?state={state}"))


@pytest.mark.parametrize("address", [QUEUE, f"{QUEUE}list/"])
def test_the_number_of_queries_does_not_grow(
    listener, takes, words, speaker, author, django_assert_num_queries, address
):
    listener.get(address)
    with CaptureQueriesContext(connection) as few:
        listener.get(address)
    for number in range(12):
        extra = take_of(words[number % 3], speaker, uploaded_by=author)
        add_take(words[(number + 1) % 3], extra)
    with django_assert_num_queries(len(few)):
        listener.get(address)

"""“My answer should count”: from the learner's tap through the reviewer's decision to the corrected result."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import personal_data
from dictionary.models import Entry, ProtectedPair
from lessons.models import Exercise
from media.models import Variety
from progress.appeals import accept_form, decline_form
from progress.models import Answer, Appeal, AppealedForm, LessonProgress, Notice, Regrading
from tests.lessons import building

from .conftest import Api, appeal, items, learner, right, taken

pytestmark = pytest.mark.django_db


def accept(form, by, spelling="māl", code="latvian"):
    return accept_form(form=form, by=by, spelling=spelling, variety=Variety.objects.get(code=code))


# --- the learner ---------------------------------------------------------------------------------


def test_an_appeal_goes_into_the_queue_once_however_often_it_is_pressed(api, friend):
    attempt = taken(api, friend)
    assert api.get(attempt).json()["exercises"][0]["may_appeal"] is True
    replies = [appeal(api, attempt) for _ in range(3)]
    assert {reply.status_code for reply in replies} == {200}
    assert replies[0].json()["appeal"] == {"status": "open", "note": ""}
    assert replies[0].content == replies[2].content
    form = AppealedForm.objects.get()
    assert (form.expected, form.written, form.status) == ("amal", "māl", "open")
    assert Appeal.objects.count() == 1
    assert api.get(attempt).json()["exercises"][0]["may_appeal"] is False


def test_the_same_form_of_many_learners_is_one_row(api, strange_api, friend):
    for device, text in ((api, "māl"), (strange_api, " Māl! ")):
        appeal(device, taken(device, friend, text))
    assert AppealedForm.objects.count() == 1 and Appeal.objects.count() == 2


def test_somebody_elses_answer_is_unknown(api, strange_api, friend):
    attempt = taken(api, friend)
    assert appeal(strange_api, attempt).status_code == 404
    assert appeal(Api(Client()), attempt).status_code == 401
    assert api.send("get", f"attempts/{attempt.uuid}/responses/{attempt.uuid}/appeal/").status_code == 405
    assert api.send("post", f"attempts/{attempt.uuid}/responses/{attempt.uuid}/appeal/", {}).status_code == 404
    assert not Appeal.objects.exists()


@pytest.mark.parametrize("answer", [{"text": "amal"}, None, {"text": "m" * 400}])
def test_an_answer_that_is_right_or_no_form_at_all_cannot_be_appealed(api, friend, answer):
    attempt = api.attempt(friend)
    api.put(attempt, items(attempt)[0].exercise_uuid, answer)
    reply = appeal(api, attempt)
    assert reply.status_code == 400 and list(reply.json()["errors"]) == ["answer"]
    assert api.get(attempt).json()["exercises"][0]["may_appeal"] is False


def test_what_was_picked_cannot_be_appealed(api, quiz):
    attempt = api.attempt(quiz)
    item = items(attempt)[0]
    api.put(attempt, item.exercise_uuid, building.wrong_answer(None, item.version.definition))
    assert appeal(api, attempt).status_code == 400


def test_where_feedback_waits_nothing_can_be_appealed_before_the_end(api, friend):
    friend.feedback = "at_end"
    friend.save()
    attempt = api.attempt(friend)
    api.put(attempt, items(attempt)[0].exercise_uuid, {"text": "māl"})
    assert appeal(api, attempt).status_code == 400
    api.submit(attempt)
    assert appeal(api, attempt).status_code == 200


def test_without_a_script_the_page_offers_it_and_says_how_it_stands(api, browser, friend):
    attempt = taken(api, friend)
    url = f"/en/tests/meginajums/{attempt.uuid}/"
    page = browser.get(url).content.decode()
    assert page.count('name="appeal"') == 1 and "My answer should count" in page
    fields = {"exercise": str(items(attempt)[0].exercise_uuid), "appeal": "1"}
    assert browser.post(url, fields).status_code == 302
    assert browser.post(url, fields).status_code == 302, "a form sent again"
    page = browser.get(url).content.decode()
    assert 'name="appeal"' not in page and "lies with the native reviewers" in page
    assert Appeal.objects.count() == 1


# --- the reviewer --------------------------------------------------------------------------------


def test_the_reviewer_sees_what_was_written_and_never_who(api, strange_api, friend, desk, anna):
    for device in (api, strange_api):
        appeal(device, taken(device, friend))
    form = AppealedForm.objects.get()
    pages = [desk.get(url).content.decode() for url in ("/admin/", "/admin/appeals/", f"/admin/appeals/{form.uuid}/")]
    for page in pages:
        assert "māl" in page and "amal" in page
        assert anna.name not in page and anna.email not in page
    assert "2 dalībnieki" in pages[1]


def test_accepting_adds_the_form_and_corrects_everybodys_result(api, strange_api, friend, desk):
    attempt, other = taken(api, friend), taken(strange_api, friend)
    appeal(api, attempt)
    form = AppealedForm.objects.get()
    assert (attempt.refresh_from_db(), attempt.score, attempt.passed)[1:] == (0.5, False)
    answers = list(Answer.objects.order_by("pk").values())
    variety = Variety.objects.get(code="latvian")
    fields = {"form": "māl", "variety": variety.pk, "note": "", "decision": "accept"}
    for _ in range(2):
        assert desk.post(f"/admin/appeals/{form.uuid}/", fields).status_code == 302
    variant = Entry.objects.get(text="amal").variants.get()
    assert (variant.form, variant.variety, variant.origin, variant.told_on) == (
        "māl",
        variety,
        "native_reviewer",
        timezone.localdate(),
    )
    for one in (attempt, other):
        one.refresh_from_db()
        assert (one.score, one.passed) == (1.0, True)
    assert list(Answer.objects.order_by("pk").values()) == answers, "the log of answers is never changed"
    assert Regrading.objects.count() == 2 and LessonProgress.objects.filter(completed_at__isnull=False).count() == 2
    shown = api.get(attempt).json()
    assert shown["correction"]["score_before"] == 0.5 and shown["correction"]["passed_before"] is False
    first = shown["exercises"][0]
    assert (first["verdict_before"], first["result"]["verdict"]) == ("wrong", "variant")
    assert first["appeal"]["status"] == "accepted"
    notices = api.send("get", "me/progress/").json()["notices"]
    assert [(one["kind"], one["attempt"]) for one in notices] == [("corrected", str(attempt.uuid))]


def test_the_learner_reads_what_the_result_was_before_and_the_news_goes_away(api, browser, friend, reviewer):
    attempt = taken(api, friend)
    appeal(api, attempt)
    accept(AppealedForm.objects.get(), reviewer)
    assert "corrected in your favour" in browser.get(f"/en/tests/{friend.uuid}/").content.decode()
    page = browser.get(f"/en/tests/meginajums/{attempt.uuid}/").content.decode()
    assert "The result was corrected on" in page and "Before: 50 %." in page and "Before: “Not yet”." in page
    assert api.send("get", "me/progress/").json()["notices"] == []
    assert Notice.objects.get().seen_at is not None


def test_a_program_says_that_the_news_was_seen(api, strange_api, friend, reviewer):
    attempt = taken(api, friend)
    appeal(api, attempt)
    accept(AppealedForm.objects.get(), reviewer)
    path = f"attempts/{attempt.uuid}/seen/"
    assert strange_api.send("post", path, {}).status_code == 404
    assert [api.send("post", path, {}).status_code for _ in range(2)] == [204, 204]
    assert api.send("get", "me/progress/").json()["notices"] == []


def test_declining_needs_a_word_and_everybody_who_sent_it_reads_it(api, strange_api, friend, desk):
    attempt = taken(api, friend)
    appeal(api, attempt)
    form = AppealedForm.objects.get()
    reply = desk.post(f"/admin/appeals/{form.uuid}/", {"note": "", "decision": "decline"})
    assert reply.status_code == 400 and reply.context["form"].errors["note"]
    note = "Tā saka tikai Lietuvā."
    assert desk.post(f"/admin/appeals/{form.uuid}/", {"note": note, "decision": "decline"}).status_code == 302
    shown = api.get(attempt).json()["exercises"][0]
    assert shown["appeal"] == {"status": "declined", "note": note} and shown["result"]["verdict"] == "wrong"
    assert [one["kind"] for one in api.send("get", "me/progress/").json()["notices"]] == ["declined"]
    # Who sends it later hears the same at once.
    later = appeal(strange_api, taken(strange_api, friend)).json()
    assert later["appeal"] == {"status": "declined", "note": note}


def test_a_form_that_was_accepted_before_counts_at_once(api, strange_api, friend, reviewer):
    begun = strange_api.attempt(friend)
    appeal(api, taken(api, friend))
    accept(AppealedForm.objects.get(), reviewer)
    # This attempt still asks by the key that it began with.
    assert strange_api.put(begun, items(begun)[0].exercise_uuid, {"text": "māl"}).json()["result"]["verdict"] == "wrong"
    reply = appeal(strange_api, begun).json()
    assert reply["result"]["is_right"] and reply["appeal"]["status"] == "accepted"
    strange_api.put(begun, items(begun)[1].exercise_uuid, right(items(begun)[1]))
    assert strange_api.submit(begun).json()["score"] == 1.0
    # And who starts now needs no reviewer.
    new = taken(api, friend)
    assert api.get(new).json()["exercises"][0]["result"]["verdict"] == "variant"


@pytest.mark.parametrize(("spelling", "field"), [("phal", "form"), ("", "form")])
def test_another_form_than_the_one_that_was_written_is_refused(api, friend, desk, spelling, field):
    appeal(api, taken(api, friend))
    form = AppealedForm.objects.get()
    fields = {"form": spelling, "variety": Variety.objects.get(code="latvian").pk, "decision": "accept"}
    reply = desk.post(f"/admin/appeals/{form.uuid}/", fields)
    assert reply.status_code == 400 and reply.context["form"].errors[field]
    assert not Entry.objects.get(text="amal").variants.exists()


def test_a_protected_pair_cannot_be_merged(api, friend, desk):
    building.word("pal")
    ProtectedPair.objects.create(form_a="phal", form_b="pal", why="brother, behind")
    attempt = api.attempt(friend)
    api.put(attempt, items(attempt)[1].exercise_uuid, {"text": "pal"})
    appeal(api, attempt, 1)
    form = AppealedForm.objects.get()
    assert "pal" in desk.get(f"/admin/appeals/{form.uuid}/").content.decode()
    fields = {"form": "pal", "variety": Variety.objects.get(code="latvian").pk, "decision": "accept"}
    reply = desk.post(f"/admin/appeals/{form.uuid}/", fields)
    assert reply.status_code == 400 and "phal ≠ pal" in str(reply.context["form"].errors["form"])


@pytest.mark.parametrize(("group", "look", "decide"), [("Authors", 200, 302), ("Learners", 302, 302)])
def test_only_reviewers_decide(api, friend, group, look, decide):
    appeal(api, taken(api, friend))
    form = AppealedForm.objects.get()
    user = learner("cits@example.lv")
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    assert client.get(f"/admin/appeals/{form.uuid}/").status_code == look
    assert client.post(f"/admin/appeals/{form.uuid}/", {"note": "x", "decision": "decline"}).status_code == decide
    form.refresh_from_db()
    assert form.is_open


def test_a_typed_gap_is_appealed_and_accepted_as_a_variant_of_its_phrase(api, course, reviewer):
    building.word("lotfitko phū", meaning=("Latvija", "Latvia"))
    gaps = [{"answer": "lotfitko", "distractors": []}]
    bank = [building.exercise("gap", item="lotfitko phū", mode="type", gaps=gaps)]
    made = building.quiz(bank)
    building.lesson(course, "Latvija", test=made)
    attempt = api.attempt(made)
    api.put(attempt, items(attempt)[0].exercise_uuid, {"gaps": ["lotfengi"]})
    api.submit(attempt)
    appeal(api, attempt)
    accept(AppealedForm.objects.get(), reviewer, "lotfengi")
    assert Entry.objects.get(text="lotfitko phū").variants.get().form == "lotfengi phū"
    assert api.get(attempt).json()["score"] == 1.0
    new = api.attempt(made)
    reply = api.put(new, items(new)[0].exercise_uuid, {"gaps": ["lotfengi"]})
    assert reply.json()["result"]["verdict"] == "variant"


def test_an_exercise_that_is_gone_meanwhile_is_judged_again_all_the_same(api, friend, reviewer):
    attempt = taken(api, friend)
    appeal(api, attempt)
    Exercise.objects.filter(title__contains="amal").update(live=False)
    accept(AppealedForm.objects.get(), reviewer)
    assert api.get(attempt).json()["score"] == 1.0


def test_a_word_that_is_gone_meanwhile_is_said_to_the_reviewer(api, friend, desk):
    appeal(api, taken(api, friend))
    form = AppealedForm.objects.get()
    Entry.objects.filter(text="amal").update(code="rl9999")
    AppealedForm.objects.update(entry=None)
    fields = {"form": "māl", "variety": Variety.objects.get(code="latvian").pk, "decision": "accept"}
    assert desk.post(f"/admin/appeals/{form.uuid}/", fields).status_code == 400
    assert AppealedForm.objects.get().is_open


# --- the person ----------------------------------------------------------------------------------


def test_appeals_are_exported_and_go_with_their_learner(api, strange_api, friend, anna, berta, reviewer):
    attempt = taken(api, friend)
    appeal(api, attempt)
    exported = personal_data.export_all(anna)["progress"]["attempts"][0]
    assert exported["answers"][0]["appeals"][0]["written"] == "māl"
    personal_data.erase_all(anna)
    assert not AppealedForm.objects.exists(), "an open row that nobody else sent"
    appeal(strange_api, taken(strange_api, friend))
    accept(AppealedForm.objects.get(), reviewer)
    assert personal_data.export_all(berta)["progress"]["attempts"][0]["answers"][0]["judged_again"]
    personal_data.erase_all(berta)
    assert AppealedForm.objects.get().is_accepted and not Regrading.objects.exists() and not Notice.objects.exists()


def test_what_was_declined_may_be_accepted_later_but_never_the_other_way(api, friend, reviewer):
    appeal(api, taken(api, friend))
    form = decline_form(form=AppealedForm.objects.get(), by=reviewer, note="Nē.")
    accept(form, reviewer)
    with pytest.raises(Exception, match=r"accepted before|jau ir pieņemta"):
        decline_form(form=form, by=reviewer, note="Tomēr nē.")


def test_addresses_of_the_queue(desk):
    assert desk.get(reverse("appeals")).status_code == 200
    assert desk.get("/admin/appeals/?state=accepted&p=7").status_code == 200
    assert desk.get("/admin/appeals/?state=x").status_code == 200

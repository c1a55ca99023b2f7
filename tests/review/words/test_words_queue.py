"""The reviewers' queue of words, as a reviewer without a script and without any other right uses it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.models import FieldComment, HomePage
from dictionary.models import Entry, PassedOver, ReviewerProfile, SignOff, set_taught
from dictionary.reviewing import leave_as_it_is
from dictionary.signed import token_of
from media.models import Variety
from tests.dictionary.signing import member, reviewer, sign
from tests.making import make_course, make_entry, make_lesson, make_theme
from tests.making import words as block_of_words

pytestmark = pytest.mark.django_db
QUEUE = "/admin/review/words/"


@pytest.fixture
def signed_in(client, zane):
    client.force_login(zane)
    return client


def shown(reply):
    entry = reply.context["entry"]
    return entry.text if entry else None


def say(client, entry, verdict, follow=True, **more):
    data = {"verdict": verdict, "seen": token_of(Entry.objects.get(pk=entry.pk)), **more}
    return client.post(f"{QUEUE}{entry.code}/decide/", data, follow=follow)


def messages_of(reply):
    return [str(one) for one in reply.context["messages"]]


def test_the_first_visit_asks_how_to_sign(client, words):
    client.force_login(reviewer("Anna Liepa"))
    reply = client.get(QUEUE, follow=True)
    assert reply.redirect_chain == [("/admin/review/words/name/", 302)]
    page = reply.content.decode()
    assert "This name stands publicly beside the words that you sign." in page
    assert "by my name: Anna Liepa" in page
    reply = client.post("/admin/review/words/name/", {"mode": "pseudonym", "pseudonym": " Rasa "}, follow=True)
    assert shown(reply) == "dīs"
    assert ReviewerProfile.objects.get().signs_as == "Rasa"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "mode"),
        ({"mode": "pseudonym", "pseudonym": "a@b.lv"}, "pseudonym"),
        ({"mode": "unnamed", "variety": "klingon"}, "variety"),
        ({"mode": "unnamed", "variety": "\x00"}, "variety"),
    ],
)
def test_a_name_that_is_none_is_said_at_the_field_and_stays_in_it(client, data, field):
    client.force_login(reviewer("Anna"))
    reply = client.post("/admin/review/words/name/", data)
    assert reply.status_code == 400
    assert list(reply.context["faults"]) == [field]
    assert f'value="{data.get("pseudonym", "")}"' in reply.content.decode()
    assert not ReviewerProfile.objects.exists()


def test_the_card_shows_what_is_to_be_judged(signed_in, words):
    Entry.objects.filter(pk=words[0].pk).update(note="Also for daylight.")
    page = signed_in.get(QUEUE).content.decode()
    for text in (">dīs<", "diena", "day", "noun, masculine", "Latvian Romani", "machine", "headword", "daylight"):
        assert text in page, text
    assert "0 of 3 are signed" in page


def test_right_signs_and_the_next_word_comes(signed_in, words, zane):
    reply = say(signed_in, words[0], "right")
    assert shown(reply) == "duj"
    assert messages_of(reply) == ["“dīs”: signed. Thank you."]
    entry = Entry.objects.get(pk=words[0].pk)
    assert (entry.review_state, entry.reviewed_by, entry.reviewed_on) == ("reviewed", zane, timezone.localdate())
    assert SignOff.objects.get().signed_as == "Zane"
    assert "1 of 3 are signed" in reply.content.decode()


def test_differently_keeps_form_and_variety(signed_in, words):
    reply = say(signed_in, words[0], "differently", form=" dives ", form_variety="lithuanian", note="In Vilnius.")
    assert shown(reply) == "duj"
    said = SignOff.objects.get()
    assert (said.verdict, said.form, said.form_variety.code, said.note) == (
        "differently",
        "dives",
        "lithuanian",
        "In Vilnius.",
    )
    assert Entry.objects.get(pk=words[0].pk).review_state == "unreviewed"


def test_the_own_variety_is_not_kept_as_another(signed_in, words):
    say(signed_in, words[0], "differently", form="dives", form_variety="latvian")
    assert SignOff.objects.get().form_variety is None


def test_wrong_is_a_comment_at_the_field(signed_in, words):
    say(signed_in, words[0], "wrong", field="image", note="That is a night.")
    assert FieldComment.objects.get().field == "image"
    assert SignOff.objects.get().verdict == "wrong"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"verdict": "differently", "form": "", "note": "typed remark"}, "form"),
        ({"verdict": "differently", "form": "dīs"}, "form"),
        ({"verdict": "differently", "form": "dives", "form_variety": "klingon"}, "form_variety"),
        ({"verdict": "differently", "form": "dives", "note": "typed remark" + "x" * 1000}, "note"),
        ({"verdict": "wrong", "field": "text", "note": ""}, "note"),
        ({"verdict": "wrong", "note": "typed remark"}, "field"),
        ({"verdict": "wrong", "field": "password", "note": "typed remark"}, "field"),
        ({"verdict": "perhaps"}, "verdict"),
        ({}, "verdict"),
    ],
)
def test_a_fault_stands_at_its_field_and_nothing_typed_is_lost(signed_in, words, data, field):
    reply = say(signed_in, words[0], data.pop("verdict", ""), **data)
    assert reply.status_code == 400
    assert list(reply.context["faults"]) == [field]
    assert shown(reply) == "dīs"
    page = reply.content.decode()
    for typed in (data.get("form"), data.get("note")):
        assert not typed or typed in page
    assert reply.context["faults"][field][0] in page
    assert not SignOff.objects.exists()


def test_a_word_that_changed_meanwhile_is_shown_anew_with_what_was_typed(signed_in, words):
    seen = token_of(words[0])
    words[0].text = "dives"
    words[0].save()
    reply = signed_in.post(
        f"{QUEUE}rl0375/decide/", {"verdict": "differently", "form": "divés", "seen": seen, "note": "my remark"}
    )
    assert reply.status_code == 409
    page = reply.content.decode()
    assert "has changed meanwhile" in page and "divés" in page and "my remark" in page and ">dives<" in page
    assert not SignOff.objects.exists()


def test_what_is_not_known_does_not_come_again_today(signed_in, words, zane):
    assert shown(say(signed_in, words[0], "not_known")) == "duj"
    assert shown(signed_in.get(QUEUE)) == "duj"
    PassedOver.objects.update(day=timezone.localdate() - timedelta(days=1))
    assert shown(signed_in.get(QUEUE)) == "dīs"


def test_when_all_are_through_the_page_says_so_and_offers_what_was_passed_over(signed_in, words):
    for entry in words[:2]:
        say(signed_in, entry, "right")
    reply = say(signed_in, words[2], "not_known")
    page = reply.content.decode()
    assert shown(reply) is None
    assert "You have looked at every word" in page and "You did not know 1 word today" in page
    assert shown(signed_in.post(f"{QUEUE}again/", follow=True)) == "lačho"


class TestTakingBack:
    def test_the_last_one_and_the_word_comes_again(self, signed_in, words):
        reply = say(signed_in, words[0], "right")
        assert reply.context["last"].sign_off == SignOff.objects.get()
        reply = signed_in.post(f"{QUEUE}undo/", {"said": SignOff.objects.get().pk}, follow=True)
        assert shown(reply) == "dīs"
        assert Entry.objects.get(pk=words[0].pk).review_state == "unreviewed"

    def test_what_was_passed_over_too(self, signed_in, words):
        assert say(signed_in, words[0], "not_known").context["last"].entry == words[0]
        assert shown(signed_in.post(f"{QUEUE}undo/", {"passed": "rl0375"}, follow=True)) == "dīs"

    def test_it_is_offered_for_an_hour(self, signed_in, words):
        say(signed_in, words[0], "right")
        SignOff.objects.update(created_at=timezone.now() - timedelta(minutes=61))
        assert signed_in.get(QUEUE).context["last"] is None

    def test_nobody_takes_back_anothers(self, signed_in, words):
        said = sign(words[0], reviewer("Anna"))
        assert signed_in.post(f"{QUEUE}undo/", {"said": said.pk}).status_code == 404
        for number in ("x", "9" * 30, "²"):
            assert signed_in.post(f"{QUEUE}undo/", {"said": number}).status_code == 404
        assert Entry.objects.get(pk=words[0].pk).review_state == "reviewed"

    def test_from_the_list_of_ones_own(self, signed_in, words, zane):
        said = sign(words[0], zane)
        reply = signed_in.post(f"{QUEUE}undo/", {"said": said.pk, "to": "mine"}, follow=True)
        assert messages_of(reply) == ["“dīs”: taken back."]
        assert "taken back" in reply.content.decode()


class TestTwoReviewersAtOnce:
    def test_both_sign_the_same_word(self, signed_in, words, zane):
        seen = token_of(words[0])
        sign(words[0], reviewer("Anna"))
        reply = signed_in.post(f"{QUEUE}rl0375/decide/", {"verdict": "right", "seen": seen}, follow=True)
        assert messages_of(reply) == ["“dīs”: signed. Thank you."]
        assert SignOff.objects.standing().count() == 2

    def test_what_one_signed_does_not_wait_for_the_other_unless_wanted(self, signed_in, words):
        sign(words[0], reviewer("Anna", signs_as="Anna"))
        assert shown(signed_in.get(QUEUE)) == "duj"
        reply = signed_in.get(QUEUE, {"signed": "1"})
        assert shown(reply) == "dīs"
        assert "Anna" in reply.content.decode()

    def test_sent_twice_it_is_kept_once(self, signed_in, words):
        for _time in range(2):
            say(signed_in, words[0], "differently", form="dives")
        assert SignOff.objects.count() == 1


class TestTheOrderAndTheScope:
    @pytest.fixture
    def lessons(self, words):
        home = HomePage.objects.get(locale__language_code="lv")
        module = make_course(home, lessons=0).get_children().first()
        second = make_lesson(module, title="Second", slug="second", body=[block_of_words(words[0])])
        first = make_lesson(module, title="First", slug="first", body=[block_of_words(words[2])])
        for lesson in (second, first):
            lesson.save_revision().publish()
        first.move(second, pos="left")
        return first, second

    def test_taught_words_come_first_in_the_order_of_the_course(self, signed_in, words, lessons):
        order = []
        for _time in range(3):
            entry = signed_in.get(QUEUE).context["entry"]
            order.append(entry.text)
            say(signed_in, entry, "right")
        assert order == ["lačho", "dīs", "duj"]

    def test_the_card_says_where_it_is_taught(self, client, lessons):
        client.force_login(reviewer("Laima", signs_as="Laima", language="lv"))
        reply = client.get(QUEUE)
        assert "First</a>" in reply.content.decode()
        lesson = reply.context["taught"][0].translation_key
        narrowed = client.get(QUEUE, {"lesson": str(lesson)})
        assert (shown(narrowed), narrowed.context["progress"].whole) == ("lačho", 1)

    def test_only_taught(self, signed_in, words, lessons):
        for entry in (words[0], words[2]):
            say(signed_in, entry, "right")
        assert shown(signed_in.get(QUEUE)) == "duj"
        assert shown(signed_in.get(QUEUE, {"taught": "1"})) is None

    def test_a_theme_and_a_variety_stay_chosen_from_word_to_word(self, signed_in, words):
        for number, word in enumerate(("phal", "phen")):
            make_entry(f"rl{number:04d}", word, "x", theme=make_theme("family"), variety="lithuanian")
        reply = signed_in.get(QUEUE, {"theme": "family", "variety": "lithuanian"})
        assert shown(reply) == "phal"
        reply = say(signed_in, Entry.objects.get(text="phal"), "right", theme="family", variety="lithuanian")
        assert shown(reply) == "phen"
        assert reply.redirect_chain[0][0] == f"{QUEUE}?theme=family&variety=lithuanian"

    @pytest.mark.parametrize(
        "query",
        ["lesson=x", "lesson=00000000-0000-0000-0000-000000000000", "theme=x", "variety=x", "theme=%00", "word=x"],
    )
    def test_what_is_not_there_is_not_found(self, signed_in, words, query):
        assert signed_in.get(f"{QUEUE}?{query}").status_code == 404


class TestRights:
    ADDRESSES = [
        ("get", QUEUE, {}),
        ("get", f"{QUEUE}name/", {}),
        ("get", f"{QUEUE}mine/", {}),
        ("post", f"{QUEUE}name/", {"mode": "unnamed"}),
        ("post", f"{QUEUE}undo/", {"passed": "rl0375"}),
        ("post", f"{QUEUE}again/", {}),
        ("post", f"{QUEUE}rl0375/decide/", {"verdict": "right"}),
    ]

    @pytest.mark.parametrize(("method", "address", "data"), ADDRESSES)
    def test_who_may_not_sign_is_sent_away(self, client, words, method, address, data):
        author = member("Authors", "Ilze")
        client.force_login(author)
        reply = getattr(client, method)(address, data, follow=True)
        assert "permission to access" in " ".join(messages_of(reply))
        assert not SignOff.objects.exists() and not ReviewerProfile.objects.exists()

    def test_visitors_are_asked_to_sign_in(self, client, words):
        for method, address, data in self.ADDRESSES:
            assert getattr(client, method)(address, data).status_code == 302

    @pytest.mark.parametrize("group", ["Native reviewers", "Administrators"])
    def test_the_groups_that_may(self, client, words, group):
        client.force_login(member(group))
        assert client.get(QUEUE).status_code == 302
        assert client.post(f"{QUEUE}name/", {"mode": "unnamed"}).status_code == 302
        assert shown(client.get(QUEUE)) == "dīs"

    def test_a_reviewer_needs_no_right_to_change_entries(self, signed_in, zane, words):
        assert not zane.has_perm("dictionary.change_entry")
        assert signed_in.get("/admin/review/").status_code == 200
        assert signed_in.get(f"{QUEUE}rl0375/answers/").status_code == 302
        say(signed_in, words[0], "right")
        say(signed_in, words[1], "wrong", field="text", note="?")
        assert SignOff.objects.count() == 2

    def test_addresses_that_only_take_a_form(self, signed_in, words):
        for address in (f"{QUEUE}undo/", f"{QUEUE}again/", f"{QUEUE}rl0375/decide/"):
            assert signed_in.get(address).status_code == 405
        assert signed_in.post(f"{QUEUE}nope/decide/", {"verdict": "right"}).status_code == 404


def test_only_what_the_card_shows_can_be_called_wrong(signed_in, words):
    named = [field for field, _label in signed_in.get(QUEUE).context["fields"]]
    assert named == ["text", "glosses.lv", "glosses.en", "variety", "recording", ""]


def test_the_right_to_sign_can_be_given_to_a_group(client, db):
    client.force_login(get_user_model().objects.create_superuser("boss@pamatkurss.example", "x", name="Boss"))
    group = Group.objects.create(name="Elders")
    page = client.get(reverse("wagtailusers_groups:edit", args=[group.pk])).content.decode()
    right = Permission.objects.get(codename="add_signoff")
    assert f'name="permissions" value="{right.pk}"' in page


def test_the_room_and_the_desk_lead_there(signed_in, words):
    room = signed_in.get("/admin/review/").content.decode()
    assert QUEUE in room and ">3<" in room
    set_taught(uuid4(), [words[0].pk])
    desk = signed_in.get("/admin/").content.decode()
    assert f'href="{QUEUE}"' in desk and f'href="{QUEUE}?word=rl0375"' in desk


def test_the_list_of_ones_own_says_what_became_of_it(signed_in, words, zane, editor):
    said = sign(words[0], zane, "differently", form="dives", form_variety=Variety.objects.get(code="lithuanian"))
    leave_as_it_is(sign_off=said, by=editor, reason="The course teaches the form of Riga.")
    page = signed_in.get(f"{QUEUE}mine/").content.decode()
    for text in ("dives", "left as it is", "The course teaches the form of Riga."):
        assert text in page
    sign(words[1], reviewer("Anna"))
    assert "duj" not in page


def test_the_list_is_in_pages(signed_in, words, zane):
    for number in range(27):
        sign(make_entry(f"rl1{number:03d}", "rom", f"roms {number}", heard=""), zane)
    assert len(signed_in.get(f"{QUEUE}mine/").context["rows"]) == 25
    assert len(signed_in.get(f"{QUEUE}mine/", {"p": "2"}).context["rows"]) == 2
    assert signed_in.get(f"{QUEUE}mine/", {"p": "x"}).status_code == 200


def test_queries_do_not_grow_with_the_dictionary(signed_in, words, zane):
    def count():
        with CaptureQueriesContext(connection) as caught:
            assert signed_in.get(QUEUE, {"signed": "1"}).status_code == 200
        return len(caught)

    other = reviewer("Anna", signs_as="Anna")
    sign(words[0], other)
    count()
    few = count()
    for number in range(12):
        entry = make_entry(f"rl2{number:03d}", "dīsestir", f"roms {number}", theme=make_theme(f"t{number}"))
        sign(entry, other)
    for name in ("Berta", "Dace"):
        sign(words[0], reviewer(name, signs_as=name))
    assert count() == few

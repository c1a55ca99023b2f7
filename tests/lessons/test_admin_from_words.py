"""Made from words: an author picks words, sees proposals as a learner would, and takes some into the bank."""

import re
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.models import GroupPagePermission

from accounts.models import User
from lessons.models import Exercise, LessonPage
from tests.lessons import building, scenes

pytestmark = pytest.mark.django_db

PICK, SHOW = "/admin/exercises-from-words/", "/admin/exercises-from-words/proposals/"
WORDS = ["phal", "raj", "rāni", "dīs", "lačho", "del lačho dīs"]


@pytest.fixture
def author(client):
    return signed_in(client, "Authors")


@pytest.fixture
def words():
    return [building.word(text) for text in WORDS]


@pytest.fixture
def lesson(words):
    made = building.lesson(building.course(), "Sveiki", body=[("words", words_block(words[:3]))])
    made.save_revision().publish()
    return made


def words_block(entries):
    return {"heading": "Vārdi", "introduction": "", "items": entries, "side": {"heading": "", "text": ""}}


def signed_in(client, group):
    user = User.objects.create_user(f"{group.split()[0].lower()}@pamatkurss.example", name=group)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return user


def address(entries, kinds=("choice-listen", "type-translate"), **more):
    return f"{SHOW}?{urlencode({'word': [e.pk for e in entries], 'kind': kinds, **more}, doseq=True)}"


def keys(page):
    return list(dict.fromkeys(re.findall(r'name="take-([\w-]+)"', page.content.decode())))


def take(*accepted, **more):
    return {f"take-{key}": "accept" for key in accepted} | more


def test_a_lessons_words_are_picked_already(client, author, lesson, words):
    page = client.get(f"{PICK}?lesson={lesson.pk}")
    assert page.status_code == 200
    assert [one.value.pk for one in page.context["form"]["words"].initial] == [entry.pk for entry in words[:3]]
    data = {"words-count": 2, "kinds": ["choice-listen"]}
    for place, entry in enumerate(words[:2]):
        data |= {f"words-{place}-deleted": "", f"words-{place}-order": place, f"words-{place}-value": entry.pk}
        data |= {f"words-{place}-type": "word", f"words-{place}-id": ""}
    reply = client.post(f"{PICK}?lesson={lesson.pk}", data)
    assert reply.status_code == 302
    assert reply.url == f"{SHOW}?word={words[0].pk}&word={words[1].pk}&kind=choice-listen&lesson={lesson.pk}"


@pytest.mark.parametrize(
    ("data", "field"),
    [({"words-count": 0, "kinds": ["gap"]}, "words"), ({"words-count": 1, "kinds": []}, "kinds")],
)
def test_without_words_or_kinds_the_form_says_so_at_the_field(client, author, words, data, field):
    data = data | {"words-0-deleted": "", "words-0-order": 0, "words-0-value": words[0].pk, "words-0-type": "word"}
    reply = client.post(PICK, data)
    assert reply.status_code == 200
    assert list(reply.context["form"].errors) == [field]


def test_proposals_are_shown_as_a_learner_would_see_them_and_nothing_is_made(client, author, words):
    page = client.get(address(words[:1]))
    text = page.content.decode()
    assert "phal: nozīme pēc dzirdes" in text
    assert gettext("What do you hear?") in text
    assert gettext("Write in Romani: “%(meaning)s”") % {"meaning": "brālis"} in text
    assert len(keys(page)) == 2
    assert not Exercise.objects.exists()


def test_accepted_proposals_become_drafts_and_twice_pressed_makes_nothing_twice(client, author, words):
    where = address(words[:2])
    listen, other, *_rest = keys(client.get(where))
    for _time in range(2):
        assert client.post(where, take(listen, other)).status_code == 302
    made = Exercise.objects.order_by("title")
    assert [(one.title, one.type, one.skill, one.live) for one in made] == [
        ("phal: nozīme pēc dzirdes", "choice", "listening", False),
        ("raj: nozīme pēc dzirdes", "choice", "listening", False),
    ]
    assert [one.latest_revision.user for one in made] == [author, author]
    assert [one.has_unpublished_changes for one in made] == [True, True]
    page = client.get(where)
    assert page.content.decode().count("Jau ir krājumā") == 2
    assert listen not in keys(page)


def test_what_is_dropped_or_unknown_is_not_made(client, author, words):
    where = address(words[:1])
    key = keys(client.get(where))[0]
    reply = client.post(where, {f"take-{key}": "drop"})
    assert "Pieņemiet vismaz vienu" in reply.content.decode()
    reply = client.post(where, take("00000000-0000-0000-0000-000000000000", "x"), follow=True)
    assert "pārskatiet ierosinājumus" in reply.content.decode()
    assert not Exercise.objects.exists()


def test_accept_and_change_opens_the_editor_of_the_new_draft(client, author, words):
    where = address(words[:1])
    key = keys(client.get(where))[1]
    reply = client.post(where, {"change": key})
    made = Exercise.objects.get()
    assert reply.url == reverse(Exercise.snippet_viewset.get_url_name("edit"), args=[made.pk])
    assert client.get(reply.url).status_code == 200


def test_they_go_into_a_quiz_and_into_the_lessons_draft_once(client, author, lesson, words):
    quiz = building.quiz([])
    where = address(words[:3], kinds=["type-translate"], lesson=lesson.pk)
    accepted = keys(client.get(where))
    for _time in range(2):
        client.post(where, take(*accepted, quiz=quiz.pk, practice="on"))
    made = list(Exercise.objects.order_by("pk"))
    assert len(made) == 3
    assert [item.exercise for item in quiz.items.order_by("sort_order")] == made
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    assert [block.value["exercise"] for block in draft.body if block.block_type == "practice"] == made
    live = LessonPage.objects.get(pk=lesson.pk)
    assert [block.block_type for block in live.body] == ["words"], "learners see nothing before it is published"
    assert live.has_unpublished_changes
    assert client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).status_code == 200


def test_every_kind_can_be_made(client, author, words):
    from lessons.proposals import KINDS

    for entry, colour in zip(words[:3], ("red", "blue", "green"), strict=True):
        entry.image = scenes.drawing(title=colour)
        entry.save()
    where = address(words, kinds=list(KINDS))
    accepted = keys(client.get(where))
    client.post(where, take(*accepted))
    assert Exercise.objects.count() == len(accepted)
    assert set(Exercise.objects.values_list("type", flat=True)) == {
        "choice", "match", "order", "gap", "type", "speak", "flashcards",
    }  # fmt: skip
    shown = {one.stored_block["value"].get("options_as") for one in Exercise.objects.filter(type="choice")}
    assert shown == {"", "picture", "sound"}


def test_what_learners_judge_themselves_goes_into_the_lesson_but_not_into_a_quiz(client, author, lesson, words):
    quiz = building.quiz([])
    where = address(words[:3], kinds=["flashcards", "type-meaning"], lesson=lesson.pk)
    page = client.post(where, take(*keys(client.get(where)), quiz=quiz.pk, practice="on"), follow=True)
    assert {item.exercise.type for item in quiz.items.all()} == {"type"}
    assert "ir tikai vingrinājumam nodarbībā" in page.content.decode()
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    assert [block.value["exercise"].type for block in draft.body if block.block_type == "practice"].count(
        "flashcards"
    ) == 1


def test_the_page_says_what_cannot_be_made_from_words(client, author):
    assert "Sarunu un vietas attēlā no vārdiem izveidot nevar" in client.get(PICK).content.decode()


@pytest.mark.parametrize("group", ["Native reviewers", "Coordinators"])
def test_who_may_not_add_exercises_is_sent_away(client, words, group):
    signed_in(client, group)
    assert client.get(PICK).status_code == 302
    assert client.post(address(words[:1]), take("x")).status_code == 302
    assert not Exercise.objects.exists()


def test_a_visitor_is_sent_to_the_sign_in(client, words):
    assert client.get(address(words[:1])).url.startswith(reverse("wagtailadmin_login"))


def test_a_lesson_that_one_may_not_edit_is_as_if_it_were_not_there(client, author, lesson, words):
    GroupPagePermission.objects.filter(group__name="Authors").delete()
    assert client.get(f"{PICK}?lesson={lesson.pk}").status_code == 404
    assert client.get(f"{PICK}?lesson=999999").status_code == 404
    assert client.get(f"{PICK}?lesson=x").status_code == 404


@pytest.mark.parametrize("query", ["", "word=x&kind=gap", "word=99999&kind=gap", "word=1" + "0" * 30])
def test_an_address_without_words_has_nothing(client, author, query):
    assert client.get(f"{SHOW}?{query}").status_code == 404


def test_words_that_nothing_fits_are_explained(client, author):
    other = building.word("pal", variety="lithuanian")
    page = client.get(address([other], seed="x"))
    assert "Izvēlieties citus veidus" in page.content.decode()


def test_thirty_proposals_cost_as_many_queries_as_two(client, author, words):
    client.get(address(words[:1]))
    with CaptureQueriesContext(connection) as few:
        client.get(address(words[:1]))
    with CaptureQueriesContext(connection) as many:
        client.get(address(words, kinds=["choice-listen", "choice-form", "type-translate", "order", "match-meaning"]))
    assert len(many) == len(few)


def test_the_lesson_and_the_bank_lead_there(client, author, lesson):
    assert (
        f"{PICK}?lesson={lesson.pk}"
        in client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).content.decode()
    )
    assert PICK in client.get(reverse(Exercise.snippet_viewset.get_url_name("list"))).content.decode()

"""The bank: an author finds exercises by what they are about, and sees where each is used."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from accounts.models import User
from dictionary.models import Entry, Theme
from lessons.bank import places_of
from lessons.models import Exercise, ExerciseEntry
from tests.lessons import building

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]


@pytest.fixture(autouse=True)
def author(client):
    user = User.objects.create_user("autore@pamatkurss.example", name="Autore")
    user.groups.add(Group.objects.get(name="Authors"))
    client.force_login(user)
    return user


def admin(name, *args):
    return reverse(Exercise.snippet_viewset.get_url_name(name), args=args)


def found(client, **query):
    page = client.get(admin("list"), query)
    assert page.status_code == 200
    return {one.title for one in page.context["object_list"]}


def titled(title, one, **fields):
    Exercise.objects.filter(pk=one.pk).update(title=title, **fields)
    return Exercise.objects.get(pk=one.pk)


@pytest.fixture
def bank():
    """Three exercises that differ in everything one may look for."""
    brother = titled("brālis", building.exercise("type", item="phal", mode="translate"), skill="writing", level="A1")
    day = titled(
        "diena",
        building.exercise("choice", item="dīs", mode="meaning", distractors=["lačho"]),
        situation="office",
        level="A2",
    )
    pairs = titled("pāri", building.exercise("match", items=["raj", "rāni"], mode="listen"), skill="listening")
    return brother, day, pairs


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"word": "phal"}, {"brālis"}),
        ({"word": "lacho"}, {"diena"}),
        ({"word": "kundze"}, {"pāri"}),
        ({"word": "day"}, {"diena"}),
        ({"word": "zzz"}, set()),
        ({"level": "A1"}, {"brālis"}),
        ({"skill": "listening"}, {"pāri"}),
        ({"situation": "office"}, {"diena"}),
        ({"type": "match"}, {"pāri"}),
        ({"type": "type", "word": "phal", "level": "A1"}, {"brālis"}),
        ({"q": "brāl"}, {"brālis"}),
        ({"q": "raj"}, {"pāri"}),
        ({"q": "raj", "skill": "reading"}, set()),
    ],
)
def test_exercises_are_found_by(client, bank, query, titles):
    assert found(client, **query) == titles


def test_by_theme(client, bank):
    food = Theme.objects.create(key="food", name_lv="Ēdiens", name_en="Food")
    Entry.objects.filter(text="phal").update(theme=food)
    assert found(client, theme=food.pk) == {"brālis"}


def test_by_state(client, bank, author):
    brother, day, pairs = bank
    Exercise.objects.filter(pk=day.pk).update(live=False)
    pairs.title = "pāri jauni"
    pairs.save_revision()
    assert found(client, state="live") == {"brālis"}
    assert found(client, state="draft") == {"diena"}
    assert found(client, state="changed") == {"pāri"}
    Entry.objects.filter(text="phal").update(review_state="reviewed", reviewed_on="2026-11-01")
    assert found(client, state="unreviewed") == {"diena", "pāri"}
    workflow = Workflow.objects.create(name="Pārbaude")
    task = GroupApprovalTask.objects.create(name="Izlasīt")
    task.groups.add(Group.objects.get(name="Authors"))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    brother.save_revision()
    workflow.start(brother, author)
    assert found(client, state="waiting") == {"brālis"}


def test_what_is_used_and_where(client, bank):
    brother, day, _pairs = bank
    course = building.course()
    test = building.quiz([brother], title_lv="Beigu tests")
    block = {"heading": "Izmēģiniet", "exercise": day}
    lesson = building.lesson(course, "Sveiki", test=test, body=[("practice", block)])
    lesson.save_revision().publish()
    building.translated(lesson, "Hello")
    assert places_of(bank) == {
        brother.pk: ["tests „Beigu tests” (Sveiki)"],
        day.pk: ["nodarbība „Sveiki”"],
    }
    assert found(client, used="true") == {"brālis", "diena"}
    assert found(client, used="false") == {"pāri"}
    page = client.get(admin("list")).content.decode()
    assert "tests „Beigu tests” (Sveiki)" in page
    assert "nodarbība „Sveiki”" in page
    usage = client.get(admin("usage", brother.pk)).content.decode()
    assert "Beigu tests" in usage
    assert "Sveiki" in usage


def test_many_places_are_counted_after_the_third(client, bank):
    for number in range(5):
        building.quiz([bank[0]], title_lv=f"Tests {number}")
    assert "tests „Tests 2” un vēl 2" in client.get(admin("list")).content.decode()


def test_the_listing_costs_as_many_queries_with_many_exercises_as_with_few(client, bank):
    building.quiz([bank[0]])
    client.get(admin("list"))
    with CaptureQueriesContext(connection) as few:
        client.get(admin("list"))
    for number in range(6):
        building.quiz([building.exercise("type", item="raj", mode="translate")], title_lv=f"Tests {number}")
    with CaptureQueriesContext(connection) as many:
        client.get(admin("list"))
    assert len(many) == len(few)
    with CaptureQueriesContext(connection) as one:
        client.get(admin("usage", bank[0].pk))
    for number in range(4):
        building.quiz([bank[0]], title_lv=f"Vēl {number}")
    with CaptureQueriesContext(connection) as more:
        client.get(admin("usage", bank[0].pk))
    assert len(more) - len(one) == 4, "one for each quiz is Wagtail's own, at most 20 a page; none is ours"


@pytest.mark.parametrize("query", ["word=%00", 'q="', "theme=x", "level=Z9", "state=x", "word=" + "a" * 500, "used=x"])
def test_the_listing_takes_any_query(client, bank, query):
    assert client.get(f"{admin('list')}?{query}").status_code == 200


# --- the words of an exercise -------------------------------------------------------------------


def named(exercise):
    return set(ExerciseEntry.objects.filter(exercise=exercise).values_list("entry__text", flat=True))


def test_words_follow_the_draft_and_what_is_published():
    kept = building.exercise("type", item="phal", mode="translate")
    assert named(kept) == {"phal"}
    raj = building.word("raj")
    kept.body = [("type", {"item": raj, "mode": "translate"})]
    revision = kept.save_revision()
    assert named(kept) == {"phal", "raj"}, "learners still see the one, the author writes the other"
    revision.publish()
    assert named(kept) == {"raj"}


def test_words_of_a_draft_that_was_never_published_are_the_drafts():
    kept = building.exercise("type", item="phal", mode="translate", live=False)
    kept.body = [("type", {"item": building.word("raj"), "mode": "translate"})]
    kept.save_revision()
    assert named(kept) == {"raj"}


def test_a_word_that_leaves_the_dictionary_leaves_the_list():
    kept = building.exercise("match", items=["raj", "rāni"], mode="meaning")
    building.word("raj").delete()
    assert named(kept) == {"rāni"}
    kept.save()
    assert named(kept) == {"rāni"}


def test_the_migration_names_the_words_of_exercises_that_are_there():
    kept = building.exercise("type", item="phal", mode="translate")
    kept.body = [("type", {"item": building.word("raj"), "mode": "translate"})]
    kept.save_revision()
    ExerciseEntry.objects.all().delete()
    migration = import_module("lessons.migrations.0004_name_the_words_of_exercises")
    migration.name_words(apps, None)
    assert named(kept) == {"phal", "raj"}
    migration.name_words(apps, None)
    assert ExerciseEntry.objects.count() == 2


def test_an_author_sets_level_and_situation(client):
    page = client.get(admin("add")).content.decode()
    assert 'name="level"' in page
    assert "sociālais darbs" in page

"""Exercises as a table: out, looked at, in as drafts, and back again."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from accounts.models import User
from dictionary.models import Entry
from lessons.exercises.base import plain_list
from lessons.models import Exercise
from tests.dictionary.tables import (
    as_csv,
    as_xlsx,
    bring_in,
    confirm,
    download,
    faults,
    looked_at,
    read_csv,
    undo,
)
from tests.lessons import building, scenes
from tests.making import make_quiz

pytestmark = pytest.mark.django_db

HEAD = ["id", "type", "title", "item", "mode", "distractors", "parts", "accept"]


GAP = {"type": "gap", "mode": "pick", "item": "phenel avri"}


@pytest.fixture(autouse=True)
def author(client):
    user = User.objects.create_user("autore@pamatkurss.example", name="Autore", language="en")
    user.groups.add(Group.objects.get(name="Authors"))
    client.force_login(user)
    return user


@pytest.fixture
def bank():
    """One exercise of every flat type, with more than a row can say."""
    hints = [{"text_lv": "Divi burti.", "text_en": "", "cost": 10}]
    return {
        "choice": building.exercise("choice", item="dīs", mode="listen", distractors=["lačho", "ami"]),
        "match": building.exercise("match", items=["ami", "na", "raj"], mode="meaning"),
        "order": building.exercise("order", item="del lačho dīs", parts=["del", "lačho dīs"]),
        "gap": building.exercise(
            "gap",
            item="phenel avri",
            mode="type",
            gaps=[
                {"answer": "phenel", "distractors": [], "accept": []},
                {"answer": "avri", "distractors": ["andre", "pāle"], "accept": ["pāle"]},
            ],
        ),
        "type": building.exercise("type", item="phal", mode="translate", accept=["rom"], hints=hints),
        "flashcards": building.exercise("flashcards", items=["raj", "rāni"], mode="meaning"),
        "speak": building.exercise("speak", item="dīs", tip_lv="Garš ī."),
    }


def row(**cells):
    return [cells.get(column, "") for column in HEAD]


def said(exercise):
    """Return what the draft says."""
    return Exercise.objects.get(pk=exercise.pk).get_latest_revision_as_object().stored_block["value"]


# --- out and in again ---------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_went_out_comes_in_and_changes_nothing(client, bank, form):
    context = looked_at(client, "exercises", download(client, "exercises", form))
    assert context["plan"].counts == {"new": 0, "changed": 0, "same": 7, "refused": 0}


def test_a_row_says_what_the_exercise_asks(client, bank):
    rows = {one["type"]: one for one in read_csv(download(client, "exercises"))}
    codes = {entry.text: entry.code for entry in Entry.objects.all()}
    assert rows["choice"]["item"] == codes["dīs"]
    assert rows["choice"]["about"] == "dīs – diena"
    assert rows["choice"]["distractors"] == f"{codes['lačho']}; {codes['ami']}"
    assert rows["match"]["item"] == "; ".join(codes[text] for text in ("ami", "na", "raj"))
    assert rows["order"]["parts"] == "del | lačho dīs"
    assert (rows["gap"]["parts"], rows["gap"]["distractors"], rows["gap"]["accept"]) == (
        "phenel | avri",
        "| andre; pāle",
        "| pāle",
    )
    assert (rows["type"]["accept"], rows["speak"]["tip_lv"]) == ("rom", "Garš ī.")


def test_scenes_and_pictures_do_not_go_out(client, bank):
    scenes.dialogue()
    assert {one["type"] for one in read_csv(download(client, "exercises"))} == set(bank)
    page = client.get(reverse("tables", args=["exercises"])).content.decode()
    assert "Dialogues and pictures do not fit a row" in page


def test_the_download_follows_the_filters_of_the_bank(client, bank):
    assert [one["type"] for one in read_csv(download(client, "exercises", type="gap"))] == ["gap"]
    found = {one["type"] for one in read_csv(download(client, "exercises", q="phal"))}
    assert found == {"type"}


# --- in ---------------------------------------------------------------------------------------


def test_new_exercises_of_every_type_become_drafts(client, bank):
    table = as_csv(
        HEAD,
        row(type="choice", title="a", item="raj", mode="meaning", distractors="phal; dīs"),
        row(type="match", title="b", item="raj; phal; dīs"),
        row(type="order", title="c", item="del lačho dīs"),
        row(type="gap", title="d", item="phenel avri", mode="pick", parts="avri", distractors="andre; pāle"),
        row(type="type", title="e", item="raj", mode="translate", accept="rom; romni"),
        row(type="flashcards", title="f", item="raj; phal"),
        row(type="speak", title="g", item="raj"),
    )
    run = bring_in(client, "exercises", table)
    assert (run.new_count, run.refused_count) == (7, 0)
    made = {one.title: one for one in Exercise.objects.filter(title__in="abcdefg")}
    assert not any(one.live for one in made.values())
    assert all(one.has_unpublished_changes and one.latest_revision for one in made.values())
    raj = Entry.objects.get(text="raj").pk
    assert said(made["a"])["item"] == raj
    assert said(made["b"])["mode"] == "meaning"
    assert [gap["value"]["answer"] for gap in said(made["d"])["gaps"]] == ["avri"]
    again = looked_at(client, "exercises", table)["plan"]
    assert again.counts == {"new": 0, "changed": 0, "same": 7, "refused": 0}, "what is here already is not made twice"
    other = as_csv([*HEAD, "skill"], [*row(type="match", title="b", item="raj; phal; dīs"), "listening"])
    assert "This is here already" in faults(looked_at(client, "exercises", other))["C2"]


def test_a_change_is_a_draft_and_leaves_what_no_column_holds(client, bank):
    kept = bank["type"]
    table = as_csv(["id", "type", "title", "accept"], [str(kept.uuid), "type", "phal", "rom; romni"])
    context = looked_at(client, "exercises", table)
    (step,) = context["plan"].steps
    assert [(one.column, one.old, one.new) for one in step.changes] == [
        ("title", "type: phal", "phal"),
        ("accept", "rom", "rom; romni"),
    ]
    confirm(client, context)
    value = said(kept)
    assert [one["value"] for one in value["accept"]] == ["rom", "romni"]
    assert (plain_list(value["hints"])[0]["text_lv"], value["mode"]) == ("Divi burti.", "translate")
    live = Exercise.objects.get(pk=kept.pk)
    assert (live.title, live.has_unpublished_changes) == ("type: phal", True), "learners see it once it is published"


def test_a_draft_is_what_goes_out_and_what_is_changed(client, bank):
    draft = bank["match"].get_latest_revision_as_object()
    draft.title = "melnraksts"
    draft.save_revision()
    rows = {one["type"]: one for one in read_csv(download(client, "exercises"))}
    assert rows["match"]["title"] == "melnraksts"
    assert looked_at(client, "exercises", download(client, "exercises"))["plan"].counts["same"] == 7


def test_words_may_be_written_as_they_are_if_there_is_only_one(client, bank):
    other = Entry.objects.get(text="raj")
    other.pk = other.code = None
    other._state.adding = True
    other.save()
    found = faults(looked_at(client, "exercises", as_csv(HEAD, row(type="speak", title="x", item="raj"))))
    assert "written so in several entries" in found["D2"] and other.code in found["D2"]


# --- every kind of fault, by cell ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "place", "message"),
    [
        ({"id": "00000000-0000-0000-0000-000000000000"}, "A2", "nothing with this id"),
        ({"id": "x"}, "A2", "nothing with this id"),
        ({"type": "dialogue"}, "B2", "“dialogue” is not known here; known are: choice"),
        ({"title": ""}, "C2", "must not be empty"),
        ({"title": "x" * 121}, "C2", "At most 120"),
        ({"item": "rl9999"}, "D2", "no entry with the code or the Romani “rl9999”"),
        ({"item": ""}, "D2", "Choose a word or phrase"),
        ({"item": "raj; phal"}, "D2", "One word or phrase only"),
        ({"mode": "smell"}, "E2", "“smell” is not known here; known are: listen"),
        ({"distractors": ""}, "F2", "at least one wrong option"),
        ({"distractors": "raj"}, "F2", "“raj” means the same as the right answer"),
        ({"parts": "a | b"}, "G2", "means nothing for the type “choice”"),
        ({"type": "match", "distractors": "", "item": "raj"}, "D2", "2"),
        (
            {"type": "order", "mode": "", "distractors": "", "item": "del lačho dīs", "parts": "dīs"},
            "G2",
            "must add up",
        ),
        (GAP | {"parts": "avri", "distractors": "a | b"}, "F2", "2 groups"),
        (GAP | {"parts": "dīs", "distractors": "a"}, "G2", "must stand in"),
        ({"type": "type", "mode": "translate", "distractors": "", "accept": "x" * 121}, "H2", "120"),
    ],
)
def test_a_refused_row_says_which_cell_and_why(client, bank, cells, place, message):
    good = {"type": "choice", "title": "raj", "item": "raj", "mode": "meaning", "distractors": "phal; dīs"}
    found = faults(looked_at(client, "exercises", as_csv(HEAD, row(**good | cells))))
    assert message in found.get(place, ""), found
    assert Exercise.objects.count() == 7


def test_a_type_cannot_change_and_a_word_without_sound_cannot_be_dictated(client, bank):
    Entry.objects.filter(text="phal").update(recording=None)
    table = as_csv(
        HEAD,
        row(id=str(bank["match"].uuid), type="flashcards", title="x", item="raj; ami", mode="meaning"),
        row(type="type", title="y", item="phal", mode="dictation"),
    )
    found = faults(looked_at(client, "exercises", table))
    assert found["B2"] == "The type of an exercise cannot change."
    assert "no recording to hear" in found["E3"]


def test_an_exercise_that_waits_for_approval_is_not_touched(client, bank):
    flow, task = Workflow.objects.create(name="x"), GroupApprovalTask.objects.create(name="y")
    task.groups.add(Group.objects.get(name="Administrators"))
    WorkflowTask.objects.create(workflow=flow, task=task, sort_order=0)
    bank["speak"].save_revision()
    flow.start(Exercise.objects.get(pk=bank["speak"].pk), None)
    table = as_csv(["id", "type", "title"], [str(bank["speak"].uuid), "speak", "new"])
    assert faults(looked_at(client, "exercises", table)) == {"A2": "It is locked, or waits for approval."}


# --- taken back --------------------------------------------------------------------------------------


def test_a_run_is_taken_back_and_nothing_waits_for_publishing(client, bank):
    before = download(client, "exercises")
    table = as_csv(
        HEAD,
        row(id=str(bank["type"].uuid), type="type", title="phal", item="raj", mode="translate", accept=""),
        row(type="speak", title="g", item="raj"),
    )
    run = bring_in(client, "exercises", table, may_empty="yes")
    undo(client, run)
    assert (run.state, run.held) == ("undone", [])
    assert download(client, "exercises") == before
    assert not Exercise.objects.get(pk=bank["type"].pk).has_unpublished_changes


def test_what_was_used_published_or_changed_since_stays(client, bank):
    table = as_csv(
        HEAD,
        row(type="type", title="used", item="raj", mode="translate"),
        row(type="type", title="live", item="rāni", mode="translate"),
        row(type="type", title="free", item="dīs", mode="translate"),
        row(id=str(bank["match"].uuid), type="match", title="mine", item="ami; na; raj", mode="meaning"),
    )
    run = bring_in(client, "exercises", table)
    made = {one.title: one for one in Exercise.objects.all()}
    make_quiz(made["used"])
    made["live"].latest_revision.publish()
    changed = Exercise.objects.get(pk=bank["match"].pk).get_latest_revision_as_object()
    changed.title = "theirs"
    changed.save_revision()
    undo(client, run)
    assert {one["title"]: one["reason"] for one in run.held} == {
        "match: ['ami', 'na', 'raj']": "Somebody has changed it since.",
        "used": "It is used by now.",
        "live": "It was published since.",
    }
    assert not Exercise.objects.filter(title="free").exists()


# --- who, how many -------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", ["Native reviewers", "Coordinators"])
def test_only_who_may_add_and_change_exercises_comes_here(client, bank, group):
    user = User.objects.create_user("cits@pamatkurss.example")
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    assert client.get(reverse("tables", args=["exercises"])).status_code in (302, 403)
    assert client.get(reverse("tables_download", args=["exercises", "csv"])).status_code in (302, 403)


def test_the_bank_leads_to_its_table(client, bank):
    page = client.get(reverse(Exercise.snippet_viewset.get_url_name("list")), {"type": "gap"}).content.decode()
    assert f"{reverse('tables', args=['exercises'])}?type=gap" in page


def test_unchanged_rows_cost_no_queries(client, bank):
    def queries():
        run = looked_at(client, "exercises", download(client, "exercises"))["run"]
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("tables_run", args=["exercises", run.pk]))
        return len(caught)

    few = queries()
    for number in range(12):
        one = building.exercise("type", item="phal", mode="translate")
        one.title = f"draft {number}"
        one.save_revision()
    assert queries() == few


def test_checking_many_rows_costs_no_more_queries_than_few(client, bank):
    def queries(count):
        rows = [row(type="choice", title=f"{n}", item="raj", mode="meaning", distractors="phal") for n in range(count)]
        run = looked_at(client, "exercises", as_xlsx(HEAD, *rows))["run"]
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("tables_run", args=["exercises", run.pk]))
        return len(caught)

    assert queries(20) == queries(2)

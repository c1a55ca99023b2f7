"""A table taken back, long tables, and who may bring tables in."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from dictionary.importing import runs
from dictionary.importing.entries import Words
from dictionary.models import Entry, ImportRun, TaughtEntry
from tests.dictionary.signing import reviewer, sign
from tests.dictionary.tables import (
    HEAD,
    MENU,
    as_csv,
    bring_in,
    confirm,
    download,
    looked_at,
    person,
    read_csv,
    undo,
    upload,
)
from tests.making import make_choice, make_entry, make_theme

pytestmark = pytest.mark.django_db


# --- taken back ----------------------------------------------------------------------------------


def test_a_run_is_taken_back_whole(client, rom):
    reviewer = User.objects.create_user("recenzents@pamatkurss.example")
    Entry.objects.filter(pk=rom.pk).update(review_state="reviewed", reviewed_on=date(2026, 5, 28), reviewed_by=reviewer)
    before = read_csv(download(client, "words"))
    table = as_csv(
        [*HEAD, "variants", "review_state"],
        ["rl0001", "rom", "cits", "", "core", "lithuanian", "romni", "unreviewed"],
        ["", "phal", "brālis", "", "core", "latvian", "", ""],
    )
    run = bring_in(client, "words", table, may_empty="yes")
    assert Entry.objects.get(code="rl0001").review_state == "unreviewed"
    undo(client, run)
    assert (run.state, run.held) == ("undone", [])
    assert read_csv(download(client, "words")) == before
    assert Entry.objects.get().reviewed_by == reviewer
    assert not run.can_be_undone


def test_rows_that_somebody_changed_since_stay_and_are_named(client, rom, day, good):
    table = as_csv(
        ["id", "romani", "latvian", "theme", "variety"],
        ["rl0001", "rom", "a", "core", "latvian"],
        ["rl0375", "dīs", "b", "core", "latvian"],
        ["", "phal", "brālis", "core", "latvian"],
        ["", "raj", "kungs", "core", "latvian"],
        ["", "rāni", "kundze", "core", "latvian"],
        ["rl0590", "lačho", "c", "core", "latvian"],
    )
    run = bring_in(client, "words", table)
    changed = Entry.objects.get(code="rl0375")
    changed.glosses.filter(language="lv").update(text="laba diena")
    edited = Entry.objects.get(text="raj")
    edited.forms.create(form="rāni", attested="rule")  # no cell of the table tells of forms
    edited.save_revision()
    TaughtEntry.objects.create(entry=Entry.objects.get(text="rāni"), page_key="0" * 32, position=0)
    good.delete()
    page = undo(client, run).content.decode()
    assert [one["title"] for one in run.held] == ["dīs", "lačho", "raj", "rāni"]
    assert all(one["title"] in page for one in run.held)
    assert Entry.objects.get(code="rl0001").gloss_in("lv") == "roms"
    assert Entry.objects.get(code="rl0375").gloss_in("lv") == "laba diena"
    assert set(Entry.objects.values_list("text", flat=True)) == {"rom", "dīs", "raj", "rāni"}

    # Once nothing is in its way any more, the rest goes too.
    TaughtEntry.objects.all().delete()
    undo(client, run)
    assert [one["title"] for one in run.held] == ["dīs", "lačho", "raj"]
    assert not Entry.objects.filter(text="rāni").exists()


def test_a_word_that_an_exercise_asks_stays(client, rom, day):
    run = bring_in(client, "words", as_csv(HEAD, ["", "raj", "kungs", "", "core", "latvian"]))
    made = Entry.objects.get(text="raj")
    make_choice(made, rom, day)
    undo(client, run)
    assert [one["title"] for one in run.held] == ["raj"]
    assert Entry.objects.filter(pk=made.pk).exists()


def test_the_theme_of_before_may_be_gone(client, rom):
    make_theme("time")
    run = bring_in(client, "words", as_csv(["id", "romani", "theme"], ["rl0001", "rom", "time"]))
    make_theme("core").delete()
    undo(client, run)
    assert "core" in run.held[0]["reason"]
    assert Entry.objects.get().theme.key == "time"


# --- who, how many, how long -----------------------------------------------------------------------


@pytest.mark.parametrize("group", ["Native reviewers", "Coordinators", "Learners"])
def test_only_who_may_add_and_change_words_comes_here(client, rom, group):
    run = bring_in(client, "words", as_csv(["id", "romani", "latvian"], ["rl0001", "rom", "cits"]))
    person(client, group)
    for name, *rest in (("tables",), ("tables_download", "csv"), ("tables_run", run.pk)):
        assert client.get(reverse(name, args=["words", *rest])).status_code in (302, 403)
    for name in ("tables_run", "tables_undo", "tables_again"):
        assert client.post(reverse(name, args=["words", run.pk])).status_code in (302, 403)
    run.refresh_from_db()
    assert run.state == "applied"


def test_what_one_only_looked_at_is_ones_own(client, rom):
    run = looked_at(client, "words", as_csv(["id", "romani", "latvian"], ["rl0001", "rom", "cits"]))["run"]
    person(client, "Administrators")
    assert client.get(reverse("tables_run", args=["words", run.pk])).status_code in (302, 403)
    assert client.get(reverse("tables_run", args=["phrases", run.pk])).status_code == 404
    assert client.get(reverse("tables", args=["nothing"])).status_code == 404
    page = client.get(reverse("tables", args=["words"]))
    assert list(page.context["runs"]) == []


def test_looking_again_forgets_the_look_before(client, rom):
    table = as_csv(["id", "romani", "latvian"], ["rl0001", "rom", "cits"])
    looked_at(client, "words", table)
    looked_at(client, "words", table)
    assert ImportRun.objects.count() == 1


def test_unchanged_rows_cost_no_queries(client, rom, django_assert_max_num_queries):
    def queries():
        context = looked_at(client, "words", download(client, "words"))
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get(reverse("tables_run", args=["words", context["run"].pk]))
        return len(caught)

    few = queries()
    for number in range(30):
        make_entry(f"rl1{number:03d}", f"rom {number}", "roms", heard="", variants=[{"form": f"roma {number}"}])
    assert queries() == few


def test_the_menu_shows_tables_to_those_who_may_bring_them_in(client, rom):
    home, words, exercises = (reverse(name, args=args) for name, args in MENU)
    page = client.get(home).content.decode()
    assert words in page and exercises in page
    person(client, "Native reviewers")
    page = client.get(home).content.decode()
    assert words not in page and exercises not in page


@pytest.mark.parametrize("query", [{"theme": "x"}, {"q": "\x00"}, {"q": '"'}, {"p": "x"}, {"show": "x", "p": "99"}])
def test_a_strange_address_is_answered(client, rom, query):
    run = looked_at(client, "words", as_csv(["id", "romani", "latvian"], ["rl0001", "rom", "cits"]))["run"]
    assert client.get(reverse("tables", args=["words"]), query).status_code == 200
    assert client.get(reverse("tables_download", args=["words", "csv"]), query).status_code == 200
    assert client.get(reverse("tables_download", args=["words", "pdf"]), query).status_code == 404
    assert client.get(reverse("tables_run", args=["words", run.pk]), query).status_code == 200


def test_lists_are_cut_into_pages(client, rom):
    rows = [["", f"rom {number}", f"roms {number}", "", "core", "latvian"] for number in range(60)]
    context = looked_at(client, "words", as_csv(HEAD, *rows))
    assert len(context["page"].object_list) == 50
    run = confirm(client, context)
    address = reverse("tables_run", args=["words", run.pk])
    assert len(client.get(address).context["rows"]) == 50
    assert len(client.get(address, {"p": 2}).context["rows"]) == 10


def left_to_the_worker(client, monkeypatch, table):
    """Confirm a long table while no worker runs; return the run that waits."""
    monkeypatch.setattr(runs, "MOST_AT_ONCE", 2)
    with monkeypatch.context() as patch:
        patch.setattr("django_tasks.base.Task.enqueue", lambda task, *args: None)
        return bring_in(client, "words", table)


def test_a_long_table_is_left_to_the_worker_and_written_in_parts(client, rom, monkeypatch):
    rows = [["", f"rom {number}", f"roms {number}", "", "core", "latvian"] for number in range(5)]
    run = left_to_the_worker(client, monkeypatch, as_csv(HEAD, *rows, ["", "x", "", "", "core", "latvian"]))
    assert run.is_working and not run.is_stuck and Entry.objects.count() == 1
    page = client.get(reverse("tables_run", args=["words", run.pk])).content.decode()
    assert "tiek ienesta" in page and 'name="digest"' not in page
    assert client.post(reverse("tables_again", args=["words", run.pk])).status_code == 302
    run.refresh_from_db()
    assert run.is_working, "nobody disturbs a worker that is not late"

    ImportRun.objects.update(task_since=timezone.now() - timedelta(hours=1))
    client.post(reverse("tables_again", args=["words", run.pk]))
    run.refresh_from_db()
    assert (run.state, run.task, len(run.rows), run.new_count, run.refused_count) == ("applied", "", 5, 5, 1)
    assert Entry.objects.count() == 6
    undo(client, run)
    assert (run.state, run.task, run.held, Entry.objects.count()) == ("undone", "", [], 1)


def test_a_worker_that_was_stopped_goes_on_where_it_was(client, rom, author, monkeypatch):
    rows = [["", f"rom {number}", f"roms {number}", "", "core", "latvian"] for number in range(5)]
    run = left_to_the_worker(client, monkeypatch, as_csv(HEAD, *rows))
    assert runs._do_part(ImportRun.objects.get(pk=run.pk), author), "there is more to do"
    assert Entry.objects.count() == 3
    runs.do_work(run=run, user=author)
    run.refresh_from_db()
    assert (run.state, [row["line"] for row in run.rows], Entry.objects.count()) == ("applied", [2, 3, 4, 5, 6], 6)


def test_the_worker_does_nothing_that_was_not_seen(client, rom, author, monkeypatch):
    head = ["id", "romani", "latvian"]
    rows = [["", f"rom {number}", f"roms {number}", "", "core", "latvian"] for number in range(2)]
    table = as_csv(HEAD, *rows, ["rl0001", "rom", "cits", "Rom", "core", "latvian"])
    run = left_to_the_worker(client, monkeypatch, table)
    monkeypatch.setattr(runs, "MOST_AT_ONCE", 200)
    other = runs.start_run(table=Words, user=author, file_name="x", content=as_csv(head, ["rl0001", "rom", "vīrs"]))
    runs.confirm_run(run=other, user=author, digest=runs.plan_of(other, author).digest, may_empty=False)
    runs.do_work(run=run, user=author)
    run.refresh_from_db()
    assert (run.state, run.task, Entry.objects.count()) == ("planned", "", 1)
    assert "Kopš jūs skatījāties" in client.get(reverse("tables_run", args=["words", run.pk])).content.decode()


# --- what native reviewers signed ------------------------------------------------------------------


class TestASignedWord:
    def test_a_table_from_before_does_not_undo_it(self, client, rom):
        before = download(client, "words")
        sign(rom, reviewer())
        context = looked_at(client, "words", before)
        assert context["plan"].counts == {"new": 0, "changed": 0, "same": 1, "refused": 0}
        bring_in(
            client, "words", as_csv(["id", "romani", "note", "review_state"], ["rl0001", "rom", "N", "unreviewed"])
        )
        rom.refresh_from_db()
        assert (rom.review_state, rom.note) == ("reviewed", "N")

    def test_what_was_signed_and_is_changed_is_unreviewed_and_the_plan_says_so(self, client, rom):
        said = sign(rom, reviewer())
        table = as_csv(["id", "romani", "latvian"], ["rl0001", "rom", "vīrs"])
        page = upload(client, "words", table).content.decode()
        assert "unreviewed" in page
        run = bring_in(client, "words", table, may_empty="yes")
        rom.refresh_from_db()
        assert (rom.review_state, rom.reviewed_on, rom.reviewed_by) == ("unreviewed", None, None)
        undo(client, run)
        rom.refresh_from_db()
        said.refresh_from_db()
        assert (rom.review_state, rom.reviewed_by, said.ended_at) == ("reviewed", said.by, None)

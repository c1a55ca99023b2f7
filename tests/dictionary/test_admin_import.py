"""Words and phrases as tables: out, looked at, in, and back again."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.users.models import UserProfile

from accounts import personal_data
from accounts.models import User
from dictionary.importing import runs, sheets
from dictionary.importing.entries import Words
from dictionary.models import Entry, Gloss, ImportRun, ProtectedPair, TaughtEntry
from tests.dictionary.tables import (
    as_csv,
    as_xlsx,
    bring_in,
    confirm,
    download,
    faults,
    looked_at,
    read_csv,
    read_xlsx,
    undo,
    upload,
)
from tests.making import make_choice, make_entry, make_theme

pytestmark = pytest.mark.django_db

MENU = (("wagtailadmin_home", []), ("tables", ["words"]), ("tables", ["exercises"]))
HEAD = ["id", "romani", "latvian", "english", "theme", "variety"]


def person(client, *groups):
    user = User.objects.create_user(f"{'-'.join(groups).lower().replace(' ', '')}@pamatkurss.example", language="lv")
    user.groups.set(Group.objects.filter(name__in=groups))
    client.force_login(user)
    return user


@pytest.fixture(autouse=True)
def author(client):
    return person(client, "Authors")


def speak_english():
    for user in User.objects.all():
        user.language = "en"
        user.save()
        UserProfile.get_for_user(user)


@pytest.fixture
def rom():
    return make_entry(
        "rl0001", "rom", "roms", english="Rom", part_of_speech="noun", gender="m", variants=[{"form": "roma"}]
    )


# --- out and in again ---------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_went_out_comes_in_and_changes_nothing(client, rom, day, good, form):
    Entry.objects.filter(pk=good.pk).update(review_state="reviewed", reviewed_on=date(2026, 5, 28), note="a\r\n= b")
    before = {one.pk: one.latest_revision_id for one in Entry.objects.all()}
    context = looked_at(client, "words", download(client, "words", form), f"vardi.{form}")
    assert context["plan"].counts == {"new": 0, "changed": 0, "same": 3, "refused": 0}
    assert {one.pk: one.latest_revision_id for one in Entry.objects.all()} == before


def test_phrases_come_back_unchanged_with_their_words_in_order(client, rom, day, neighbour):
    links = Entry.words.through
    for word in (day, rom):  # not in the order of their keys
        links.objects.create(from_entry=neighbour, to_entry=word)
    content = download(client, "phrases")
    assert [row["words"] for row in read_csv(content)] == ["rl0375 rl0001"]
    assert looked_at(client, "phrases", content)["plan"].counts["same"] == 1
    run = bring_in(client, "phrases", as_csv(["id", "romani", "words"], ["ph0301", "každo dyves", "rl0001 rl0375"]))
    assert read_csv(download(client, "phrases"))[0]["words"] == "rl0001 rl0375"
    undo(client, run)
    assert read_csv(download(client, "phrases"))[0]["words"] == "rl0375 rl0001"


def test_a_cell_that_looks_like_a_formula_goes_out_harmless_and_comes_back_as_it_was(client, rom):
    Entry.objects.filter(pk=rom.pk).update(note="=1+1", source_ref="'=cmd", source_form="@x")
    content = download(client, "words")
    assert read_csv(content)[0]["note"] == "'=1+1"
    assert looked_at(client, "words", content)["plan"].counts["same"] == 1
    assert read_xlsx(download(client, "words", "xlsx"))[0]["note"] == "=1+1"
    with zipfile.ZipFile(io.BytesIO(download(client, "words", "xlsx"))) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


def test_the_download_follows_the_filters_of_the_list(client, rom, day):
    Entry.objects.filter(pk=day.pk).update(theme=make_theme("time"))
    assert [row["id"] for row in read_csv(download(client, "words", theme=make_theme("time").pk))] == ["rl0375"]
    assert [row["id"] for row in read_csv(download(client, "words", q="roms"))] == ["rl0001"]
    listing = client.get(reverse(Entry.snippet_viewset.get_url_name("list")), {"theme": make_theme("time").pk})
    assert f"{reverse('tables', args=['words'])}?theme={make_theme('time').pk}" in listing.content.decode()


# --- looked at, then brought in -----------------------------------------------------------


def test_nothing_changes_before_the_author_says_so(client, rom):
    table = as_csv(
        HEAD, ["rl0001", "rom", "cits", "Rom", "core", "latvian"], ["", "phal", "brālis", "", "core", "latvian"]
    )
    context = looked_at(client, "words", table)
    changed, new = context["plan"].steps
    assert (changed.state, [(one.column, one.old, one.new) for one in changed.changes]) == (
        "changed",
        [("latvian", "roms", "cits")],
    )
    assert (new.state, new.title, new.line) == ("new", "phal", 3)
    assert Entry.objects.count() == 1 and Entry.objects.get().gloss_in("lv") == "roms"

    run = confirm(client, context)
    assert (run.state, run.new_count, run.changed_count) == ("applied", 1, 1)
    assert Entry.objects.get(code="rl0001").gloss_in("lv") == "cits"
    made = Entry.objects.get(text="phal")
    assert (made.code, made.confidence, made.review_state, made.variety.code) == (
        "e00001",
        "medium",
        "unreviewed",
        "latvian",
    )


def test_what_was_brought_in_is_found_at_once_and_has_a_history(client, rom, author):
    bring_in(client, "words", as_csv(HEAD, ["", "phal", "brālis", "brother", "core", "latvian"]))
    bring_in(client, "words", as_csv(["id", "romani", "variants"], ["rl0001", "rom", "romni"]))
    for query, code in (("bralis", "e00001"), ("romni", "rl0001")):
        found = client.get("/api/v1/words/", {"search": query}).json()["results"]
        assert [row["id"] for row in found] == [code]
    assert Entry.objects.get(code="rl0001").latest_revision.user == author
    assert Entry.objects.get(code="e00001").latest_revision.content["text"] == "phal"
    hits = Entry.objects.search("bralis")  # the index holds folded words: the databases disagree about marks
    assert [one.code for one in hits] == ["e00001"]


def test_columns_that_are_absent_stay_and_an_empty_cell_empties_only_when_said(client, rom):
    context = looked_at(client, "words", as_csv(["id", "romani", "english"], ["rl0001", "rom", ""]))
    assert context["plan"].emptied == 1
    assert confirm(client, context).state == "planned"
    assert Entry.objects.get().gloss_in("en") == "Rom"
    assert confirm(client, context, may_empty="yes").state == "applied"
    entry = Entry.objects.get()
    assert [one.language for one in entry.glosses.all()] == ["lv"]
    assert (entry.part_of_speech, entry.source_ref != "", [one.form for one in entry.variants.all()]) == (
        "noun",
        True,
        ["roma"],
    )


def test_forms_recording_and_other_meanings_stay(client, day):
    Gloss.objects.create(entry=day, language="ru", text="x")
    recording, forms = day.recording_id, list(day.forms.values_list("pk", flat=True))
    bring_in(client, "words", as_csv(["id", "romani", "latvian"], ["rl0375", "dīs", "diena, dienas"]))
    entry = Entry.objects.get(code="rl0375")
    assert (entry.recording_id, list(entry.forms.values_list("pk", flat=True))) == (recording, forms)
    assert {one.language: one.text for one in entry.glosses.all()} == {"lv": "diena, dienas", "en": "day", "ru": "x"}


def test_names_do_as_well_as_keys(client, rom):
    row = ["", "phal", "brālis", "", "tēma CORE", ""]
    row[-1] = Entry.objects.get().variety.name_lv.upper()
    table = as_csv([*HEAD, "source", "pos"], [*row, "romlex", "Lietvārds"])
    cells = looked_at(client, "words", table)["plan"].steps[0].cells
    found = [cells[column] for column in ("theme", "variety", "source", "pos")]
    assert found == ["core", "latvian", "ROMLEX", "noun"]


def test_a_new_phrase_finds_its_words(client, rom, day, good):
    bring_in(client, "phrases", as_csv(HEAD, ["", "lačho dīs", "labdien", "", "core", "latvian"]))
    assert read_csv(download(client, "phrases"))[0]["words"] == "rl0590 rl0375"


def test_what_was_seen_is_what_is_done(client, rom):
    context = looked_at(client, "words", as_csv(["id", "romani", "latvian"], ["rl0001", "rom", "cits"]))
    bring_in_by_hand = Entry.objects.get()
    bring_in_by_hand.glosses.filter(language="lv").update(text="vīrs")
    assert confirm(client, context).state == "planned"
    assert Entry.objects.get().gloss_in("lv") == "vīrs"


def test_saying_it_twice_brings_it_in_once(client, rom):
    context = looked_at(client, "words", as_csv(HEAD, ["", "phal", "brālis", "", "core", "latvian"]))
    confirm(client, context)
    assert confirm(client, context).new_count == 1
    assert Entry.objects.count() == 2


# --- every kind of fault, by cell ----------------------------------------------------------

ROW = {
    "id": "", "romani": "phal", "variants": "", "pos": "noun", "gender": "m", "english": "brother", "latvian": "brālis",
    "theme": "core", "variety": "latvian", "source": "ROMLEX", "source_ref": "", "confidence": "high",
    "review_state": "unreviewed", "reviewed_on": "", "note": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("id", "rl9999", "There is nothing with this id"),
        ("romani", "", "must not be empty"),
        ("romani", "x" * 121, "At most 120 characters"),
        ("romani", "rom\nrom", "in one line"),
        ("theme", "zvaigznes", "no theme “zvaigznes”"),
        ("theme", "", "must not be empty"),
        ("variety", "marsian", "no variety “marsian”"),
        ("source", "Wiki", "no source “Wiki”"),
        ("source_ref", "x" * 256, "At most 255"),
        ("latvian", "x" * 256, "At most 255"),
        ("pos", "thing", "“thing” is not known here; known are: noun"),
        ("gender", "x", "“x” is not known"),
        ("confidence", "sure", "“sure” is not known"),
        ("variants", "romni [marsian]", "no variety “marsian”"),
        ("variants", "romni [native_reviewer]", "the day is missing"),
        ("variants", "romni [native_reviewer, 2026-01-01]", "Only a native reviewer"),
        ("variants", "pal", "“pal” is protected"),
        ("review_state", "reviewed", "Only a native reviewer or an administrator"),
        ("review_state", "fine", "“fine” is not known"),
    ],
)
def test_a_refused_row_says_which_cell_and_why(client, rom, column, cell, message):
    ProtectedPair.objects.create(form_a="phal", form_b="pal", why="brālis nav pēc")
    place = f"{'ABCDEFGHIJKLMNO'[list(ROW).index(column)]}2"
    speak_english()
    found = faults(looked_at(client, "words", as_csv(list(ROW), list((ROW | {column: cell}).values()))))
    assert message in found[place], found
    assert Entry.objects.count() == 1


def test_a_meaning_is_needed_in_one_language(client, rom):
    speak_english()
    found = faults(looked_at(client, "words", as_csv(list(ROW), list((ROW | {"latvian": "", "english": ""}).values()))))
    assert found == {"G2": "Write a meaning, in Latvian or in English."}


def test_words_of_a_phrase_must_be_there(client, rom):
    speak_english()
    table = as_csv([*HEAD, "words"], ["", "lačho dīs", "labdien", "", "core", "latvian", "rl0001 rl4444"])
    assert faults(looked_at(client, "phrases", table)) == {"G2": "There is no entry with the code “rl4444”."}


def test_the_same_row_twice_is_refused_once_by_id_and_once_by_what_it_says(client, rom):
    speak_english()
    same = ["", "phal", "brālis", "", "core", "latvian"]
    table = as_csv(
        HEAD,
        ["rl0001", "rom", "roms", "Rom", "core", "latvian"],
        ["rl0001", "rom", "cits", "", "core", "latvian"],
        same,
        same,
    )
    found = faults(looked_at(client, "words", table))
    assert found == {"A3": "The same id stands in row 2 already.", "B5": "The same row stands in this table twice."}


def test_a_word_that_is_here_already_is_named_by_its_code(client, rom):
    speak_english()
    make_theme("time")
    found = faults(looked_at(client, "words", as_csv(HEAD, ["", "rom", "roms", "", "time", "latvian"])))
    assert found == {"B2": "This is here already. To change it, write its code rl0001 into the column “id”."}


def test_refused_rows_are_left_out_and_the_run_remembers_why(client, rom):
    table = as_csv(HEAD, ["", "phal", "brālis", "", "core", "latvian"], ["", "raj", "kungs", "", "nav", "latvian"])
    run = bring_in(client, "words", table)
    assert (run.new_count, run.refused_count) == (1, 1)
    assert run.refused[0]["faults"][0]["cell"] == "E3"
    assert "E3" in client.get(reverse("tables_run", args=["words", run.pk])).content.decode()
    # Corrected and brought in again: what came in before is known and stays.
    again = looked_at(client, "words", table.replace(b"nav", b"core"))
    assert again["plan"].counts == {"new": 1, "changed": 0, "same": 1, "refused": 0}


def test_the_message_is_in_the_authors_language(client, rom):
    with translation.override("en"):
        found = faults(looked_at(client, "words", as_csv(HEAD, ["", "phal", "brālis", "", "nav", "latvian"])))
    assert found == {"E2": "Tēmas „nav” nav."}


# --- files as they come ---------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1257"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_csv_of_excel_is_read(client, rom, encoding, delimiter):
    table = as_csv(
        HEAD, ["", "lačho", "labs, labais; jauks", "", "core", "latvian"], delimiter=delimiter, encoding=encoding
    )
    context = looked_at(client, "words", table)
    (step,) = context["plan"].steps
    assert (step.state, step.cells["romani"], step.cells["latvian"]) == ("new", "lačho", "labs, labais; jauks")
    assert bool(context["notes"]) is (encoding == "cp1257")


def test_numbers_and_dates_of_a_workbook_are_text(client, rom, good):
    person(client, "Administrators")
    table = as_xlsx(
        ["id", "romani", "source_ref", "review_state", "reviewed_on", None],
        ["rl0001", "rom", 2432, "reviewed", date(2026, 5, 28), None],
        [None, None, None, None, None, None],
        ["rl0590", "lačho", 7.0, "unreviewed", None, None],
    )
    run = bring_in(client, "words", table, may_empty="yes")
    assert [row["line"] for row in run.rows] == [2, 4]
    rom.refresh_from_db()
    assert (rom.source_ref, rom.reviewed_on, rom.reviewed_by.email) == (
        "2432",
        date(2026, 5, 28),
        "administrators@pamatkurss.example",
    )
    assert Entry.objects.get(code="rl0590").source_ref == "7"


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (sheets.MOST_UNPACKED + 1))
    return out.getvalue()


def with_entities():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>')
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty."),
        (b"x" * (sheets.MOST_BYTES + 1), "larger than 5 MB"),
        (b"latvian,english\nroms,Rom\n", "columns are missing: id, romani"),
        (b"id,romani,romani\n,a,b\n", "“romani” stands there twice"),
        (b"id,romani\n", "no row below"),
        (b"id,romani\n" + b",x\n" * (sheets.MOST_ROWS + 1), "more than 5000 rows"),
        (b'id,romani\n,"x\n', "Row 2 cannot be read"),
        (b"id,romani\n,a\x07b\n", "row 2 holds a character"),
        (b"%PDF-1.7\x00\x01", "no table that can be read"),
        (b"\xd0\xcf\x11\xe0old", "old or locked form"),
        (b"PK\x03\x04torn", "damaged"),
        (as_xlsx(["id", "romani"], ["", "x"])[:3000], "damaged"),
        (bomb(), "unfolds to far more"),
        (with_entities(), "no table that can be read"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(client, rom, content, message):
    speak_english()
    page = upload(client, "words", content)
    assert message in " ".join(page.context["form"].errors["file"])
    assert message.replace("“", "“") in page.content.decode()
    assert not ImportRun.objects.exists()


def test_an_author_is_told_of_the_tables_and_forgotten_with_the_account(client, rom, author):
    done = bring_in(client, "words", as_csv(["id", "romani", "latvian"], [rom.code, rom.text, "cits"]))
    upload(client, "words", as_csv(["id", "romani", "latvian"], [rom.code, rom.text, "vēl cits"]))
    told = personal_data.export_all(author)["dictionary"]["tables"]
    assert [(one["table"], one["file"], one["state"]) for one in told] == [
        ("words", "vardi.csv", "applied"),
        ("words", "vardi.csv", "planned"),
    ]
    personal_data.erase_all(author)
    assert [(one.pk, one.made_by) for one in ImportRun.objects.all()] == [(done.pk, None)]


def test_a_form_without_a_file_is_refused(client, rom):
    page = client.post(reverse("tables", args=["words"]), {})
    assert page.status_code == 200 and page.context["form"].errors["file"]


def test_columns_that_nobody_knows_are_named_and_left_out(client, rom):
    context = looked_at(client, "words", as_csv(["id", "romani", "colour"], ["rl0001", "rom", "blue"]))
    assert "colour" in context["notes"][0]


# --- review ------------------------------------------------------------------------------------


def test_an_administrator_brings_in_a_review_and_is_named(client, rom):
    admin = person(client, "Administrators")
    bring_in(client, "words", as_csv(["id", "romani", "review_state"], ["rl0001", "rom", "reviewed"]))
    rom.refresh_from_db()
    assert (rom.reviewed_by, rom.reviewed_on) == (admin, timezone.localdate())


def test_an_author_changes_a_reviewed_word_but_not_the_day_of_its_review(client, rom):
    speak_english()
    Entry.objects.filter(pk=rom.pk).update(review_state="reviewed", reviewed_on=date(2026, 5, 28))
    head = ["id", "romani", "note", "review_state", "reviewed_on"]
    found = faults(looked_at(client, "words", as_csv(head, ["rl0001", "rom", "", "reviewed", "2026-06-01"])))
    assert list(found) == ["E2"]
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    found = faults(looked_at(client, "words", as_csv(head, ["rl0001", "rom", "", "reviewed", tomorrow])))
    assert found == {"E2": "Write a day that has been, such as 2027-05-28."}
    assert bring_in(client, "words", as_csv(head, ["rl0001", "rom", "x", "reviewed", "28.05.2026"])).changed_count == 1


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

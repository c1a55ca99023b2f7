"""What is wrong with a table is said by cell, and any file of Excel is read."""

import io
import zipfile
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from accounts import personal_data
from dictionary.importing import sheets
from dictionary.models import Entry, ImportRun, ProtectedPair
from tests.dictionary.tables import (
    HEAD,
    as_csv,
    as_xlsx,
    bring_in,
    faults,
    looked_at,
    person,
    speak_english,
    upload,
)
from tests.making import make_theme

pytestmark = pytest.mark.django_db


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

"""Words and phrases as tables: out, looked at, and in."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dictionary.models import Entry, Gloss
from tests.dictionary.tables import (
    HEAD,
    as_csv,
    bring_in,
    confirm,
    download,
    faults,
    looked_at,
    person,
    read_csv,
    read_xlsx,
    speak_english,
    undo,
)
from tests.making import make_theme

pytestmark = pytest.mark.django_db


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

"""An author brings a table in and takes it back, in a real browser."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from dictionary.models import Entry
from tests.dictionary.tables import as_csv
from tests.making import make_entry

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db]


def test_a_table_is_looked_at_brought_in_and_taken_back(visit):
    make_entry("rl0001", "rom", "roms", english="Rom")
    author = User.objects.create_user("autore@pamatkurss.example", name="Autore", language="en")
    author.groups.add(Group.objects.get(name="Authors"))
    page = visit(author, viewport={"width": 390, "height": 844}).open(reverse("tables", args=["words"]))
    table = as_csv(
        ["id", "romani", "latvian", "english", "theme", "variety"],
        ["rl0001", "rom", "roms; vīrs", "", "core", "latvian"],
        ["", "phal", "brālis", "", "core", "latvian"],
        ["", "raj", "kungs", "", "nav", "latvian"],
    )
    page.locator("input[type=file]").set_input_files({"name": "words.csv", "mimeType": "text/csv", "buffer": table})
    page.get_by_role("button", name="Look at what would happen").click()
    expect(page.get_by_text("There is no theme “nav”.")).to_be_visible()
    page.get_by_role("link", name="Changed: 1").click()
    expect(page.locator("ins")).to_have_text("roms; vīrs")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    # The box must be ticked first: a cell would be emptied.
    page.get_by_role("button", name="Bring in 2 rows").click()
    assert Entry.objects.count() == 1
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Bring in 2 rows").click()
    expect(page.get_by_text("2 rows were brought in.")).to_be_visible()
    assert set(Entry.objects.values_list("text", flat=True)) == {"rom", "phal"}

    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Everything is as it was before.")).to_be_visible()
    assert [one.gloss_in("en") for one in Entry.objects.all()] == ["Rom"]

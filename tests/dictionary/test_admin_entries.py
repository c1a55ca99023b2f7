"""The dictionary in the CMS, as its authors and reviewers use it."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.models import User
from dictionary.models import Entry
from tests.dictionary.signing import reviewer, sign
from tests.making import make_entry, make_theme

pytestmark = pytest.mark.django_db


def signed_in(client, group):
    user = User.objects.create_user(f"{group.split()[0].lower()}@pamatkurss.example", name=group)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return user


def address(name, *args):
    return reverse(Entry.snippet_viewset.get_url_name(name), args=args)


def formset(prefix, rows=()):
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": sum("id" in row for row in rows)}
    data |= {f"{prefix}-MIN_NUM_FORMS": 0, f"{prefix}-MAX_NUM_FORMS": 1000}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def entry_form(entry=None, **changes):
    glosses = [{"id": g.pk, "language": g.language, "text": g.text} for g in entry.glosses.all()] if entry else []
    data = {
        "text": "lačho",
        "kind": "word",
        "variety": entry.variety_id if entry else changes.pop("variety"),
        "theme": make_theme().pk,
        "confidence": "high",
        "review_state": "unreviewed",
    }
    data |= formset("glosses", glosses or [{"language": "lv", "text": "labs"}])
    return data | formset("variants") | formset("forms") | changes


def test_an_author_adds_a_word_and_it_is_found_at_once(client):
    variety = make_entry("rl0001", "rom", "roms").variety_id
    signed_in(client, "Authors")
    response = client.post(address("add"), entry_form(variety=variety))
    assert response.status_code == 302, response.context["form"].errors
    entry = Entry.objects.get(text="lačho")
    assert entry.code == "e00001"
    found = client.get("/api/v1/words/", {"search": "lacho"}).json()["results"]
    assert [row["id"] for row in found] == ["e00001"]


def test_a_word_without_a_meaning_is_refused_and_nothing_typed_is_lost(client):
    variety = make_entry("rl0001", "rom", "roms").variety_id
    signed_in(client, "Authors")
    data = entry_form(variety=variety) | formset("glosses")
    response = client.post(address("add"), data)
    assert response.status_code == 200
    assert 'value="lačho"' in response.content.decode()
    assert not Entry.objects.filter(text="lačho").exists()


def test_nobody_says_in_the_form_that_a_word_is_reviewed(client):
    entry = make_entry("rl0001", "rom", "roms")
    signed_in(client, "Authors")
    response = client.post(address("edit", entry.pk), entry_form(entry, text="rom", review_state="reviewed"))
    assert response.status_code == 302, response.context["form"].errors
    entry.refresh_from_db()
    assert (entry.review_state, entry.reviewed_on) == ("unreviewed", None)


@pytest.mark.parametrize(("changes", "state"), [({"note": "Vīrietis."}, "reviewed"), ({"text": "roma"}, "unreviewed")])
def test_what_was_signed_holds_until_it_is_changed_in_the_form(client, changes, state):
    entry = make_entry("rl0001", "rom", "roms")
    sign(entry, reviewer())
    signed_in(client, "Authors")
    # An editor that was opened before the reviewer signed.
    data = entry_form(entry, **{"text": "rom", "review_state": "unreviewed"} | changes)
    assert client.post(address("edit", entry.pk), data).status_code == 302
    entry.refresh_from_db()
    assert entry.review_state == state
    page = client.get(address("edit", entry.pk)).content.decode()
    assert ("vārds kopš tā laika ir mainīts" in page) is (state == "unreviewed")


def test_a_meaning_changed_in_the_form_ends_it_too(client):
    entry = make_entry("rl0001", "rom", "roms")
    sign(entry, reviewer())
    signed_in(client, "Authors")
    row = {"id": entry.glosses.get().pk, "language": "lv", "text": "vīrs"}
    assert (
        client.post(address("edit", entry.pk), entry_form(entry, text="rom", **formset("glosses", [row]))).status_code
        == 302
    )
    entry.refresh_from_db()
    assert (entry.review_state, entry.reviewed_by) == ("unreviewed", None)


def test_a_phrase_knows_its_words(client):
    good, day = make_entry("rl0590", "lačho", "labs"), make_entry("rl0375", "dīs", "diena")
    signed_in(client, "Authors")
    client.post(address("add"), entry_form(variety=good.variety_id, text="lačho dīs", kind="phrase"))
    assert set(Entry.objects.get(kind="phrase").words.all()) == {good, day}


@pytest.mark.parametrize(
    ("group", "name", "allowed"),
    [
        ("Authors", "add", True),
        ("Native reviewers", "add", False),
        ("Native reviewers", "list", True),
        ("Coordinators", "add", False),
        ("Administrators", "add", True),
    ],
)
def test_who_may_do_what(client, group, name, allowed):
    signed_in(client, group)
    response = client.get(address(name))
    assert (response.status_code == 200) is allowed


@pytest.mark.parametrize("query", ["q=%22", "q=%00", "q=lacho", "without_recording=true&taught=true", "synthetic=true"])
def test_the_listing_takes_any_search_and_filter(client, query):
    make_entry("rl0001", "lačho", "labs")
    signed_in(client, "Authors")
    assert client.get(f"{address('list')}?{query}").status_code == 200


def test_the_desk_greets_an_author_with_what_waits(client):
    make_entry("rl0001", "rom", "roms", source=None)
    signed_in(client, "Authors")
    page = client.get("/admin/").content.decode()
    assert "Vārdi bez avota" in page
    assert "rom" in page

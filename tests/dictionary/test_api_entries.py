"""words/ and phrases/ over HTTP."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dictionary.models import Entry, Gloss, ProtectedPair
from tests.dictionary.signing import reviewer, sign
from tests.making import make_entry

pytestmark = pytest.mark.django_db


def ids(response):
    assert response.status_code == 200
    return [row["id"] for row in response.json()["results"]]


def test_a_word_tells_meaning_variety_source_and_review(client, day):
    word = client.get("/api/v1/words/rl0375/", headers={"accept-language": "en"}).json()
    assert word["text"] == "dīs"
    assert word["gloss"] == "day"
    assert word["glosses"] == {"lv": "diena", "en": "day"}
    assert word["variants"] == [
        {"form": "dives", "variety": "latvian", "variety_name": "Latvian Romani", "origin": "", "told_on": None}
    ]
    assert word["variety"]["is_taught"] is True
    assert word["review"] == {"state": "unreviewed", "on": None, "signed": [], "signed_count": 0}
    assert word["audio"]["voice"] == "synthetic"


def test_a_word_tells_who_signed_it_at_most_five_and_how_many(client, day):
    names = ["Anna", "Berta", "", "Dace", "Elza", "Zane"]
    for number, name in enumerate(names):
        sign(day, reviewer(f"R{number}", signs_as=name))
    today = timezone.localdate().isoformat()
    review = client.get("/api/v1/words/rl0375/").json()["review"]
    assert (review["state"], review["on"], review["signed_count"]) == ("reviewed", today, 6)
    assert review["signed"] == [{"signed_as": name, "on": today} for name in reversed(names[1:])]
    (row,) = client.get("/api/v1/words/").json()["results"]
    assert row["review"] == {"state": "reviewed", "on": today}
    day.text = "dives"
    day.save()
    review = client.get("/api/v1/words/rl0375/").json()["review"]
    assert review == {"state": "unreviewed", "on": None, "signed": [], "signed_count": 0}


def test_a_form_by_rule_never_passes_as_attested(client, day):
    forms = {form["form"]: form["attested"] for form in client.get("/api/v1/words/rl0375/").json()["forms"]}
    assert forms == {"dīsestir": True, "dīsa": False}


@pytest.mark.parametrize("typed", ["dīs", "dis", "DIS", "diis", "dives", "diena", "day", "dien", "rl0375"])
def test_found_in_any_spelling_and_language(client, day, typed):
    assert ids(client.get("/api/v1/words/", {"search": typed})) == ["rl0375"]


def test_the_word_itself_comes_before_words_that_begin_like_it(client, db):
    make_entry("rl0002", "romnica", "cita")
    make_entry("rl0001", "rom", "roms")
    assert ids(client.get("/api/v1/words/", {"search": "rom"})) == ["rl0001", "rl0002"]


@pytest.mark.parametrize("typed", ['"', "\x00", "   ", "%", "_", "'", "*", "AND", "a" * 100, "💥", "[", "\\"])
def test_no_search_term_is_an_error(client, day, typed):
    assert client.get("/api/v1/words/", {"search": typed}).status_code == 200


def test_a_search_that_is_too_long_is_refused_by_name(client, day):
    response = client.get("/api/v1/words/", {"search": "a" * 101})
    assert response.status_code == 400
    assert "search" in response.json()["errors"]


def test_form_finds_what_a_text_says_and_nothing_like_it(client, day):
    assert ids(client.get("/api/v1/words/", {"form": "Dīsestir!"})) == ["rl0375"]
    assert ids(client.get("/api/v1/words/", {"form": "dis"})) == []


def test_words_and_phrases_do_not_mix(client, day):
    make_entry("ph0001", "del lačho dīs", "sasveicināties", kind="phrase")
    assert ids(client.get("/api/v1/words/")) == ["rl0375"]
    assert ids(client.get("/api/v1/phrases/")) == ["ph0001"]
    assert client.get("/api/v1/words/ph0001/").status_code == 404


def test_what_not_to_confuse_is_named(client, day):
    make_entry("rl0577", "deš", "desmit")
    ProtectedPair.objects.create(form_a="deš", form_b="dīs", why="skan līdzīgi")
    assert [other["id"] for other in client.get("/api/v1/words/rl0375/").json()["not_to_confuse"]] == ["rl0577"]


def test_unknown_and_wrong_method(client, day):
    assert client.get("/api/v1/words/rl9999/").status_code == 404
    assert client.post("/api/v1/words/", {}).status_code == 405


def test_everyone_gets_the_same_and_every_cache_may_keep_it(client, day):
    response = client.get("/api/v1/words/")
    assert "public" in response["Cache-Control"]
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


def test_the_number_of_queries_does_not_grow(client, day):
    def count(path, **query):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(path, query).status_code == 200
        return len(queries)

    small = count("/api/v1/words/"), count("/api/v1/words/", search="di"), count("/api/v1/words/rl0375/")
    template = Entry.objects.get(code="rl0375")
    copies = []
    for number in range(50):
        copy = Entry(**{f.attname: getattr(template, f.attname) for f in Entry._meta.concrete_fields})
        copy.pk, copy.code = None, f"x{number}"
        copies.append(copy)
    Entry.objects.bulk_create(copies)
    Gloss.objects.bulk_create(Gloss(entry=copy, language="lv", text="diena") for copy in copies)
    large = count("/api/v1/words/"), count("/api/v1/words/", search="di"), count("/api/v1/words/rl0375/")
    assert large == small

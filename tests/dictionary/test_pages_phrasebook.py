"""The phrasebook: situations with words to say and to understand, in large print, heard and printed."""

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.test.utils import page_tests
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms.models import HomePage
from dictionary.models import Entry, PhrasebookPage
from lessons.checking.romani import tokens
from lessons.coursefiles.files import read_csv, read_yaml
from tests.making import make_dictionary, make_entry

pytestmark = pytest.mark.django_db

CONTENT = Path(__file__).parents[2] / "content"


def item(entry, literal="", courtesy="", understand_only=False):
    return {"entry": entry, "literal": literal, "courtesy": courtesy, "understand_only": understand_only}


def situation(*items, key="pie-durvim", heading="Pie durvīm", questions=(), introduction="Mājas vizītes sākums."):
    value = {"heading": heading, "key": key, "introduction": introduction, "items": list(items)}
    return "situation", value | {"questions": list(questions)}


@pytest.fixture
def greeting(db):
    return make_entry("rl0736", "lačho dīs", "labdien", english="good day", kind="phrase")


@pytest.fixture
def come_in(db):
    return make_entry("ph0124", "javel andre", "ienākt", english="come in", kind="phrase")


@pytest.fixture
def make(home):
    def make_phrasebook(*situations, parent=home, **fields):
        defaults = {"title": "Sarunvārdnīca", "slug": "sarunvardnica"}
        return parent.add_child(instance=PhrasebookPage(body=list(situations), **(defaults | fields)))

    return make_phrasebook


@pytest.fixture
def phrasebook(make, greeting, come_in):
    door = situation(
        item(greeting, "labs + diena", "Sveiciniet pirmais."),
        item(come_in, understand_only=True),
        questions=["Kā lūdz atļauju ienākt?"],
    )
    return make(door, situation(item(greeting), key="skola", heading="Skolā", introduction=""))


def html(client, page, key="", status=200):
    response = client.get(f"{page.url}{key}")
    assert response.status_code == status
    return response.content.decode()


def row(shown, code):
    return shown.split(f'<li class="word" id="{code}">')[1].split("</li>")[0]


def test_it_stands_under_home_with_no_pages_below():
    case = page_tests.WagtailPageTestCase()
    case.assertAllowedParentPageTypes(PhrasebookPage, {HomePage})
    case.assertAllowedSubpageTypes(PhrasebookPage, set())


def test_the_list_leads_to_each_situation(client, phrasebook):
    shown = html(client, phrasebook)
    assert 'href="/sarunvardnica/pie-durvim/">Pie durvīm</a>' in shown
    assert 'href="/sarunvardnica/skola/">Skolā</a>' in shown
    assert "Mājas vizītes sākums." in shown and "2 vārdi un izteicieni" in shown
    assert "lačho dīs" not in shown


def test_an_empty_phrasebook_says_so(client, make):
    assert "Situāciju vēl nav." in html(client, make())


def test_a_line_is_heard_explained_and_shown_large(client, phrasebook):
    shown = row(html(client, phrasebook, "pie-durvim/"), "rl0736")
    assert '<span class="rom" lang="rml">lačho dīs</span> <span class="gloss">labdien</span>' in shown
    assert 'class="hear"' in shown and 'data-voice="synthetic"' in shown
    assert '<span lang="rml">lačho</span> labs · <span lang="rml">dīs</span> diena' in shown
    assert "Sveiciniet pirmais." in shown
    assert "data-show data-unreviewed" in shown


def test_what_should_not_be_said_stands_apart_and_is_not_shown_large(client, home, phrasebook):
    make_dictionary(home)
    say, understand = html(client, phrasebook, "pie-durvim/").split('id="understand"')
    assert "rl0736" in say and "ph0124" not in say.split('id="say"')[1]
    shown = row(understand, "ph0124")
    assert "data-show" not in shown and 'href="/vardnica/ph0124/"' in shown


def test_without_scripts_the_large_view_is_the_word_in_the_dictionary(client, home, phrasebook):
    assert 'href="#rl0736" data-show' in html(client, phrasebook, "pie-durvim/")
    make_dictionary(home)
    assert 'href="/vardnica/rl0736/" data-show' in html(client, phrasebook, "pie-durvim/")


def test_voice_and_review_are_said_once(client, phrasebook):
    shown = html(client, phrasebook, "pie-durvim/").split("<dialog")[0]
    assert shown.count("Mākslīga balss") == 1
    assert shown.count("Vēl nav pārbaudījis dzimtās valodas runātājs") == 1


def test_voice_and_review_are_not_said_where_there_is_nothing_to_say(client, make):
    entry = make_entry(
        "rl0564", "najis-ta", "paldies!", heard="native", review_state="reviewed", reviewed_on="2027-05-28"
    )
    shown = html(client, make(situation(item(entry))), "pie-durvim/").split("<dialog")[0]
    assert "Mākslīga balss" not in shown and "Vēl nav pārbaudījis" not in shown
    assert "data-unreviewed" not in shown


def test_a_neighbours_phrase_is_labelled_and_one_without_sound_says_so(client, make, neighbour):
    shown = row(html(client, make(situation(item(neighbour))), "pie-durvim/"), "ph0301")
    assert f'<span class="tag open">{neighbour.variety.name}</span>' in shown
    assert "Ieraksta vēl nav" in shown and 'class="hear' not in shown


def test_what_nobody_has_told_is_a_gap(client, phrasebook):
    shown = html(client, phrasebook, "pie-durvim/")
    assert "Kā lūdz atļauju ienākt?" in shown.split('class="gap')[1]
    assert 'class="gap' not in html(client, phrasebook, "skola/")


def test_the_other_situations_are_one_tap_away_and_this_one_is_marked(client, phrasebook):
    shown = html(client, phrasebook, "skola/")
    assert 'href="/sarunvardnica/skola/" aria-current="page">Skolā</a>' in shown
    assert 'href="/sarunvardnica/pie-durvim/">Pie durvīm</a>' in shown
    assert "<title>Skolā – Sarunvārdnīca" in shown


def test_the_paper_says_where_to_hear_it(client, phrasebook):
    assert f"http://localhost{phrasebook.url}skola/</p>" in html(client, phrasebook, "skola/")


@pytest.mark.parametrize("key", ["nav/", "pie-durvim/vel/", "0/"])
def test_an_unknown_situation_is_not_found(client, phrasebook, key):
    html(client, phrasebook, key, status=404)


def test_a_situation_leads_to_the_same_one_in_the_other_language_or_to_its_list(client, make, greeting, phrasebook):
    english = HomePage.objects.get(locale__language_code="en")
    make(
        situation(item(greeting), heading="At the door"),
        parent=english, slug="phrasebook", title="Phrasebook", locale=english.locale,
        translation_key=phrasebook.translation_key,
    )  # fmt: skip
    assert 'href="/en/phrasebook/pie-durvim/"' in html(client, phrasebook, "pie-durvim/")
    shown = html(client, phrasebook, "skola/")
    assert 'href="/en/phrasebook/"' in shown and "/en/phrasebook/skola/" not in shown


def test_a_deleted_word_leaves_its_line_out(client, phrasebook, come_in):
    come_in.delete()
    assert "ph0124" not in html(client, phrasebook, "pie-durvim/")


def test_a_gloss_that_no_longer_fits_its_phrase_is_not_shown(client, phrasebook, greeting):
    Entry.objects.filter(pk=greeting.pk).update(text="dīs")
    assert "labs ·" not in html(client, phrasebook, "pie-durvim/")


def test_as_many_queries_for_a_long_situation_as_for_a_short_one(client, make):
    words = [make_entry(f"w{number}", f"skuola {number}", "skola") for number in range(20)]
    page = make(
        situation(*[item(word, "skola + viens") for word in words[:2]], key="isa"),
        situation(*[item(word, "skola + viens") for word in words], key="gara"),
        *[situation(item(words[0]), key=f"cita-{number}") for number in range(10)],
    )

    def count(key):
        with CaptureQueriesContext(connection) as queries:
            html(client, page, key)
        return len(queries)

    count("isa/")
    assert count("gara/") == count("isa/")


# --- what authors enter ---------------------------------------------------------------------


def clean(*situations):
    block = PhrasebookPage._meta.get_field("body").stream_block
    stored = [{"type": kind, "value": {**value, "items": [{**one, "entry": one["entry"].pk} for one in value["items"]]}}
              for kind, value in situations]  # fmt: skip
    return block.clean(block.to_python(stored))


def faults(*situations):
    with pytest.raises(ValidationError) as caught:
        clean(*situations)
    return str(caught.value.as_json_data())


def test_a_gloss_needs_a_part_for_each_word(greeting):
    assert clean(situation(item(greeting, "labs + diena")))
    assert "Vārdu izteicienā „lačho dīs”: 2. Daļu šeit: 1." in faults(situation(item(greeting, "laba diena")))


def test_two_situations_cannot_share_an_address(greeting):
    assert clean(situation(item(greeting)), situation(item(greeting), key="skola"))
    assert "Šāda adrese jau ir citai situācijai." in faults(situation(item(greeting)), situation(item(greeting)))


@pytest.mark.parametrize("key", ["Pie durvīm", "pie_durvim", "-", "pie/durvim", ""])
def test_an_address_is_plain(greeting, key):
    assert "key" in faults(situation(item(greeting), key=key))


def form(page):
    """Return what the editor sends for the page as it is."""
    bodies = [
        {
            **{name: block.value[name] or "" for name in ("heading", "key", "introduction")},
            "items": streamed([
                {"entry": one["entry"].pk, "literal": one["literal"], "courtesy": one["courtesy"]}
                for one in block.value["items"]
            ]),
            "questions": streamed(list(block.value["questions"])),
        }
        for block in page.body
    ]  # fmt: skip
    fields = {
        "title": page.title,
        "slug": page.slug,
        "introduction": "",
        "menu_title": "",
        "comments": inline_formset([]),
    }
    return nested_form_data(fields | {"body": streamfield([("situation", value) for value in bodies])})


def streamed(values):
    """Return the form of a list block: like that of a stream whose blocks have no type."""
    data = {"count": str(len(values))}
    for place, value in enumerate(values):
        data[str(place)] = {"value": value, "deleted": "", "order": str(place), "id": ""}
    return data


def test_authors_edit_it_and_see_the_list_and_each_situation_before_it_is_published(client, phrasebook, monkeypatch):
    monkeypatch.setattr(page_tests, "AUTH_BACKEND", "django.contrib.auth.backends.ModelBackend")
    case = page_tests.WagtailPageTestCase()
    case.client, case.dummy_request = client, page_tests.get_dummy_request()
    admin = get_user_model().objects.create_superuser("admin@example.lv", "correct horse battery", name="Aija")
    case.assertPageIsEditable(phrasebook, user=admin, post_data=form(phrasebook))
    for mode in ("", "pie-durvim", "skola"):
        case.assertPageIsPreviewable(phrasebook, user=admin, post_data=form(phrasebook), mode=mode)


def test_a_draft_that_is_not_complete_can_be_looked_at(client, make, greeting):
    page = make(situation(item(None), item(greeting), key="", heading=""), situation(item(None), item(greeting)))
    assert 'href="/sarunvardnica/pie-durvim/"' in html(client, page)
    shown = html(client, page, "pie-durvim/")
    assert shown.count('<li class="word"') == 1


def test_an_author_may_choose_the_word_last(greeting):
    block = PhrasebookPage._meta.get_field("body").stream_block.child_blocks["situation"].child_blocks["items"]
    value = block.to_python([{"type": "item", "value": item(None, "labs + diena")}])
    assert block.clean_deferred(value)[0]["entry"] is None


# --- over HTTP for programs -----------------------------------------------------------------


def test_the_api_lists_the_situations(client, phrasebook):
    found = client.get("/api/v1/phrasebook/").json()["situations"]
    assert [one["key"] for one in found] == ["pie-durvim", "skola"]
    assert found[0] | {"url": "/sarunvardnica/pie-durvim/", "count": 2} == found[0]


def test_the_api_shows_a_situation(client, phrasebook):
    found = client.get("/api/v1/phrasebook/pie-durvim/").json()
    assert found["questions"] == ["Kā lūdz atļauju ienākt?"]
    first, second = found["phrases"]
    assert first["entry"]["id"] == "rl0736" and first["entry"]["audio"]["voice"] == "synthetic"
    assert first["literal"] == [{"romani": "lačho", "meaning": "labs"}, {"romani": "dīs", "meaning": "diena"}]
    assert (first["understand_only"], second["understand_only"], second["literal"]) == (False, True, [])


def test_the_api_without_a_phrasebook_or_a_situation(client, db):
    assert client.get("/api/v1/phrasebook/").json() == {"situations": []}
    assert client.get("/api/v1/phrasebook/skola/").status_code == 404


def test_a_draft_is_nobodys_to_read(client, phrasebook):
    phrasebook.unpublish()
    assert client.get("/api/v1/phrasebook/").json() == {"situations": []}
    assert client.get("/api/v1/phrasebook/skola/").status_code == 404
    html(client, phrasebook, "skola/", status=404)


# --- the starter phrasebook -----------------------------------------------------------------


@pytest.fixture(scope="module")
def dictionary_rows():
    rows = [row for name in ("lexicon", "phrases") for row in read_csv(CONTENT / f"{name}.csv", ("id", "romani"))]
    return {row["id"]: row for row in rows}


@pytest.mark.parametrize("language", ["lv", "en"])
def test_the_starter_phrasebook_keeps_to_what_is_attested(dictionary_rows, language):
    """Latvian Romani only, heard, and word by word only where the dictionary or an attested form has each word."""
    forms = {row["form"] for row in read_csv(CONTENT / "forms.csv", ("form", "attested")) if row["attested"] == "yes"}
    known = forms | {one for row in dictionary_rows.values() for one in words_of(row) if row["id"].startswith("rl")}
    heard = {row["item"] for row in read_csv(CONTENT / "audio" / "recordings.csv", ("item",))}
    situations = read_yaml(CONTENT / "pages" / f"phrasebook.{language}.yaml")["body"]
    assert 6 <= len(situations) <= 8
    for one in situations:
        assert 6 <= len(one["items"]) <= 12 and one["questions"], one["key"]
        for line in one["items"]:
            entry = dictionary_rows[line["entry"]]
            assert entry["variety"] == "latvian" and line["entry"] in heard
            assert not line.get("literal") or set(tokens(entry["romani"])) <= known, entry["romani"]
            first, *more = entry["romani"].split()
            is_verb = entry.get("pos") == "verb" or (more and first.endswith(("el", "al", "ol")))
            assert line.get("understand_only") or not is_verb, entry["romani"]


def words_of(row):
    return [one.partition(" [")[0].strip() for one in (row["romani"], *(row.get("variants") or "").split(";"))]


def test_both_languages_of_the_starter_phrasebook_say_the_same():
    def bones(language):
        body = read_yaml(CONTENT / "pages" / f"phrasebook.{language}.yaml")["body"]
        lines = [[(line["entry"], sorted(line)) for line in one["items"]] for one in body]
        return lines, [(one["key"], len(one["questions"])) for one in body]

    assert bones("lv") == bones("en")

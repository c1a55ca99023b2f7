"""An author tries an exercise out while writing it: judged by what stands in the editor, saved or not."""

import json
import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.admin.models import FormState

from accounts.models import User
from lessons.models import Exercise, ExerciseVersion
from tests.lessons import building
from tests.lessons.editing import stream

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client):
    return signed_in(client, "Authors")


def signed_in(client, group):
    user = User.objects.create_user(f"{group.split()[0].lower()}@pamatkurss.example", name=group)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return user


def admin(name, *args):
    return reverse(Exercise.snippet_viewset.get_url_name(name), args=args)


def typed(text, mode="translate", **fields):
    return (
        {"title": "Izmēģinājums", "skill": "writing"} | stream("type", item=building.word(text).pk, mode=mode) | fields
    )


def preview(client, data, pk=None):
    """Send the editor's form to the preview, as the editor does at each change."""
    address = admin("preview_on_edit", pk) if pk else admin("preview_on_add")
    reply = client.post(address, data)
    assert reply.json() == {"is_valid": True, "is_available": True}
    return address


def send(client, name, body, pk=None, **extra):
    return client.post(
        reverse(name, args=[pk] if pk else []), json.dumps(body), content_type="application/json", **extra
    )


def lines(client, text, pk):
    reply = send(client, "try-out-lines", {"answers": text}, pk)
    assert reply.status_code == 200, reply.content
    return reply.json()["answers"]


def said(result):
    return "".join(part["text"] for part in result["message"])


def test_an_unsaved_change_is_what_answers_are_judged_by(client, author):
    kept = building.exercise("type", item="phal", mode="translate")
    preview(client, typed("lačho"), kept.pk)
    assert send(client, "try-out", {"answer": {"text": "lačho"}}, kept.pk).json()["verdict"] == "exact"
    assert send(client, "try-out", {"answer": {"text": "phal"}}, kept.pk).json()["verdict"] == "other"
    assert Exercise.objects.get(pk=kept.pk).stored_block["value"]["item"] == building.word("phal").pk


def test_a_new_exercise_is_tried_before_it_is_saved(client, author):
    preview(client, typed("lačho"))
    assert send(client, "try-out-new", {"answer": {"text": "lacho"}}).json()["verdict"] == "spelling"
    assert not Exercise.objects.exists()


def test_each_line_gets_its_verdict_in_both_languages_with_the_authors_own_feedback(client, author):
    kept = building.exercise("type", item="phal", mode="translate")
    preview(client, typed("phal", feedback_lv="Klausieties h.", feedback_en="Listen for h."), kept.pk)
    right, wrong = lines(client, "phal\n\n  qqq \n", kept.pk)
    assert right["written"] == "phal"
    assert [right["results"][language]["title"] for language in ("lv", "en")] == ["Pareizi", "Right"]
    assert "brālis" in said(wrong["results"]["lv"])
    assert "brother" in said(wrong["results"]["en"])
    assert "Klausieties h." in said(wrong["results"]["lv"])
    assert "Listen for h." in said(wrong["results"]["en"])


def test_gaps_are_tried_with_a_bar_between_them_and_a_missing_one_is_explained(client, author):
    building.word("del lačho dīs")
    gaps = [{"answer": "lačho", "distractors-count": 0}, {"answer": "dīs", "distractors-count": 0}]
    kept = building.exercise("gap", item="phenel avri", mode="type", gaps=[{"answer": "avri", "distractors": []}])
    data = {"title": "x", "skill": "writing"}
    data |= stream("gap", item=building.word("del lačho dīs").pk, mode="type", gaps=gaps)
    preview(client, data, kept.pk)
    both, one = lines(client, "lačho | dīs\nlačho", kept.pk)
    assert both["results"]["lv"]["verdict"] == "exact"
    assert "2" in one["fault"]


def test_what_is_picked_has_no_box_but_is_judged_by_the_form(client, author):
    right, wrong = building.word("dīs"), building.word("ami")
    data = {"title": "x", "skill": "listening"} | stream(
        "choice", item=right.pk, mode="meaning", distractors=[wrong.pk], options=[], question_lv="", question_en=""
    )
    kept = building.exercise("choice", item="ami", mode="meaning", distractors=["dīs"])
    page = client.get(preview(client, data, kept.pk)).content.decode()
    assert "<textarea" not in page
    option = re.search(r'value="(\w+)"[^>]*><span lang="lv">diena', page)[1]
    assert send(client, "try-out", {"answer": {"chosen": [option]}}, kept.pk).json()["verdict"] == "exact"
    refused = send(client, "try-out-lines", {"answers": "dīs"}, kept.pk)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["answers"])


def test_the_preview_is_live_in_the_language_the_author_picks_and_holds_no_key(client, author):
    kept = building.exercise("type", item="phal", mode="dictation")
    address = preview(client, typed("phal", mode="dictation"), kept.pk)
    latvian, english = (client.get(f"{address}?mode={mode}").content.decode() for mode in ("lv", "en"))
    assert f'data-check="/admin/try-out/exercise/{kept.pk}/?language=lv"' in latvian
    assert f'data-check="/admin/try-out/exercise/{kept.pk}/?language=en"' in english
    assert "Izmēģiniet atbildes" in latvian
    assert "Try answers" in english
    assert '<html lang="en">' in english
    for page in (latvian, english):
        assert f'data-url="/admin/try-out/exercise/{kept.pk}/lines/"' in page
        assert "phal" not in page
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", page)


def test_an_old_revision_is_only_looked_at(client, author):
    kept = building.exercise("type", item="phal", mode="translate")
    revision = kept.save_revision()
    page = client.get(admin("revisions_view", kept.pk, revision.pk)).content.decode()
    assert "<exercise-form" in page
    assert "try-out" not in page


@pytest.mark.parametrize("name", ["try-out", "try-out-lines"])
@pytest.mark.parametrize("group", [None, "Learners", "Native reviewers", "Coordinators"])
def test_who_may_not_change_exercises_finds_nothing(client, group, name):
    author = Client()
    signed_in(author, "Authors")
    kept = building.exercise("type", item="phal", mode="translate")
    preview(author, typed("phal"), kept.pk)
    body = {"answer": {"text": "phal"}} if name == "try-out" else {"answers": "phal"}
    assert send(author, name, body, kept.pk).status_code == 200
    if group:
        signed_in(client, group)
    for reply in (send(client, name, body, kept.pk), send(client, f"{name.replace('try-out', 'try-out-new')}", body)):
        assert reply.status_code == 404
        assert "phal" not in reply.content.decode()


def test_a_colleague_has_no_draft_here_until_she_opens_the_editor(client, author):
    kept = building.exercise("type", item="phal", mode="translate")
    preview(client, typed("lačho"), kept.pk)
    colleague = Client()
    user = User.objects.create_user("otra@pamatkurss.example", name="Otra")
    user.groups.add(Group.objects.get(name="Authors"))
    colleague.force_login(user)
    reply = send(colleague, "try-out", {"answer": {"text": "lačho"}}, kept.pk)
    assert reply.status_code == 400
    assert "redaktorā" in reply.json()["errors"]["answer"][0]


def test_an_exercise_without_its_word_is_explained(client, author):
    kept = building.exercise("type", item="phal", mode="translate")
    preview(client, {"title": "x", "skill": "writing"} | stream("type", item="", mode="translate"), kept.pk)
    reply = send(client, "try-out", {"answer": {"text": "phal"}}, kept.pk)
    assert reply.status_code == 400
    assert "trūkst" in reply.json()["errors"]["answer"][0]


@pytest.mark.parametrize(
    ("name", "body", "field"),
    [
        ("try-out", {}, "answer"),
        ("try-out", {"answer": 7}, "answer"),
        ("try-out", {"answer": {"text": "a", "other": 1}}, "answer.other"),
        ("try-out", {"answer": {"text": "a\u0000"}}, "answer.text"),
        ("try-out-lines", {}, "answers"),
        ("try-out-lines", {"answers": " \n"}, "answers"),
        ("try-out-lines", {"answers": "a\n" * 21}, "answers"),
        ("try-out-lines", {"answers": "a" * 501}, "answers"),
        ("try-out-lines", {"answers": ["a"]}, "answers"),
        ("try-out-lines", {"answers": "a", "other": 1}, "other"),
    ],
)
def test_a_malformed_request_names_its_field(client, author, name, body, field):
    kept = building.exercise("type", item="phal", mode="translate")
    preview(client, typed("phal"), kept.pk)
    reply = send(client, name, body, kept.pk)
    assert reply.status_code == 400
    assert list(reply.json()["errors"]) == [field]


def test_an_unknown_exercise_another_method_and_a_missing_token(client, author):
    kept = building.exercise("type", item="phal", mode="translate")
    preview(client, typed("phal"), kept.pk)
    assert send(client, "try-out", {"answer": None}, kept.pk + 99).status_code == 404
    assert client.get(reverse("try-out", args=[kept.pk])).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(author)
    assert send(strict, "try-out", {"answer": None}, kept.pk).status_code == 403


def test_nothing_is_kept_and_twenty_answers_cost_as_many_queries_as_one(client, author, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    kept = building.exercise("type", item="phal", mode="translate")
    preview(client, typed("phal"), kept.pk)
    before = (ExerciseVersion.objects.count(), FormState.objects.count(), kept.revisions.count())
    lines(client, "a", kept.pk)
    with CaptureQueriesContext(connection) as one:
        lines(client, "ritenis", kept.pk)  # wrong: the dictionary is asked whether it is another word
    with django_assert_num_queries(len(one)):
        lines(client, "\n".join(f"phal{n}" for n in range(20)), kept.pk)
    assert (ExerciseVersion.objects.count(), FormState.objects.count(), kept.revisions.count()) == before

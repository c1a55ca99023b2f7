"""The editor of an exercise: ways to its statistics, and a frequent wrong answer to write about."""

import json
from html import unescape

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from lessons.editing import WRITE_ABOUT
from lessons.exercises.answers import MOST_FORMS
from lessons.exercises.base import plain_list
from lessons.known_wrong import add_known_wrong, takes_known_wrong
from lessons.models import Exercise
from tests.lessons import building

pytestmark = pytest.mark.django_db


def signed_in(group):
    user = User.objects.create_user(f"{group.split()[0].lower()}@pamatkurss.example", name=group)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def author():
    return signed_in("Authors")


def edit(exercise):
    return reverse(Exercise.snippet_viewset.get_url_name("edit"), args=[exercise.pk])


def links(page):
    return {link.get("href") for link in BeautifulSoup(page.content, "html.parser").find_all("a")}


def saves_by_itself(page):
    form = BeautifulSoup(page.content, "html.parser").find("form", attrs={"data-edit-form": True})
    return "w-autosave" in form["data-controller"]


def in_form(page):
    """Return the known wrong answers that the editor's form holds."""
    tag = BeautifulSoup(page.content, "html.parser").find(attrs={"data-w-block-data-value": True})
    assert tag is not None
    return unescape(tag["data-w-block-arguments-value"])


def test_the_editor_leads_to_statistics_and_regrading_for_those_who_may(author):
    made = building.exercise("type", item="phal", mode="translate")
    statistics, regrade = (f"/admin/exercises/{made.pk}/{name}/" for name in ("statistics", "regrade"))
    assert {statistics, regrade} <= links(author.get(edit(made)))
    author_group = Group.objects.get(name="Authors")
    author_group.permissions.remove(author_group.permissions.get(codename="add_regrading"))
    found = links(author.get(edit(made)))
    assert statistics in found and regrade not in found


def test_what_learners_judge_themselves_has_neither(author):
    made = building.practised_only()[0]
    assert not any(f"/admin/exercises/{made.pk}/" in (link or "") for link in links(author.get(edit(made))))


def test_a_wrong_answer_stands_in_the_form_as_a_new_row_and_nothing_is_saved(author):
    made = building.exercise("type", item="phal", mode="translate")
    before = made.body.get_prep_value()
    hostile = "</script><script>alert(1)</script>"
    for answer in ("pāl", hostile, "a" * 120, "”'\"\\u003c{{ x }}"):
        page = author.get(f"{edit(made)}?{urlencode({WRITE_ABOUT: answer})}")
        assert page.status_code == 200
        assert json.dumps(answer)[1:-1] in in_form(page) or answer in in_form(page)
        assert hostile not in page.content.decode()
        assert not saves_by_itself(page)
    assert saves_by_itself(author.get(edit(made)))
    made.refresh_from_db()
    assert made.body.get_prep_value() == before and not made.revisions.exists()


@pytest.mark.parametrize("answer", ["", "   ", "a" * 121, "x" * 5000, "nul\x00", "?"])
def test_what_is_no_answer_opens_the_editor_as_it_is(author, answer):
    made = building.exercise("type", item="phal", mode="translate")
    page = author.get(f"{edit(made)}?{urlencode({WRITE_ABOUT: answer})}")
    assert page.status_code == 200
    exercise = Exercise.objects.get()
    assert add_known_wrong(exercise, answer) is False


def test_it_is_added_to_the_draft_once_and_while_there_is_room():
    known = [{"answer": "pāl", "text_lv": "x", "text_en": ""}]
    made = building.exercise("type", item="phal", mode="translate", known_wrong=known)
    assert not add_known_wrong(made, "Pāl!"), "there are words about it"
    for number in range(1, MOST_FORMS):
        assert add_known_wrong(made, f"raj {number}")
    assert not add_known_wrong(made, "raj") and len(plain_list(made.stored_block["value"]["known_wrong"])) == MOST_FORMS


def test_only_types_with_known_wrong_answers_take_any():
    gaps = [{"answer": "del", "distractors": ["phenel"]}, {"answer": "dīs", "distractors": ["raj"]}]
    one = building.exercise("gap", item="phenel avri", mode="pick", gaps=[{"answer": "avri", "distractors": ["pāle"]}])
    assert takes_known_wrong(one)
    assert not takes_known_wrong(building.exercise("gap", item="del lačho dīs", mode="pick", gaps=gaps))
    for other in building.one_of_each()[:4]:
        assert not takes_known_wrong(other) and not add_known_wrong(other, "raj")


def test_costs_of_hints_travel_in_the_course_files_and_are_left_out_where_there_are_none():
    from lessons.coursefiles.codec import from_plain, to_plain
    from lessons.exercises import types

    block = types()["type"].block()
    plain = {"mode": "translate", "hints": [{"text": {"lv": "Īss."}, "cost": 25}, {"text": {"lv": "Garš."}}]}
    stored = from_plain(block, plain, None)
    assert [one["value"]["cost"] for one in stored["hints"]] == [25, None]
    assert to_plain(block, stored, None) == plain


@pytest.mark.parametrize("costs", [[0], [101], [-5], [60, 50]])
def test_costs_that_make_no_sense_are_refused_at_the_hints(author, costs):
    from wagtail.blocks import StructBlockValidationError

    from lessons.exercises import types

    hints = [{"text_lv": f"{place}", "cost": cost} for place, cost in enumerate(costs)]
    block = types()["type"].block()
    value = block.to_python(building._stored({"item": "phal", "mode": "translate", "hints": hints}))
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    assert list(refused.value.block_errors) == ["hints"]


def test_an_exercise_knows_whether_its_hints_cost():
    hints = [{"text_lv": "Īss."}, {"text_lv": "Garš.", "cost": 10}]
    assert building.exercise("type", item="phal", mode="translate", hints=hints).has_hint_costs
    assert not building.exercise("type", item="phal", mode="translate", hints=hints[:1]).has_hint_costs

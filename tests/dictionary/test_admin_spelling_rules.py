"""Spelling rules and protected pairs in the CMS: each is checked against the other."""

import pytest
from django.urls import reverse
from django.utils import translation

from dictionary.models import ProtectedPair, SpellingRule
from dictionary.rules import active_rules
from dictionary.spelling import DEFAULT, is_spelling

from .test_admin_entries import signed_in

pytestmark = pytest.mark.django_db


def address(model, name, *args):
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


def send(client, number, **changes):
    data = {"number": number, "description_lv": "Noteikums", "place": "anywhere", "is_active": "on"} | changes
    return client.post(address(SpellingRule, "add"), {name: value for name, value in data.items() if value is not None})


def errors(response):
    assert response.status_code == 200
    return response.context["form"].errors


def test_without_any_row_the_rules_are_those_of_the_software():
    assert active_rules() == DEFAULT


@pytest.mark.parametrize("group", ["Authors", "Native reviewers"])
def test_letters_that_are_added_are_accepted_from_then_on(client, group):
    signed_in(client, group)
    assert send(client, 11, letters="cz=č, sz = š").status_code == 302
    rules = active_rules()
    assert is_spelling("czirikli", "čirikli", rules) and is_spelling("szov", "šov", rules)
    assert not is_spelling("czirikli", "čirikli")
    assert (
        address(SpellingRule, "list") and "cz=č, sz = š" in client.get(address(SpellingRule, "list")).content.decode()
    )


def test_a_row_that_is_switched_off_is_not_accepted_any_more(client):
    signed_in(client, "Authors")
    assert send(client, 7, is_active=None).status_code == 302
    assert not is_spelling("holin", "xolin", active_rules())
    rule = SpellingRule.objects.get()
    form = {"number": 7, "description_lv": "x un h", "place": "anywhere", "is_active": "on"}
    assert client.post(address(SpellingRule, "edit", rule.pk), form).status_code == 302
    assert is_spelling("holin", "xolin", active_rules())


def test_a_rule_that_would_make_one_word_of_a_protected_pair_is_refused_naming_the_pair(client):
    ProtectedPair.objects.create(form_a="phal", form_b="pal", why="brālis / aiz")
    signed_in(client, "Authors")
    found = errors(send(client, 30, letters="ph = p"))
    assert list(found) == ["letters"] and "phal ≠ pal" in found["letters"][0]
    assert not SpellingRule.objects.exists()
    # As a draft that is not accepted it may stand, but not be switched on.
    assert send(client, 30, letters="ph = p", is_active=None).status_code == 302
    rule = SpellingRule.objects.get()
    form = {"number": 30, "description_lv": "ph", "letters": "ph = p", "place": "anywhere", "is_active": "on"}
    assert "phal ≠ pal" in errors(client.post(address(SpellingRule, "edit", rule.pk), form))["letters"][0]


def test_a_built_in_row_is_refused_too_if_it_would_make_one_word_of_a_pair(client):
    SpellingRule.objects.create(number=7, description_lv="x un h", is_active=False)
    ProtectedPair.objects.create(form_a="xolin", form_b="holin", why="pārbaude")
    signed_in(client, "Authors")
    rule = SpellingRule.objects.get()
    form = {"number": 7, "description_lv": "x un h", "place": "anywhere", "is_active": "on"}
    found = errors(client.post(address(SpellingRule, "edit", rule.pk), form))
    assert list(found) == ["is_active"] and "xolin ≠ holin" in found["is_active"][0]


def test_a_row_that_only_forgives_a_mark_makes_no_two_words_one(client):
    ProtectedPair.objects.create(form_a="bar", form_b="bār", why="akmens / žogs")
    signed_in(client, "Authors")
    assert send(client, 2).status_code == 302


def test_a_pair_that_a_rule_takes_for_one_word_is_refused_naming_the_rule(client):
    SpellingRule.objects.create(number=7, description_lv="x un h ir tas pats")
    signed_in(client, "Authors")
    form = {"form_a": "xolin", "form_b": "holin", "why": "pārbaude"}
    response = client.post(address(ProtectedPair, "add"), form)
    assert "7: x un h ir tas pats" in errors(response)["form_b"][0]
    SpellingRule.objects.update(is_active=False)
    assert client.post(address(ProtectedPair, "add"), form).status_code == 302


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"number": 8}, "number", "nekad"),
        ({"number": 7, "letters": "x = h"}, "letters", "iebūvēta"),
        ({"number": 30, "letters": ""}, "letters", "12"),
        ({"number": 30, "letters": "cz"}, "letters", "cz"),
        ({"number": 30, "letters": "cz = č = š"}, "letters", "cz = č = š"),
        ({"number": 30, "letters": "c = č"}, "letters", "jau"),
        ({"number": "", "letters": "cz = č"}, "number", ""),
        ({"number": "x", "letters": "cz = č"}, "number", ""),
        ({"number": 30, "letters": "w = v", "place": "middle"}, "place", ""),
    ],
)
def test_what_cannot_be_a_rule_is_refused_at_its_field(client, changes, field, words):
    signed_in(client, "Authors")
    with translation.override("lv"):
        response = send(client, **({"letters": ""} | changes))
    found = errors(response)
    assert field in found and words in found[field][0]


def test_a_coordinator_cannot_change_what_counts(client):
    signed_in(client, "Coordinators")
    assert send(client, 7, is_active=None).status_code in (302, 403)
    assert not SpellingRule.objects.exists()


def test_a_rule_that_got_unreadable_counts_as_switched_off():
    SpellingRule.objects.create(number=30, description_lv="w", letters="w v")
    assert active_rules() == DEFAULT

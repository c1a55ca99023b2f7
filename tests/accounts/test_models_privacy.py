"""Nobody's ethnicity, nationality, religion, gender or birth date is stored: no field may appear for them."""

import re

import pytest
from django.apps import apps

OURS = {"accounts", "media", "cms", "dictionary", "courses", "lessons", "progress", "studio"}

# Parts of names, English and Latvian without marks. `(?:^|_)` keeps „race” out of „trace”.
FORBIDDEN = re.compile(
    r"ethnic|national|religi|confession|(?:^|_)faith|gender|(?:^|_)sex(?:$|_)|sexual|pronoun|birth|(?:^|_)dob(?:$|_)"
    r"|(?:^|_)age(?:$|_)|(?:^|_)race(?:$|_)|racial|(?:^|_)(?:is_)?roma(?:$|_)|personal_code|personas_kod"
    r"|tautib|etnisk|nacional|pilsonib|citizenship|ticib|dzimum|dzims|vecum"
)

# The one exception, not about people: the grammatical gender of a word in the dictionary.
GRAMMAR = {("dictionary.entry", "gender")}


def fields():
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            yield model._meta.label_lower, field.name


def test_no_model_has_a_field_about_who_somebody_is():
    found = {(label, name) for label, name in fields() if FORBIDDEN.search(name.lower())}
    assert found - GRAMMAR == set()


def test_the_exception_is_about_words_and_exists():
    """The one exception must be what it claims: a choice of grammatical genders of a word."""
    gender = apps.get_model("dictionary", "Entry")._meta.get_field("gender")
    assert {part for code, _name in gender.choices for part in code.split()} == {"m", "f", "pl"}
    people = {"accounts.user", "media.speaker"}
    assert not any(label in people for label, _name in GRAMMAR)


def test_no_choice_or_label_smuggles_it_in():
    """A harmless name with a telling label would ask for the same."""
    telling = re.compile(r"ethnic|nationality|religio|birth|tautīb|dzimšan|ticīb|reliģij", re.IGNORECASE)
    found = []
    for model in apps.get_models():
        if model._meta.app_label not in OURS:
            continue
        for field in model._meta.get_fields():
            label = str(getattr(field, "verbose_name", ""))
            if telling.search(label):
                found.append((model._meta.label, field.name, label))
    assert found == []


@pytest.mark.parametrize(
    "name",
    [
        "ethnicity",
        "nationality",
        "tautiba",
        "religion",
        "gender",
        "dzimums",
        "birth_date",
        "dzimsanas_diena",
        "age",
        "is_roma",
    ],
)
def test_the_watch_would_notice(name):
    assert FORBIDDEN.search(name)


@pytest.mark.parametrize(
    "name", ["page", "stage", "language", "message", "agenda", "trace", "roman_numeral", "image", "essex"]
)
def test_the_watch_leaves_other_words_alone(name):
    assert not FORBIDDEN.search(name)

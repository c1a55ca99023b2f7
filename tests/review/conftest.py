"""People of the room, and a lesson that an author has written and sent."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from accounts import roles
from tests.lessons import building
from tests.making import words

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def english():
    cache.clear()
    with translation.override("en"):
        yield


def person(email, *groups, name=None, language="en"):
    user = get_user_model().objects.create_user(
        email=email, password="a-long-password", name=name or email.partition("@")[0], language=language
    )
    user.groups.add(*Group.objects.filter(name__in=groups))
    return user


def signed_in(user):
    client = Client()
    client.force_login(user, BACKEND)
    return client


@pytest.fixture
def author(db):
    return person("anna@example.org", roles.AUTHORS, name="Anna Autore")


@pytest.fixture
def reviewer(db):
    return person("rita@example.org", roles.NATIVE_REVIEWERS, name="Rita Recenzente")


@pytest.fixture
def editor(db):
    return person("elza@example.org", roles.EDITORS, name="Elza Redaktore")


@pytest.fixture
def course(db):
    return building.course()


def body(*texts):
    """A word list, a text for each of `texts`, a dialogue with a known and an empty line, and an open question."""
    day = building.word("dīs")
    return [
        words(day),
        *[("text", {"heading": "Teksts", "text": f"<p>{text}</p>"}) for text in texts],
        (
            "dialogue",
            {
                "heading": "Pie durvīm",
                "scene": "<p>Jūs satiekat kaimiņu.</p>",
                "lines": [
                    {"speaker": "Jūs", "item": building.word("lačho dīs"), "meaning": "", "question": ""},
                    {
                        "speaker": "Kaimiņš",
                        "item": None,
                        "meaning": "Kā jums klājas?",
                        "question": "Kā pajautā, kā klājas?",
                    },
                ],
            },
        ),
        ("gap", {"heading": "Ko vēl nezinām", "questions": ["Kā atvadās vakarā?", "Vai to saka arī bērnam?"]}),
    ]


@pytest.fixture
def lesson(course, author):
    """A published lesson."""
    made = building.lesson(course, "Labdien", body=body("Tā sveicinās dienā."))
    made.save_revision(user=author).publish()
    made.refresh_from_db()
    return made

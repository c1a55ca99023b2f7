"""A new type is one module, one template, one script: those of docs/exercise-types.md, taken whole, make a quiz."""

import importlib
import re
import sys
import uuid
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.test import Client
from wagtail.blocks import StructBlockValidationError

import lessons.exercises
from lessons.coursefiles.codec import from_plain, to_plain
from lessons.coursefiles.refs import Refs
from lessons.exercises import types
from lessons.models import Exercise, ExerciseVersion
from lessons.models.exercises import ExerciseBodyBlock
from progress.models import Attempt
from tests.lessons import building

pytestmark = pytest.mark.django_db

PAGE = Path(django_settings.BASE_DIR) / "docs" / "exercise-types.md"
FILES = {"py": "python", "html": "django", "js": "js"}


def file_of_the_page(suffix, language):
    """Return the path and content of the file that the page shows in that language."""
    found = re.search(
        rf"^\*\*`(lessons/[\w/]+\.{suffix})`\*\*.*?^```{language}\n(.*?)^```", PAGE.read_text(), re.S | re.M
    )
    assert found, suffix
    return found[1], found[2]


@pytest.fixture
def odd(tmp_path, settings, monkeypatch):
    """Put the three files beside the others, as if the process had started with them; return the type."""
    for suffix, language in FILES.items():
        name, content = file_of_the_page(suffix, language)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    inside = tmp_path / "lessons"
    settings.TEMPLATES = [django_settings.TEMPLATES[0] | {"DIRS": [inside / "templates"]}]
    settings.STATICFILES_DIRS = [inside / "static"]
    monkeypatch.setattr(lessons.exercises, "__path__", [*lessons.exercises.__path__, str(inside / "exercises")])
    field = Exercise._meta.get_field("body")
    old = field.stream_block
    importlib.invalidate_caches()
    types.cache_clear()
    field.stream_block = ExerciseBodyBlock()
    field.stream_block.set_meta_options(field.block_opts)
    yield types()["odd"]
    types.cache_clear()
    field.stream_block = old
    sys.modules.pop("lessons.exercises.odd", None)
    del lessons.exercises.odd


@pytest.fixture
def learner():
    return get_user_model().objects.create_user("anna@example.lv", None, name="Anna")


@pytest.fixture
def browser(learner):
    client = Client(headers={"accept-language": "en"})
    client.force_login(learner)
    return client


def greetings():
    return building.exercise("odd", items=["raj", "rāni"], odd=building.word("lačho dīs").pk)


@pytest.fixture
def quiz(odd):
    made = building.quiz([greetings(), building.exercise("odd", items=["ami", "na"], odd=building.word("dīs").pk)])
    building.lesson(building.course(), "Labdien", test=made)
    return made


def options(exercise):
    return {option["text"]: option["id"] for option in exercise["options"]}


def test_a_quiz_with_the_new_type_is_taken_through_the_api(quiz, browser):
    shown = browser.get(f"/api/v1/quizzes/{quiz.uuid}/").json()
    assert [one["type"] for one in shown["exercises"]] == ["odd", "odd"]
    assert [one["question"] for one in shown["exercises"]] == ["Which one does not belong?"] * 2

    def send(method, path, body):
        return getattr(browser, method)(f"/api/v1/{path}", body, content_type="application/json")

    begun = send("post", f"quizzes/{quiz.uuid}/attempts/", {"id": str(uuid.uuid4())})
    assert begun.status_code == 201
    attempt, exercises = begun.json()["id"], [one["exercise"] for one in begun.json()["exercises"]]
    for exercise, word, verdict in zip(exercises, ("lačho dīs", "na"), ("exact", "wrong"), strict=True):
        answer = {"answer": {"chosen": options(exercise)[word]}}
        reply = send("put", f"attempts/{attempt}/responses/{exercise['id']}/", answer)
        assert (reply.status_code, reply.json()["result"]["verdict"]) == (200, verdict)
    wrong = send("put", f"attempts/{attempt}/responses/{exercises[0]['id']}/", {"answer": {"chosen": "x"}})
    assert wrong.status_code == 400 and "answer.chosen" in wrong.json()["errors"]
    done = send("post", f"attempts/{attempt}/submit/", {}).json()
    assert (done["score"], done["passed"]) == (0.5, False)
    assert done["exercises"][1]["result"]["solution"]["romani"] == "dīs"


def test_a_quiz_with_the_new_type_is_taken_on_its_page_without_a_script(quiz, browser):
    def hidden(page, name):
        return re.search(rf'name="{name}" value="([^"]+)"', page.content.decode())[1]

    start = f"/en/tests/{quiz.uuid}/"
    begun = browser.post(start, {"id": hidden(browser.get(start), "id")})
    assert begun.status_code == 302
    attempt = Attempt.objects.get()
    page = browser.get(begun.url)
    assert b"lessons/exercises/odd.js" in page.content
    assert (
        b"Which one does not belong?" in page.content
        and b'<span lang="rml">la\xc4\x8dho d\xc4\xabs</span>' in page.content
    )
    empty = browser.post(begun.url, {"exercise": hidden(page, "exercise"), "id": str(uuid.uuid4())})
    assert "Choose a word or “I don't know”." in empty.content.decode().replace("&#x27;", "'")
    for item in attempt.items.select_related("version"):
        right = next(one["id"] for one in item.version.definition["options"])
        fields = {"exercise": str(item.exercise_uuid), "id": str(uuid.uuid4()), "chosen": right}
        assert browser.post(begun.url, fields).status_code == 302
    browser.post(begun.url, {"submit": "1"})
    attempt.refresh_from_db()
    assert (attempt.score, attempt.passed) == (1.0, True)
    result = browser.get(begun.url).content.decode()
    assert "Quiz passed" in result and '<span lang="rml">dīs</span>' in result


def test_what_else_comes_without_another_line(odd, client):
    made = greetings()
    assert finders.find("lessons/exercises/odd.js")
    assert made.type == "odd" and made.type_name == "Odd one out"
    reply = client.post(f"/api/v1/exercises/{made.uuid}/check/", {"answer": None}, content_type="application/json")
    assert reply.json()["verdict"] == "wrong"
    refs, block = Refs(), odd.block()
    plain = to_plain(block, made.stored_block["value"], refs)
    assert plain == {
        "items": [building.word(text).code for text in ("raj", "rāni")],
        "odd": building.word("lačho dīs").code,
    }
    assert to_plain(block, from_plain(block, plain, refs), refs) == plain
    assert not ExerciseVersion.objects.exists()
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(
            block.to_python(
                {"items": [building.word("raj").pk, building.word("na").pk], "odd": building.word("raj").pk}
            )
        )
    assert list(refused.value.block_errors) == ["odd"]


def test_the_new_type_is_gone_again():
    assert "odd" not in types()
    assert "odd" not in Exercise._meta.get_field("body").stream_block.child_blocks

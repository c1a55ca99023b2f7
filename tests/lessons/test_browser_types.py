"""Exercises in a real browser: the twin without sound, by mouse, touch and keyboard."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import translation
from playwright.sync_api import expect

from progress.services import start_attempt
from tests.inprocess import Visit, chromium
from tests.lessons import building

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
AXE = (Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js").read_text()


@pytest.fixture(scope="module")
def browser():
    with chromium() as opened:
        yield opened


@pytest.fixture(autouse=True)
def latvian():
    with translation.override("lv"):
        yield


@pytest.fixture
def visit(browser):
    """Open windows that are closed again; no script of ours may have failed in them."""
    opened = []

    def open_one(**window):
        opened.append(Visit(browser, **window))
        return opened[-1]

    yield open_one
    for one in opened:
        one.context.close()
        assert one.errors == []


@pytest.fixture
def practice(visit):
    """Open a lesson with exercises in place; each is ready when its buttons are there."""

    def open_lesson(*exercises, **window):
        within = building.course()
        body = [("practice", {"heading": "Izmēģiniet", "exercise": one}) for one in exercises]
        page = visit(**window).open(building.lesson(within, "Vingrinājumi", body=body).url)
        for form in page.locator("exercise-form").all():
            form.scroll_into_view_if_needed()
            expect(form.locator(".act")).to_be_visible()
        return page

    return open_lesson


def assert_clean(page):
    """Hold what is shown now against axe."""
    page.evaluate(AXE)
    found = page.evaluate(
        "axe.run('exercise-form', { resultTypes: ['violations'] }).then((result) => result.violations)"
    )
    assert not found, [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]


def form_of(page, place=0):
    return page.locator("exercise-form").nth(place)


# --- “I can't listen now” --------------------------------------------------------------------


def test_a_question_by_ear_turns_into_its_twin_and_back(practice):
    heard = building.exercise("choice", item="dīs", mode="listen", distractors=["lačho", "ami"])
    page = practice(heard)
    form = form_of(page)
    fold = form.locator("summary")
    expect(form.locator("legend")).to_have_text("Ko jūs dzirdat?")
    fold.focus()
    page.keyboard.press("Enter")
    expect(form.locator("legend")).to_have_text("Ko tas nozīmē?")
    expect(form.locator(".twin .rom")).to_have_text("dīs")
    expect(form.locator(".spoken")).to_be_hidden()
    expect(form.get_by_role("status")).to_have_text("Tagad bez skaņas: Ko tas nozīmē?")
    expect(fold).to_be_focused()
    assert_clean(page)
    form.get_by_label("diena").check()
    form.get_by_role("button", name="Pārbaudīt").click()
    expect(form.locator(".verdict")).to_have_attribute("data-v", "exact")
    fold.click()
    expect(form.locator("legend")).to_have_text("Ko jūs dzirdat?")
    expect(form.locator(".spoken")).to_be_visible()
    expect(form.get_by_role("status")).to_have_text("Atkal ar skaņu: Ko jūs dzirdat?")


def test_who_cannot_listen_to_one_question_need_not_say_so_again(practice):
    made = [
        building.exercise("match", items=["ami", "na", "raj"], mode="listen"),
        building.exercise("type", item="phal", mode="dictation"),
    ]
    page = practice(*made, **PHONE)
    pairs, dictation = form_of(page, 0), form_of(page, 1)
    assert pairs.locator("summary").bounding_box()["height"] >= 44
    expect(pairs.locator(".match label").first).to_have_text("1. vārds")
    pairs.locator("summary").tap()
    assert set(pairs.locator(".match label[lang=rml]").all_inner_texts()) == {"ami", "na", "raj"}
    expect(dictation.locator("legend")).to_have_text("Uzrakstiet romu valodā: „brālis”")
    expect(dictation.get_by_role("status")).to_be_empty()
    assert_clean(page)
    for word, meaning in (("ami", "jā"), ("na", "nē"), ("raj", "kungs")):
        pairs.locator(".match label", has_text=word).tap()
        pairs.get_by_role("button", name=meaning, exact=True).tap()
    pairs.get_by_role("button", name="Pārbaudīt").tap()
    expect(pairs.locator(".verdict")).to_have_attribute("data-v", "exact")


def test_without_a_script_the_twin_stands_in_its_fold(visit, django_user_model):
    learner = django_user_model.objects.create_user("ilze@example.lv", "correct horse battery", name="Ilze")
    quiz = building.quiz([building.exercise("match", items=["ami", "na", "raj"], mode="listen")])
    building.lesson(building.course(), "Klausīties", test=quiz)
    attempt, _made = start_attempt(user=learner, quiz=quiz, attempt_id=uuid4())
    window = visit(user=learner, java_script_enabled=False)
    page = window.open(f"/tests/meginajums/{attempt.uuid}/")
    expect(page.locator(".twin li").first).to_be_hidden()
    page.locator(".twin summary").click()
    assert set(page.locator(".twin li").all_inner_texts()) == {"ami", "na", "raj"}
